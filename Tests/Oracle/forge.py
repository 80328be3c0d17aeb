"""Writes aekit files byte by byte, without any HDF5 library: a second writer of what Schemas/README.md specifies, which can also write all that it
forbids. Checksums, digests and the seal are right unless something asks for wrong ones.

A tree of `Group` and `Dataset` describes a file; `assemble` gives its bytes. What is hostile is put into a node's `messages`, a function that is given
the right messages, as a list of bytes, and gives others."""
import hashlib
import struct

import numpy as np

UNDEFINED = 2**64 - 1


def lookup3(data):
    """Bob Jenkins' hashlittle, start value 0: the checksum of HDF5's metadata."""
    def rotate(x, k):
        return (x << k | x >> (32 - k)) & 0xFFFFFFFF

    a = b = c = (0xDEADBEEF + len(data)) & 0xFFFFFFFF
    position = 0
    while len(data) - position > 12:
        x, y, z = struct.unpack_from("<III", data, position)
        a, b, c = (a + x) & 0xFFFFFFFF, (b + y) & 0xFFFFFFFF, (c + z) & 0xFFFFFFFF
        a = (a - c & 0xFFFFFFFF) ^ rotate(c, 4); c = c + b & 0xFFFFFFFF
        b = (b - a & 0xFFFFFFFF) ^ rotate(a, 6); a = a + c & 0xFFFFFFFF
        c = (c - b & 0xFFFFFFFF) ^ rotate(b, 8); b = b + a & 0xFFFFFFFF
        a = (a - c & 0xFFFFFFFF) ^ rotate(c, 16); c = c + b & 0xFFFFFFFF
        b = (b - a & 0xFFFFFFFF) ^ rotate(a, 19); a = a + c & 0xFFFFFFFF
        c = (c - b & 0xFFFFFFFF) ^ rotate(b, 4); b = b + a & 0xFFFFFFFF
        position += 12
    if position == len(data):
        return c
    x, y, z = struct.unpack("<III", bytes(data[position:]).ljust(12, b"\0"))
    a, b, c = (a + x) & 0xFFFFFFFF, (b + y) & 0xFFFFFFFF, (c + z) & 0xFFFFFFFF
    c = ((c ^ b) - rotate(b, 14)) & 0xFFFFFFFF
    a = ((a ^ c) - rotate(c, 11)) & 0xFFFFFFFF
    b = ((b ^ a) - rotate(a, 25)) & 0xFFFFFFFF
    c = ((c ^ b) - rotate(b, 16)) & 0xFFFFFFFF
    a = ((a ^ c) - rotate(c, 4)) & 0xFFFFFFFF
    b = ((b ^ a) - rotate(a, 14)) & 0xFFFFFFFF
    c = ((c ^ b) - rotate(b, 24)) & 0xFFFFFFFF
    return c


def sealed(data):
    return data + struct.pack("<I", lookup3(data))


# Messages of an object's header: kind, size, flags, contents.

def message(kind, body=b"", flags=0):
    return struct.pack("<BHB", kind, len(body), flags) + body


def kind_of(encoded):
    return encoded[0]


FLOATS = {4: b"\x11\x20\x1f\0" + struct.pack("<IHHBBBBI", 4, 0, 32, 23, 8, 0, 23, 127),
          8: b"\x11\x20\x3f\0" + struct.pack("<IHHBBBBI", 8, 0, 64, 52, 11, 0, 52, 1023)}


def type_bytes(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == "S":
        return struct.pack("<BBBBI", 0x13, 0x11, 0, 0, dtype.itemsize)
    if dtype.kind == "f":
        return FLOATS[dtype.itemsize]
    return struct.pack("<BBBBIHH", 0x10, 8 if dtype.kind == "i" else 0, 0, 0, dtype.itemsize, 0, 8 * dtype.itemsize)


def space_bytes(shape, greatest=None):
    if not shape:
        return bytes([2, 0, 0, 0])
    return bytes([2, len(shape), 1, 1]) + b"".join(struct.pack("<Q", size) for size in [*shape, *(greatest or shape)])


def attribute_message(name, kind, space, data, version=3, flags=0):
    name = (name if isinstance(name, bytes) else name.encode()) + b"\0"
    return message(0x0C, struct.pack("<BBHHHB", version, flags, len(name), len(kind), len(space), 1) + name + kind + space + data)


def attribute(name, value):
    value = text(value) if isinstance(value, (str, list)) else np.asarray(value)
    return attribute_message(name, type_bytes(value.dtype), space_bytes(value.shape), value.tobytes())


def text(value):
    """Strings as an array of fixed-length UTF-8."""
    encoded = [item.encode() for item in ([value] if isinstance(value, str) else value)]
    array = np.array(encoded, f"S{max([1, *map(len, encoded)])}")
    return array.reshape(()) if isinstance(value, str) else array


def link(name, address):
    name = name if isinstance(name, bytes) else name.encode()
    return message(0x06, bytes([1, 2]) + struct.pack("<I", len(name)) + name + struct.pack("<Q", address))


def layout(address, size):
    return message(0x08, struct.pack("<BBQQ", 3, 1, address, size))


LINK_INFO, GROUP_INFO = message(0x02, bytes([0, 0]) + b"\xff" * 16), message(0x0A, bytes([0, 0]))
FILL = message(0x05, bytes([3, 9]))


class Node:
    def __init__(self, encoding, attributes):
        self.attributes = {"encoding-type": encoding, "encoding-version": "1.0", **attributes}
        self.messages = lambda messages, place: messages
        self.header = lambda body: sealed(b"OHDR" + struct.pack("<BBI", 2, 2, len(body)) + body)
        self.padding = 0

    def encoded_attributes(self):
        return [value if isinstance(value, bytes) else attribute(name, value) for name, value in self.attributes.items() if value is not None]


class Group(Node):
    def __init__(self, encoding, members=None, **attributes):
        super().__init__(encoding, attributes)
        self.members = members or {}

    def right_messages(self, place):
        links = [link(name, place.addresses[id(node)]) for name, node in self.members.items()]
        return [LINK_INFO, GROUP_INFO] + self.encoded_attributes() + links


class Dataset(Node):
    def __init__(self, values, encoding="array", **attributes):
        super().__init__(encoding, attributes)
        self.values = text(values) if isinstance(values, (str, list)) and isinstance(values[0], str) else np.asarray(values)

    def right_messages(self, place):
        self.attributes.setdefault("sha256", np.frombuffer(hashlib.sha256(self.values.tobytes()).digest(), np.uint8))
        size = self.values.nbytes
        return [message(0x01, space_bytes(self.values.shape)), message(0x03, type_bytes(self.values.dtype)), FILL,
                layout(place.data[id(self)] if size else UNDEFINED, size)] + self.encoded_attributes()


class Place:
    """Where everything stands."""

    def __init__(self, count=0):
        self.addresses, self.data, self.end = {}, {}, count


def nodes(node, path="/"):
    yield path, node
    for name, member in getattr(node, "members", {}).items():
        yield from nodes(member, path.rstrip("/") + "/" + (name if isinstance(name, str) else name.decode(errors="replace")))


def superblock(root, end, version=2, sizes=(8, 8, 0), base=0, extension=UNDEFINED):
    return sealed(b"\x89HDF\r\n\x1a\n" + bytes([version, *sizes]) + struct.pack("<QQQQ", base, extension, end, root))


def assemble(tree, right_seal=True, extra=b"", **fields):
    """The bytes of a file. `extra` follows the objects; `fields` are the superblock's."""
    everything = list({id(node): (path, node) for path, node in reversed(list(nodes(tree)))}.values())[::-1]
    place = Place()
    place.addresses = {id(node): 0 for _, node in everything}
    place.data = dict.fromkeys(place.addresses, 0)
    # What stands where decides no size, so that a second pass knows all addresses.
    for _ in range(2):
        body, raw = bytearray(48), []
        for path, node in everything:
            place.addresses[id(node)] = len(body)
            header = node.header(b"".join(node.messages(node.right_messages(place), place)))
            body += header + bytes(node.padding)
            if isinstance(node, Dataset) and node.values.nbytes:
                place.data[id(node)] = len(body)
                raw.append((len(body), node.values.nbytes, path))
                body += node.values.tobytes()
        place.end = len(body)
        body += extra
    fields = {"root": place.addresses[id(tree)], "end": len(body), **fields}
    body[:48] = superblock(**fields)
    seal = next((start for start, _, path in raw if path == "/seal"), None)
    if right_seal and seal is not None:
        digest, position = hashlib.sha256(), 0
        for start, size, path in raw:
            digest.update(body[position:start] + (bytes(size) if path == "/seal" else b""))
            position = start + size
        digest.update(body[position:])
        body[seal:seal + 32] = digest.digest()
    return bytes(body)


# A small model with everything that a file can hold.

def model(training=True, epochs=2):
    """A variational auto-encoder of one latent number that has no name in the report: 14,358 weights."""
    random, classes = np.random.default_rng(1), 10
    layers = ["flatten: Flatten()", f"input_labels: ConcatLabels({classes})", f"fc_mu: Linear({1024 + classes}, 1)",
              f"fc_logvar: Linear({1024 + classes}, 1)", "z: Gaussian(1)", f"z_labels: ConcatLabels({classes})",
              f"decoder: Linear({1 + classes}, 1024)", "sigmoid: Sigmoid()", "image: Unflatten(1, 32, 32)"]
    shapes = {"fc_mu.weight": (1, 1024 + classes), "fc_mu.bias": (1,), "fc_logvar.weight": (1, 1024 + classes), "fc_logvar.bias": (1,),
              "decoder.weight": (1024, 1 + classes), "decoder.bias": (1024,)}

    def tensors(scale, least):
        return {name: Dataset((scale * random.uniform(least, 1, shape)).astype("<f4")) for name, shape in shapes.items()}

    def latents():
        heads = {name: Dataset(random.normal(size=(3, 1)).astype("<f4")) for name in ["z", "mu", "logvar"]}
        return Group("latents", {"test": Group("latents", {**heads, "label": Dataset(np.array([7, 2, 1], np.uint8))})})

    def reconstructions():
        images = Dataset(random.uniform(0, 1, (3, 1, 32, 32)).astype("<f4"))
        return Group("reconstructions", {"test": Group("reconstructions", {"images": images, "label": Dataset(np.array([7, 2, 1], np.uint8))})})

    digest = np.arange(32, dtype=np.uint8)
    members = {
        "model": Group("model", {"layers": Dataset(layers, "text"), "weights": Group("weights", tensors(0.05, -1))}, architecture="tiny-cvae",
                       bottleneck=np.int64(1), classes=np.int64(classes), input_shape=np.array([1, 32, 32], np.int64)),
        "preprocess": Group("preprocess", resize="28x28 to 32x32, bilinear as Pillow does it", divide_by=np.float64(255)),
        "latents": latents(), "reconstructions": reconstructions(),
        "scores": Group("scores", {"tiny": Group("score", {"confusion": Dataset(np.diag(np.arange(10)).astype("<i8"))}, accuracy=np.float64(100),
                                                 correct=np.int64(45), count=np.int64(45), reader_sha256=digest, data_sha256=digest)}),
        "epochs": Group("epochs", {"002": Group("epoch", {"weights": Group("weights", tensors(0.05, -1)), "latents": latents()}, epoch=np.int64(2))}),
    }
    if training:
        history = {"epoch": Dataset(np.arange(1, epochs + 1, dtype="<i8")), "train_loss": Dataset(np.array([0.5, 0.25])),
                   "eval_loss": Dataset(np.array([0.5, 0.375]))}
        state = Group("state", {"m": Group("moments", tensors(0.01, -1)), "v": Group("moments", tensors(0.01, 0))}, generator="philox4x32-10",
                      step=np.int64(8), step_in_epoch=np.int64(0), loss_sum=np.float64(0))
        members["training"] = Group(
            "training", {"history": Group("history", history), "state": state}, epochs=np.int64(3), batch_size=np.int64(64),
            learning_rate=np.float64(0.001), kl_weight=np.float64(1), reconstruction_weight=np.float64(1), seed=np.int64(0), shuffle=np.int64(1),
            noise="gaussian", recipe="report", record="latents,weights", images=np.int64(256), data_sha256=digest, epochs_done=np.int64(epochs))
    return file("model", members)


def file(kind, members):
    """The root of a file of a kind."""
    seal = Dataset(np.zeros(32, np.uint8), "seal", sha256=None)
    return Group("file", {**members, "schema": Dataset(["{}"], "text"), "seal": seal}, format="aekit", schema_version="1.0", kind=kind,
                 creator="forge.py", required_features=text([""]))
