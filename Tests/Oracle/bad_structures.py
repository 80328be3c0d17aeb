"""Bad files whose bytes are not the HDF5 that aekit takes: superblock, headers, links, attributes, types, shapes, layouts."""
import struct

import numpy as np

import forge
from bad_ways import BIAS, add, adding, at, patched, replacing, small, with_messages
from forge import UNDEFINED, Group, assemble, attribute, attribute_message, kind_of, layout, link, message, sealed, space_bytes

# The file as a whole.
add("text", "signature", lambda: b"This is no HDF5 file, however long it is.\n" * 20)
add("empty", "signature", lambda: b"")
add("user-block", "signature", lambda: bytes(512) + assemble(small()))
add("signature-alone", "truncated", lambda: b"\x89HDF\r\n\x1a\n")
add("half", "truncated", lambda: assemble(small())[:9000])
add("one-byte-less", "truncated", lambda: assemble(small())[:-1])
add("one-byte-more", "trailing-bytes", lambda: assemble(small()) + b"\0")
add("end-beyond", "truncated", lambda: assemble(small(), end=2**40))
add("end-greatest", "truncated", lambda: assemble(small(), end=UNDEFINED))
add("superblock-0", "superblock-version", lambda: assemble(small(), version=0))
add("superblock-1", "superblock-version", lambda: assemble(small(), version=1))
add("superblock-9", "superblock-version", lambda: assemble(small(), version=9))
add("superblock-checksum", "superblock-checksum", patched(44, b"abcd"))
add("addresses-of-4-bytes", "superblock-fields", lambda: assemble(small(), sizes=(4, 8, 0)))
add("lengths-of-32-bytes", "superblock-fields", lambda: assemble(small(), sizes=(8, 32, 0)))
add("open-for-writing", "superblock-fields", lambda: assemble(small(), version=3, sizes=(8, 8, 5)))
add("other-base", "superblock-fields", lambda: assemble(small(), base=2048))
add("superblock-extension", "superblock-fields", lambda: assemble(small(), extension=48))
add("root-nowhere", "extent-outside", lambda: assemble(small(), root=UNDEFINED))
add("root-beyond", "extent-outside", lambda: assemble(small(), root=2**40))
add("root-in-superblock", "header-signature", lambda: assemble(small(), root=0))
add("hidden-bytes", "unused-bytes", lambda: assemble(small(), extra=b"a secret"))

# Object headers.


def header(change, path="/model", **fields):
    def make():
        root = small()
        at(root, path).header = change
        return assemble(root, **fields)
    return make


def raw_header(flags, prefix=b"", version=2, size=None):
    return lambda body: sealed(b"OHDR" + bytes([version, flags | 2]) + prefix + struct.pack("<I", len(body) if size is None else size) + body)


add("header-1", "header-signature", header(lambda body: struct.pack("<BBHIIxxxx", 1, 0, 1, 1, len(body)) + body), "/model")
add("header-version-3", "header-version", header(raw_header(0, version=3)), "/model")
add("header-times", "header-flags", header(raw_header(0x20, bytes(16))), "/model")
add("header-limits", "header-flags", header(raw_header(0x10, struct.pack("<HH", 0, 1))), "/model")
add("header-order", "header-flags", header(raw_header(0x04)), "/model")
add("header-checksum", "header-checksum", header(lambda body: b"OHDR\x02\x02" + struct.pack("<I", len(body)) + body + b"\1\2\3\4"), "/model")
add("header-beyond", "extent-outside", header(raw_header(0, size=2**31)), "/model")
add("header-endless", "extent-outside", header(lambda body: sealed(b"OHDR\x02\x03" + struct.pack("<Q", UNDEFINED - 9) + body)), "/model")
for kind, rule, what in [(0x19, "message-type", "unknown"), (0xFE, "message-type", "ignorable"), (0x11, "message-type", "symbol-table"),
                         (0x09, "message-type", "bogus"), (0x12, "message-type", "time"), (0x0E, "message-type", "old-time"), (0x0F, "message-type", "shared-table"),
                         (0x13, "message-type", "btree-k"), (0x14, "message-type", "driver"), (0x0D, "message-type", "comment"),
                         (0x16, "object-linked-twice", "reference-count"), (0x07, "external-file", "external-storage"), (0x04, "message-type", "old-fill-value")]:
    add(f"message-{what}", rule, adding("/model", message(kind, bytes(24))), "/model")
add("message-too-long", "message-size", adding("/model", b"\x00\xff\xff\x00"), "/model")
add("message-twice", "message-twice", adding("/model", forge.GROUP_INFO), "/model")
add("message-shared", "message-shared", replacing(BIAS, message(3, b"\3\2" + bytes(8), flags=2)), BIAS)
add("message-fails-if-unknown", "message-flags", adding("/model", message(0, b"", flags=0x80)), "/model")
add("message-gap", "unused-bytes", adding("/model", b"\0\0\1"), "/model")
add("message-not-empty", "unused-bytes", adding("/model", message(0, b"hidden")), "/model")


def continuation(address, size):
    return message(0x10, struct.pack("<QQ", address, size))


add("continuation-beyond", "extent-outside", adding("/model", continuation(2**50, 64)), "/model")
add("continuation-endless", "extent-outside", adding("/model", continuation(48, UNDEFINED)), "/model")
add("continuation-tiny", "continuation-size", adding("/model", continuation(48, 4)), "/model")


def continued_in_itself():
    root = small()
    own = at(root, "/model")
    own.messages = lambda messages, place: messages + [continuation(place.addresses[id(own)], 48)]
    return assemble(root)


add("continuation-of-itself", "extent-overlap", continued_in_itself, "/model")


def with_block(make_block, times=1):
    """A header that goes on in a block at the file's end."""
    def make():
        block = {}
        def change(messages, place):
            return messages + [continuation(place.end, len(make_block(place.end)))] * times
        root = small()
        at(root, "/model").messages = change
        for _ in range(2):
            block = make_block(len(assemble(root)))
        return assemble(root, extra=block)
    return make


add("continuation-signature", "continuation-signature", with_block(lambda end: sealed(b"OHDR" + bytes(8))), "/model")
add("continuation-checksum", "continuation-checksum", with_block(lambda end: b"OCHK" + bytes(8) + b"abcd"), "/model")
add("continuation-cycle", "extent-overlap", with_block(lambda end: sealed(b"OCHK" + continuation(end, 28))), "/model")
add("continuation-twice", "extent-overlap", with_block(lambda end: sealed(b"OCHK"), times=2), "/model")

# Links.
add("soft-link", "link-not-hard", adding("/", message(6, b"\1\x08\1\x04soft" + struct.pack("<H", 6) + b"/model")))
add("external-link", "link-not-hard", adding("/", message(6, b"\1\x08\x40\x05other" + struct.pack("<H", 19) + b"\0/etc/passwd\0/model\0")))
add("user-link", "link-not-hard", adding("/", message(6, b"\1\x08\xc8\x05other" + struct.pack("<H", 4) + b"abcd")))


def linked_to_root():
    root = small()
    at(root, "/model").messages = lambda messages, place: messages + [link("again", place.addresses[id(root)])]
    return assemble(root)


add("link-to-the-root", "object-linked-twice", linked_to_root, "/model/again")


def alias():
    root = small()
    root.members["twin"] = root.members["model"]
    return assemble(root)


add("two-names", "object-linked-twice", alias, "/twin")
add("link-nowhere", "extent-outside", adding("/", link("x", UNDEFINED)), "/x")
add("link-into-data", "header-signature", adding("/", link("x", 8)), "/x")
add("link-version", "link-version", adding("/", message(6, b"\2\0\1x" + bytes(8))))
add("link-character-set", "link-flags", adding("/", message(6, b"\1\x10\2\1x" + bytes(8))))
add("link-order", "link-flags", adding("/", message(6, b"\1\4" + bytes(8) + b"\1x" + bytes(8))))
add("link-name-twice", "link-name-twice", lambda: with_messages("/", lambda m, place: m + [x for x in m if kind_of(x) == 6][:1]))
for name, what in [("", "empty"), (".", "dot"), ("a/b", "slash"), ("a\nb", "line-break"), ("\x1b[2J", "escape"), ("\u202ex", "bidi"), ("a\0b", "zero"),
                   (b"\xff\xfe", "not-utf8"), ("x" * 256, "long"), ("x" * 65000, "very-long")]:
    add(f"link-name-{what}", "link-name", adding("/", link(name, 48)))
add("dense-links", "dense-storage", replacing("/", message(2, bytes(2) + struct.pack("<QQ", 48, 96))))
add("dense-attributes", "dense-storage", adding("/", message(21, bytes(2) + struct.pack("<QQ", 48, 96))))
add("group-info", "group-info", replacing("/", message(10, bytes([0, 1, 0, 0, 1, 0]))))

add("group-info-version", "group-info", replacing("/", message(10, bytes([1, 0]))))
add("group-info-flags", "group-info", replacing("/", message(10, bytes([0, 4]))))


def nested():
    root = small()
    group = Group("file")
    for _ in range(100):
        group = Group("file", {"g": group})
    root.members["deep"] = group
    return assemble(root)


add("nested", "object-depth", nested, "/deep" + "/g" * 63)
add("links-by-the-thousand", "object-linked-twice", adding("/", *[link(f"{number:05}", 48) for number in range(20000)]), "/00000",
    [(f"/{number:05}", "object-linked-twice") for number in range(1, 100)])


# Attributes.
FLOAT, SCALAR = forge.FLOATS[4], space_bytes(())
add("attribute-version-1", "attribute-version", adding("/", message(12, b"\1\0" + struct.pack("<HHH", 8, 24, 8) + bytes(44))))
add("attribute-shared", "message-shared", adding("/", attribute_message("a", FLOAT, SCALAR, bytes(4), flags=1)))
add("attribute-short", "attribute-size", adding("/", attribute_message("a", FLOAT, space_bytes((2,)), bytes(4))))
add("attribute-long", "attribute-size", adding("/", attribute_message("a", FLOAT, SCALAR, bytes(64))))
add("attribute-huge", "attribute-size", adding("/", attribute_message("a", FLOAT, space_bytes((2**60,)), bytes(4))))
add("attribute-overflow", "dataspace-size", adding("/", attribute_message("a", FLOAT, space_bytes((2**32, 2**32)), bytes(4))))
add("attribute-twice", "attribute-name-twice", adding("/", attribute("a", np.int64(1)), attribute("a", np.int64(2))))
add("attribute-name", "attribute-name", adding("/", attribute("a\x1b[31m", np.int64(1))))
add("attribute-variable-text", "datatype", adding("/", attribute_message("a", b"\x19\x01\0\0" + struct.pack("<I", 16) + FLOAT, SCALAR, bytes(16))))
add("attribute-character-set", "attribute-name", adding("/", message(12, b"\3\0" + struct.pack("<HHHB", 2, len(FLOAT), 4, 2) + b"a\0" + FLOAT + SCALAR + bytes(4))))
add("attribute-reference", "datatype", adding("/", attribute_message("a", b"\x17\0\0\0" + struct.pack("<I", 8), SCALAR, bytes(8))))

# Types, shapes, layouts.
for body, what in [(b"\x19\0\0\0" + struct.pack("<I", 16) + FLOAT, "sequence"), (b"\x19\x11\0\0" + struct.pack("<I", 16) + FLOAT, "variable-text"),
                   (b"\x36\1\0\0" + struct.pack("<I", 4) + b"a\0\0" + FLOAT, "compound"), (b"\x17\0\0\0" + struct.pack("<I", 8), "reference"),
                   (b"\x3a\0\0\0" + struct.pack("<I", 4) + b"\1\1\0\0\0" + FLOAT, "array"), (b"\x38\1\0\0" + struct.pack("<I", 4) + FLOAT + b"a\0" + bytes(4), "enumeration"),
                   (b"\x15\x08\0\0" + struct.pack("<I", 4) + b"tag\0\0\0\0\0", "opaque"), (b"\x14\0\0\0" + struct.pack("<IHH", 4, 0, 32), "bits"),
                   (b"\x12\0\0\0" + struct.pack("<IH", 4, 32), "time"), (FLOAT[:1] + b"\x21" + FLOAT[2:], "big-endian"), (FLOAT[:-8] + b"\x1f\x08\0\x1f" + FLOAT[-4:], "odd-float"),
                   (b"\x13\x11\0\0" + bytes(4), "no-bytes"), (FLOAT[:6], "short"), (b"\x1b\0\0\0" + struct.pack("<I", 4), "unknown-class")]:
    add(f"type-{what}", "datatype", replacing(BIAS, message(3, body)), BIAS)


def named_type():
    root = small()
    named = Group("file")
    named.messages = lambda messages, place: [message(3, FLOAT)]
    root.members["named"] = named
    return assemble(root)


add("type-with-a-name", "object-kind", named_type, "/named")
add("group-with-elements", "object-kind", adding("/model", message(1, SCALAR), message(3, FLOAT), forge.FILL, layout(UNDEFINED, 0)), "/model")
add("shape-version-1", "dataspace-version", replacing(BIAS, message(1, bytes([1, 1, 0, 0, 0, 0, 0, 0]) + struct.pack("<Q", 1024))), BIAS)
add("shape-null", "dataspace-kind", replacing(BIAS, message(1, bytes([2, 0, 0, 2]))), BIAS)
add("shape-of-33", "dataspace-rank", replacing(BIAS, message(1, space_bytes((1,) * 33))), BIAS)
add("shape-overflow", "dataspace-size", replacing(BIAS, message(1, space_bytes((2**32, 2**32, 2**32)))), BIAS)
add("shape-negative", "dataspace-size", replacing(BIAS, message(1, space_bytes((2**63,)))), BIAS)
add("shape-growing", "dataspace-grows", replacing(BIAS, message(1, space_bytes((1024,), (UNDEFINED,)))), BIAS)
add("shape-growing-a-little", "dataspace-grows", replacing(BIAS, message(1, space_bytes((1024,), (2048,)))), BIAS)
add("shape-too-large", "layout-size", replacing(BIAS, message(1, space_bytes((2**50,)))), BIAS)
add("layout-compact", "layout-class", replacing(BIAS, message(8, struct.pack("<BBH", 3, 0, 4096) + bytes(4096))), BIAS)
add("layout-chunked", "layout-class", replacing(BIAS, message(8, struct.pack("<BBBQII", 3, 2, 2, UNDEFINED, 64, 4))), BIAS)
add("layout-virtual", "layout-version", replacing(BIAS, message(8, struct.pack("<BBQI", 4, 3, 48, 0))), BIAS)
add("layout-of-old", "layout-version", replacing(BIAS, message(8, bytes([1, 1, 1, 0]) + bytes(16))), BIAS)
add("filter-deflate", "filters", adding(BIAS, message(11, b"\2\1" + struct.pack("<HHHI", 1, 0, 1, 9))), BIAS)
add("filter-plug-in", "filters", adding(BIAS, message(11, b"\2\1" + struct.pack("<HHHHI", 32000, 0, 0, 1, 9))), BIAS)
add("fill-value", "fill-value", replacing(BIAS, message(5, b"\3\x29" + struct.pack("<I", 4) + b"abcd")), BIAS)
add("fill-value-version", "fill-value", replacing(BIAS, message(5, b"\2\x09")), BIAS)
add("data-beyond", "extent-outside", replacing(BIAS, layout(2**40, 4096)), BIAS)
add("data-nowhere", "layout-size", replacing(BIAS, layout(UNDEFINED, 4096)), BIAS)
add("data-at-the-end", "extent-outside", replacing(BIAS, layout(UNDEFINED - 4096, 4096)), BIAS)
add("data-of-other-size", "layout-size", replacing(BIAS, layout(48, 4095)), BIAS)
add("data-over-superblock", "extent-overlap", replacing(BIAS, layout(0, 4096)), BIAS)


def shared_data():
    root = small()
    other = at(root, "/model/weights/decoder.weight")
    at(root, BIAS).messages = lambda messages, place: [m for m in messages if kind_of(m) != 8] + [layout(place.data[id(other)], 4096)]
    return assemble(root)


add("data-of-two", "extent-overlap", shared_data, "/model/weights/decoder.weight")
