// zlib's macros (inflateInit2) are called by the functions that they stand for.
#include <zlib.h>
