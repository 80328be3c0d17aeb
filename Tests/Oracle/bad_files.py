"""Makes files that break one rule each, by all the means of HDF5 and of the schema, with right checksums, digests and seal unless those are the fault:

    bad_files.py FOLDER      writes NAME.h5 each, and prints NAME and what is found in it, objects and rules in turn, separated by tabs

The rules' names are aeinspect's; what it and the other tools say of each file is in Tests/Fixtures/bad-files.txt."""
import pathlib
import struct
import sys

import numpy as np

import forge
from forge import (UNDEFINED, Dataset, Group, assemble, attribute, attribute_message, file, kind_of, layout, link, message, model, sealed, space_bytes,
                   type_bytes)

ALL = []


def small():
    """A model with little else than must be there."""
    root = model(training=False)
    for part in ["epochs", "scores", "latents", "reconstructions", "preprocess"]:
        del root.members[part]
    return root


BIAS = "/model/weights/decoder.bias"


def at(root, path):
    for name in path.strip("/").split("/") if path != "/" else []:
        root = root.members[name]
    return root


def with_messages(path, change, root=None, **fields):
    """The small model with an object's messages changed by `change(messages, place)`."""
    root = root or small()
    at(root, path).messages = change
    return assemble(root, **fields)


def adding(path, *extra):
    return lambda: with_messages(path, lambda messages, place: messages + list(extra))


def replacing(path, *others):
    """Messages in the place of those of their kind."""
    kinds = {kind_of(other) for other in others}
    return lambda: with_messages(path, lambda messages, place: [m for m in messages if kind_of(m) not in kinds] + list(others))


def changed(path, change):
    """A whole model after `change(node)` of one object."""
    def make():
        root = model()
        change(at(root, path))
        return assemble(root)
    return make


def attributes(path, **values):
    return changed(path, lambda node: node.attributes.update({name.replace("__", "-"): value for name, value in values.items()}))


def values(path, array):
    def change(node):
        node.values = array(node.values) if callable(array) else array
    return changed(path, change)


def patched(offset, data):
    """The small model with bytes changed."""
    def make():
        content = bytearray(assemble(small()))
        content[offset:offset + len(data)] = data
        return bytes(content)
    return make


def add(name, rule, make, at="/", also=()):
    """Registers a function that makes a bad file's bytes, and what is found where; `also`: pairs of an object and a rule."""
    ALL.append((name, [(at, rule), *also], make))


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
add("link-order", "link-flags", adding("/", message(6, b"\1\4" + bytes(8) + b"\1x" + bytes(8))))
add("link-name-twice", "link-name-twice", lambda: with_messages("/", lambda m, place: m + [x for x in m if kind_of(x) == 6][:1]))
for name, what in [("", "empty"), (".", "dot"), ("a/b", "slash"), ("a\nb", "line-break"), ("\x1b[2J", "escape"), ("\u202ex", "bidi"), ("a\0b", "zero"),
                   (b"\xff\xfe", "not-utf8"), ("x" * 256, "long"), ("x" * 65000, "very-long")]:
    add(f"link-name-{what}", "link-name", adding("/", link(name, 48)))
add("dense-links", "dense-storage", replacing("/", message(2, bytes(2) + struct.pack("<QQ", 48, 96))))
add("dense-attributes", "dense-storage", adding("/", message(21, bytes(2) + struct.pack("<QQ", 48, 96))))
add("group-info", "group-info", replacing("/", message(10, bytes([0, 1, 0, 0, 1, 0]))))


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
add("shape-too-large", "layout-size", replacing(BIAS, message(1, space_bytes((2**50,)))), BIAS)
add("layout-compact", "layout-class", replacing(BIAS, message(8, struct.pack("<BBH", 3, 0, 4096) + bytes(4096))), BIAS)
add("layout-chunked", "layout-class", replacing(BIAS, message(8, struct.pack("<BBBQII", 3, 2, 2, UNDEFINED, 64, 4))), BIAS)
add("layout-virtual", "layout-version", replacing(BIAS, message(8, struct.pack("<BBQI", 4, 3, 48, 0))), BIAS)
add("layout-of-old", "layout-version", replacing(BIAS, message(8, bytes([1, 1, 1, 0]) + bytes(16))), BIAS)
add("filter-deflate", "filters", adding(BIAS, message(11, b"\2\1" + struct.pack("<HHHI", 1, 0, 1, 9))), BIAS)
add("filter-plug-in", "filters", adding(BIAS, message(11, b"\2\1" + struct.pack("<HHHHI", 32000, 0, 0, 1, 9))), BIAS)
add("fill-value", "fill-value", replacing(BIAS, message(5, b"\3\x29" + struct.pack("<I", 4) + b"abcd")), BIAS)
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

# Right checksums over wrong content: versions and seals.
add("wrong-seal", "seal", lambda: assemble(small(), right_seal=False))
add("version-2", "version", attributes("/", schema_version="2.0"))
add("version-none", "version", attributes("/", schema_version="one"))
add("version-negative", "version", attributes("/", schema_version="-1.0"))
add("feature", "version", attributes("/", required_features=["teleport"]))
add("other-format", "values", attributes("/", format="torch"))
add("other-kind", "values", attributes("/", kind="poem"), "/@kind")
add("no-creator", "attribute", attributes("/", creator=None), "/@creator")
add("creator-number", "attribute", attributes("/", creator=np.int64(1)), "/@creator")
add("no-version", "attribute", attributes("/", schema_version=None))
add("no-model", "missing", lambda: assemble(file("model", {})))
add("no-latents", "missing", lambda: assemble(file("latents", {})))
add("no-schema", "missing", changed("/", lambda root: root.members.pop("schema")))
add("schema-of-two", "shape", values("/schema", forge.text(["{}", "{}"])), "/schema")
add("seal-of-31", "seal", lambda: assemble(file_with_short_seal(), right_seal=False), also=[("/seal", "shape")])


def file_with_short_seal():
    root = model()
    root.members["seal"].values = np.zeros(31, np.uint8)
    return root


# Encodings, elements, types.
add("encoding-missing", "encoding", attributes("/model", encoding__type=None), "/model")
add("encoding-newer", "encoding", attributes("/model/layers", encoding__version="2.0"), "/model/layers")
add("encoding-other", "encoding", attributes("/training/history", encoding__type="poem"), "/training/history")
add("group-for-dataset", "element", changed("/", lambda root: root.members["training"].members["history"].members.update(epoch=Group("array"))), "/training/history/epoch")
add("dataset-for-group", "element", changed("/", lambda root: root.members.update(preprocess=Dataset(np.zeros(1), "preprocess", resize="", divide_by=np.float64(255)))), "/preprocess")
add("attribute-missing", "attribute", attributes("/training", seed=None), "/training@seed")
add("attribute-type", "attribute", attributes("/training", epochs=np.float64(3)), "/training@epochs")
add("attribute-shape", "attribute", attributes("/model", input_shape=np.array([1, 32], np.int64)), "/model@input_shape")
add("digest-missing", "attribute", attributes("/model/layers", sha256=None), "/model/layers@sha256")
add("digest-wrong", "digest", attributes(BIAS, sha256=np.zeros(32, np.uint8)), BIAS)
add("history-type", "type", values("/training/history/train_loss", lambda old: old.astype("<f4")), "/training/history/train_loss")
add("history-lengths", "shape", values("/training/history/train_loss", np.array([0.5])), "/training/history/train_loss")
add("latents-rank", "shape", values("/latents/test/z", np.zeros(3, "<f4")), "/latents/test/z")
add("images-shape", "shape", values("/reconstructions/test/images", np.zeros((3, 32, 32, 1), "<f4")), "/reconstructions/test/images")

# Numbers and texts.
for name, number in [("nan", np.nan), ("infinite", np.inf)]:
    add(f"weight-{name}", "values", values(BIAS, lambda old, number=number: np.where(np.arange(1024) == 7, number, old).astype("<f4")), BIAS)
add("moment-negative", "values", values("/training/state/v/decoder.bias", lambda old: -old), "/training/state/v/decoder.bias")
add("image-not-a-number", "values", values("/reconstructions/test/images", lambda old: old * np.float32("nan")), "/reconstructions/test/images")
add("loss-nan", "values", values("/training/history/eval_loss", np.array([0.5, np.nan])), "/training/history/eval_loss")
add("rate-infinite", "values", attributes("/training", learning_rate=np.float64(np.inf)), "/training@learning_rate")
add("batch-0", "values", attributes("/training", batch_size=np.int64(0)), "/training@batch_size")
add("batch-greatest", "values", attributes("/training", batch_size=np.int64(2**63 - 1)), "/training@batch_size", [("/training/state", "epochs")])
add("shuffle-2", "values", attributes("/training", shuffle=np.int64(2)), "/training@shuffle")
add("noise-pink", "values", attributes("/training", noise="pink"), "/training@noise")
add("record-everything", "values", attributes("/training", record="everything"), "/training@record")
add("generator-other", "values", attributes("/training/state", generator="rand()"), "/training/state@generator")
add("side-0", "values", attributes("/model", input_shape=np.array([1, 0, 32], np.int64)), "/model@input_shape")
add("text-not-utf8", "values", attributes("/training", recipe=np.array(b"\xff\xfe", "S2")), "/training@recipe")
add("text-goes-on", "values", attributes("/training", recipe=attribute_message("recipe", type_bytes("S8"), SCALAR, b"rep\0rt\0!")), "/training@recipe")
add("layers-of-2-mib", "values", values("/model/layers", lambda old: old.astype("S300000")), "/model/layers")

# Layers and tensors.


def layers(*lines):
    return values("/model/layers", forge.text(list(lines)))


for name, lines in [("none", ["nothing"]), ("unknown", ["x: Transformer(12)"]), ("unfit", ["x: Linear(7, 1)"]), ("endless", ["flatten: Flatten()", "x: Linear(1024, 1099511627776)"]),
                    ("huge", ["flatten: Flatten()", "x: Linear(1024, 1048576)"]), ("overflow", ["x: Conv2d(1, 9223372036854775807, kernel_size=3)"]),
                    ("negative", ["x: Conv2d(1, -8, kernel_size=3)"]), ("path", ["../../x: ReLU()"]), ("stride-0", ["x: Conv2d(1, 8, kernel_size=3, stride=0)"]),
                    ("thousands", ["flatten: Flatten()"] + ["relu: ReLU()"] * 5000), ("code", ["x: __import__('os').system('id')"])]:
    add(f"layers-{name}", "layers", layers(*lines), "/model/layers")
add("weight-missing", "tensors", changed("/model/weights", lambda node: node.members.pop("decoder.bias")), "/model/weights")
add("weight-unknown", "tensors", changed("/model/weights", lambda node: node.members.update(extra=Dataset(np.zeros(3, "<f4")))), "/model/weights/extra")
add("weight-shape", "tensors", values("/model/weights/decoder.weight", lambda old: old.T.copy()), "/model/weights/decoder.weight")
add("weight-double", "type", values(BIAS, lambda old: old.astype("<f8")), BIAS, [(BIAS, "tensors")])
add("weight-integer", "tensors", values(BIAS, lambda old: old.astype("<i8")), BIAS)
add("moment-missing", "tensors", changed("/training/state/m", lambda node: node.members.pop("decoder.bias")), "/training/state/m")
add("epoch-weight-shape", "tensors", values("/epochs/002/weights/decoder.bias", np.zeros(1023, "<f4")), "/epochs/002/weights/decoder.bias")

# What one part says against others.
add("epochs-beyond", "epochs", attributes("/training", epochs=np.int64(1)), "/training")
add("epochs-done", "epochs", attributes("/training", epochs_done=np.int64(3)), "/training/history/epoch")
add("epochs-numbers", "epochs", values("/training/history/epoch", np.array([2, 1])), "/training/history/epoch")
add("steps", "epochs", attributes("/training/state", step=np.int64(7)), "/training/state")
add("step-in-epoch", "epochs", attributes("/training/state", step=np.int64(12), step_in_epoch=np.int64(4)), "/training/state")
add("epoch-name", "epochs", attributes("/epochs/002", epoch=np.int64(1)), "/epochs/002")
add("latents-size", "latents", changed("/", lambda root: [root.members["latents"].members["test"].members.update({name: Dataset(np.zeros((3, 2), "<f4"))}) for name in ["z", "mu", "logvar"]]), "/latents/test/z")
add("latents-mu-alone", "latents", changed("/latents/test", lambda node: node.members.pop("logvar")), "/latents/test")
add("latents-without-mu", "latents", changed("/latents/test", lambda node: [node.members.pop(name) for name in ["mu", "logvar"]]), "/latents/test")
add("label-too-large", "labels", values("/latents/test/label", np.array([1, 2, 10], np.uint8)), "/latents/test/label")
add("score-accuracy", "scores", attributes("/scores/tiny", accuracy=np.float64(99)), "/scores/tiny@accuracy")
add("score-count", "scores", attributes("/scores/tiny", count=np.int64(90), accuracy=np.float64(50)), "/scores/tiny")


def main(folder):
    for name, found, make in ALL:
        (folder / f"{name}.h5").write_bytes(make())
        print(name, *[word for pair in found for word in pair], sep="\t")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
