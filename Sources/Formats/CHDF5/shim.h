// Debian keeps the header in a folder of its own, which pkg-config would name along with the shared library.
#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif

// What Swift cannot import: constants that are macros which call H5open(), and functions whose names and structures depend on the library's version.

/// The property list classes.
static inline hid_t chdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_dataset_access(void) { return H5P_DATASET_ACCESS; }

/// Ways to open a file.
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }

/// Element types as they are stored, little-endian.
static inline hid_t chdf5_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_int8(void) { return H5T_STD_I8LE; }
static inline hid_t chdf5_int16(void) { return H5T_STD_I16LE; }
static inline hid_t chdf5_int32(void) { return H5T_STD_I32LE; }
static inline hid_t chdf5_int64(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_uint16(void) { return H5T_STD_U16LE; }
static inline hid_t chdf5_uint32(void) { return H5T_STD_U32LE; }
static inline hid_t chdf5_uint64(void) { return H5T_STD_U64LE; }
static inline hid_t chdf5_text(void) { return H5T_C_S1; }

/// Whether the link `name` is a hard one: positive, zero, or negative on an error.
static inline htri_t chdf5_is_hard_link(hid_t group, const char *name)
{
    H5L_info_t info;
    return H5Lget_info(group, name, &info, H5P_DEFAULT) < 0 ? -1 : info.type == H5L_TYPE_HARD;
}

/// The address of an object in its file, which tells apart two names of one object.
static inline herr_t chdf5_address(hid_t object, haddr_t *address)
{
#if H5_VERSION_GE(1, 12, 0)
    H5O_info2_t info;
    if (H5Oget_info3(object, &info, H5O_INFO_BASIC) < 0) return -1;
    return H5VLnative_token_to_addr(object, info.token, address);
#else
    H5O_info_t info;
    if (H5Oget_info2(object, &info, H5O_INFO_BASIC) < 0) return -1;
    *address = info.addr;
    return 0;
#endif
}

/// What `chdf5_links` calls for each link of a group.
struct chdf5_visitor {
    void (*visit)(void *context, const char *name);
    void *context;
};

static inline herr_t chdf5_visit(hid_t group, const char *name, const H5L_info_t *info, void *visitor)
{
    (void)group, (void)info;
    ((struct chdf5_visitor *)visitor)->visit(((struct chdf5_visitor *)visitor)->context, name);
    return 0;
}

/// Visits the links of a group in the order of their names' bytes.
static inline herr_t chdf5_links(hid_t group, void (*visit)(void *context, const char *name), void *context)
{
    struct chdf5_visitor visitor = {visit, context};
    hsize_t index = 0;
    return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &index, chdf5_visit, &visitor);
}
