#!/usr/bin/env python3
"""Checks aekit files against Schemas/aekit-1.1.json with h5py alone: a second opinion beside `aeinspect --validate`, which shares no code with it.

usage: Tools/check-file.py FILE ...        (needs h5py and NumPy; Tools/test.sh puts them in .build/venv)

Prints `FILE: /object: rule` for each rule that a file breaks, under aeinspect's names of the rules; exit code 0 where there is none, else 65. It opens
the file with libhdf5, whatever is in it: it is for files of your own, not for strangers' ones. The rules of the bytes themselves, and what layers make that schema 1.0 does not have, are aeinspect's alone.
"""
import hashlib
import json
import math
import pathlib
import re
import sys

import h5py
import numpy as np

SCHEMA = json.loads((pathlib.Path(__file__).resolve().parent.parent / "Schemas" / "aekit-1.1.json").read_text())


def decode(value):
    """Text as str, the zeros at its end removed."""
    return bytes(value).rstrip(b"\0").decode() if isinstance(value, (bytes, np.bytes_)) else str(value)


def type_name(dtype):
    return "text" if dtype.kind in "SO" else dtype.name


def element_of(path):
    """The schema's element for a path; nothing for one that the schema does not know."""
    return next((element for element in SCHEMA["elements"] if re.fullmatch(re.sub(r"<\w+>", "[^/]+", element["path"]), path)), None)


def allowed(values, limits):
    """Whether all of an array's values are within a schema's `values`."""
    if limits is None:
        return True
    if limits != "finite" and isinstance(limits[0], str):
        return all(decode(value) in limits for value in np.ravel(values))
    numbers = np.asarray(values, np.float64)
    least, greatest = (-math.inf, math.inf) if limits == "finite" else (limits + [math.inf])[:2]
    return bool(np.all(np.isfinite(numbers) & (numbers >= least) & (numbers <= greatest)))


# The layers of schema 1.0, and those of their arguments that have names; and what came later.
FIRST = {"Linear": [], "Conv2d": ["kernel_size", "stride", "padding", "bias"], "ConvTranspose2d": ["kernel_size", "stride", "padding", "output_padding", "bias"],
         **{name: [] for name in ("BatchNorm2d", "ReLU", "Sigmoid", "Flatten", "Unflatten", "ConcatLabels", "Latent", "Gaussian")}}

LATER = {"BatchNorm1d", "GroupNorm", "LayerNorm", "InstanceNorm2d", "LeakyReLU", "ELU", "GELU", "SiLU", "Tanh", "Softplus", "Hardtanh", "Identity", "Dropout", "MaxPool2d",
         "AvgPool2d", "AdaptiveAvgPool2d", "Upsample", "PixelShuffle", "ZeroPad2d", "Scale"}
LATER_ARGUMENTS = r"(bias|eps|momentum|affine|dilation|groups|kernel_size|stride|padding|output_padding)=|[(]"


def is_later(line):
    """Whether a line of layers is one that schema 1.0 does not have; what is no layer at all is not."""
    found = re.fullmatch(r"[^:(]*: *(\w+)\((.*)\)", line)
    if not found:
        return False
    named = "|".join(FIRST.get(found[1], [])) or "(?!)"
    first = all(re.fullmatch(rf" *(-?\d+|({named})=(-?\d+|True|False))", part) for part in found[2].split(",") if part)
    return found[1] in LATER or found[1] in FIRST and not first and re.search(LATER_ARGUMENTS, found[2]) is not None


def needed(condition):
    if not condition:
        raise ValueError


def layer(kind, sizes, options, shape):
    """(the tensors, the output's shape) of a layer for inputs of a shape. Raises ValueError where it does not take them."""
    needed(all(1 <= size <= 2**20 for size in sizes))
    bias = {"bias": ((sizes[1],), True)} if options.get("bias", "True") == "True" and len(sizes) > 1 else {}
    if kind == "Linear":
        needed(shape == [sizes[0]])
        return {"weight": ((sizes[1], sizes[0]), True), **bias}, [sizes[1]]
    if kind in ("Conv2d", "ConvTranspose2d"):
        k, stride, padding, more = (int(options.get(name, usual)) for name, usual in [("kernel_size", 0), ("stride", 1), ("padding", 0), ("output_padding", 0)])
        needed(len(shape) == 3 and shape[0] == sizes[0] and k >= 1 and stride >= 1 and padding >= 0)
        back = kind == "ConvTranspose2d"
        sides = [(side - 1) * stride - 2 * padding + k + more if back else (side + 2 * padding - k) // stride + 1 for side in shape[1:]]
        return {"weight": ((*(sizes[:2] if back else sizes[1::-1]), k, k), True), **bias}, [sizes[1], *sides]
    if kind == "BatchNorm2d":
        needed(len(shape) == 3 and shape[0] == sizes[0])
        parts = {name: ((sizes[0],), not name.startswith("running")) for name in ["weight", "bias", "running_mean", "running_var"]}
        return {**parts, "num_batches_tracked": ((), False)}, shape
    if kind in ("Flatten", "Unflatten"):
        after = [math.prod(shape)] if kind == "Flatten" else sizes
        needed(math.prod(after) == math.prod(shape))
        return {}, after
    if kind in ("Latent", "Gaussian"):
        needed(shape == sizes)
        return {}, shape
    return {}, {"ReLU": shape, "Sigmoid": shape, "ConcatLabels": [sum(shape) + sum(sizes)]}[kind]


def network(lines, shape):
    """{name: (shape, whether Adam trains it)} of a list of layers. Raises ValueError, KeyError or IndexError where they make no network."""
    tensors, names, shapes = {}, set(), [shape]
    for index, line in enumerate(lines):
        found = re.fullmatch(r"([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*): (\w+)\((.*)\)", line)
        needed(found and found[1] not in names)
        name, kind, text = found.groups()
        names.add(name)
        arguments = [part.strip().split("=") for part in text.split(",") if part.strip()]
        # The log-variance's layer, before a Gaussian, reads what mu's reads.
        is_logvar = index + 1 < len(lines) and ": Gaussian(" in lines[index + 1]
        own, shape = layer(kind, [int(part[0]) for part in arguments if len(part) == 1], dict(part for part in arguments if len(part) == 2),
                           shapes[-2] if is_logvar else shapes[-1])
        needed(all(1 <= side for side in shape) and max(math.prod(size) for size in [shape, *(size for size, _ in own.values())]) <= 2**28)
        shapes.append(shape)
        tensors.update({f"{name}.{part}": value for part, value in own.items()})
    latents = sum(": Latent(" in line or ": Gaussian(" in line for line in lines)
    needed(lines and latents <= 1 and (not latents or shapes[-1] == shapes[0]))
    return tensors


class Check:
    def __init__(self, path):
        self.found, self.sizes = [], {}
        self.note = lambda path, rule: self.found.append((path, rule))
        self.file, self.bytes = h5py.File(path, "r"), pathlib.Path(path).read_bytes()
        self.objects = {"/": self.file["/"]}
        self.file.visititems(lambda name, item: self.objects.__setitem__("/" + name, item))
        if self.readable():
            self.seal()
            for name, item in self.objects.items():
                self.element(name, item)
            self.consistency()

    def attribute(self, path, name):
        return self.objects[path].attrs.get(name) if path in self.objects else None

    def dataset(self, path, rank=None):
        """The dataset at a path; None where there is none, or one of another rank."""
        item = self.objects.get(path)
        return item if isinstance(item, h5py.Dataset) and rank in (None, item.ndim) else None

    def members(self, path):
        return sorted(self.objects[path]) if isinstance(self.objects.get(path), h5py.Group) else []

    def readable(self):
        if self.attribute("/", "format") is None or decode(self.attribute("/", "format")) != SCHEMA["format"]:
            self.note("/", "values")
            return False
        if None in (self.attribute("/", "schema_version"), self.attribute("/", "required_features")):
            self.note("/", "attribute")
            return False
        version, features = decode(self.attribute("/", "schema_version")), self.attribute("/", "required_features")
        if not re.fullmatch(r"\d+\.\d+", version) or version.split(".")[0] != "1" or any(decode(feature) not in ("", "images-1.1", "layers-1.1") for feature in features):
            self.note("/", "version")
            return False
        return True

    def seal(self):
        digest, position = hashlib.sha256(), 0
        extents = [(item.id.get_offset(), item.id.get_storage_size(), path) for path, item in self.objects.items()
                   if isinstance(item, h5py.Dataset) and item.id.get_offset() is not None]
        for offset, size, path in sorted(extents):
            digest.update(self.bytes[position:offset] + (bytes(size) if path == "/seal" else b""))
            position = offset + size
        digest.update(self.bytes[position:])
        if "/seal" not in self.objects or self.objects["/seal"][()].tobytes() != digest.digest():
            self.note("/", "seal")

    def element(self, path, item):
        element = element_of(path)
        encoding = [self.attribute(path, name) for name in SCHEMA["every_group"]]
        if None in encoding or element and " ".join(map(decode, encoding)) != element["encoding"]:
            self.note(path, "encoding")
        for other in SCHEMA["elements"]:
            parent, name = other["path"].rsplit("/", 1)
            same = element and (parent or "/") == element["path"] and other["path"] != "/"
            if same and other.get("required") and (path.rstrip("/") + "/" + name) not in self.objects:
                self.note(path, "missing")
        values = None
        if element:
            self.attributes(path, item, element)
            if isinstance(item, h5py.Dataset) != ("type" in element):
                return self.note(path, "element")
            if "type" in element:
                values = element.get("values") if self.dataset_type(path, item, element) else None
        if isinstance(item, h5py.Dataset):
            self.contents(path, item, values)

    def attributes(self, path, item, element):
        for name, (kind, *axes) in element.get("attributes", {}).items():
            if name not in item.attrs:
                self.note(f"{path}@{name}", "attribute")
                continue
            stored = h5py.h5a.open(item.id, name.encode())
            if type_name(stored.dtype) != kind or len(stored.shape) != len(axes) or any(axis not in (str(axis), size) for axis, size in zip(axes, stored.shape)):
                self.note(f"{path}@{name}", "attribute")
            elif not (self.is_text(stored) and allowed(item.attrs[name], element.get("values", {}).get(name))):
                self.note(f"{path}@{name}", "values")

    def dataset_type(self, path, item, element):
        """Notes a wrong type or shape; whether the type is right."""
        right, axes = type_name(item.dtype) in element["type"], element.get("shape")
        if not right:
            self.note(path, "type")
        if axes is not None:
            sizes = self.sizes.setdefault(path.rsplit("/", 1)[0], {})
            if len(axes) != len(item.shape) or any(
                    size != (sizes.setdefault(axis, size) if isinstance(axis, str) else axis) for axis, size in zip(axes, item.shape)):
                self.note(path, "shape")
        return right

    def contents(self, path, item, limits):
        values = item[()]
        if path != "/seal":
            digest = self.attribute(path, "sha256")
            if digest is None or digest.dtype != np.uint8 or digest.shape != (32,):
                self.note(f"{path}@sha256", "attribute")
            elif hashlib.sha256(np.asarray(values).tobytes()).digest() != digest.tobytes():
                self.note(path, "digest")
        if not (self.is_text(item.id) and allowed(values, limits)):
            self.note(path, "values")

    def is_text(self, stored):
        """Whether stored text is UTF-8 filled up with zeros, and not too much of it; numbers are as well."""
        if stored.dtype.kind != "S":
            return True
        raw = np.empty(stored.shape, stored.dtype)
        stored.read(*([] if isinstance(stored, h5py.h5a.AttrID) else [h5py.h5s.ALL] * 2), raw)
        try:
            return raw.nbytes <= 2**20 and not any("\0" in decode(text) for text in np.ravel(raw))
        except UnicodeDecodeError:
            return False

    def consistency(self):
        kind = self.attribute("/", "kind")
        if kind is not None and decode(kind) in SCHEMA["kinds"] and "/" + decode(kind) not in self.objects:
            self.note("/", "missing")
        self.features()
        listed = self.dataset("/model/layers", 1)
        self.layers = [decode(line) for line in listed[()]] if listed is not None and self.is_text(listed.id) else []
        tensors = self.tensors()
        self.network_is_right = tensors is not None
        for group in ["/model/weights", "/training/state/m", "/training/state/v", *(f"/epochs/{name}/weights" for name in self.members("/epochs"))]:
            if tensors is not None and group in self.objects:
                self.compare(group, {name: shape for name, (shape, trained) in tensors.items() if trained or "/state/" not in group})
        self.training()
        for name in self.members("/epochs"):
            epoch, done = self.attribute(f"/epochs/{name}", "epoch"), self.attribute("/training", "epochs_done")
            if f"{epoch:03}" != name or done is not None and epoch > done:
                self.note(f"/epochs/{name}", "epochs")
        for path, part in self.groups():
            self.results(path, part)
        for name in self.members("/scores"):
            self.score(f"/scores/{name}")

    def groups(self):
        """The groups of latents and reconstructions, with the part that each is of."""
        for parent in [""] + [f"/epochs/{name}" for name in self.members("/epochs")]:
            for part in ["latents", "reconstructions"]:
                for split in self.members(f"{parent}/{part}"):
                    yield f"{parent}/{part}/{split}", part

    def layer_lines(self):
        layers = self.dataset("/model/layers", 1)
        return [decode(line) for line in layers[()]] if layers is not None and layers.dtype.kind == "S" and self.is_text(layers.id) else []

    def features(self):
        """Whether the file requires just what it uses beyond schema 1.0."""
        shape, classes = self.attribute("/model", "input_shape"), self.attribute("/model", "classes")
        uses = np.shape(shape) == (3,) and min(shape) > 0 and list(shape) != [1, 32, 32] or classes is not None and classes > 256
        for path, part in self.groups():
            labels, images = self.dataset(f"{path}/label"), self.dataset(f"{path}/images", 4)
            uses = uses or labels is not None and labels.dtype == "uint16"
            uses = uses or part == "reconstructions" and images is not None and images.shape[1:] != (1, 32, 32)
        required = {decode(feature) for feature in self.attribute("/", "required_features")} - {""}
        wanted = ({"images-1.1"} if uses else set()) | ({"layers-1.1"} if any(map(is_later, self.layer_lines())) else set())
        if required != wanted:
            self.note("/@required_features", "features")

    def tensors(self):
        """{name: (shape, whether Adam trains it)} of the layers; None where there are none, or none that make a network."""
        if any(map(is_later, self.layers)):
            return None
        shape = self.attribute("/model", "input_shape")
        if not self.layers or shape is None or np.shape(shape) != (3,) or not all(1 <= side <= 16384 for side in shape):
            return None
        try:
            return network(self.layers, [int(side) for side in shape])
        except (ValueError, KeyError, IndexError):
            return self.note("/model/layers", "layers")

    def compare(self, group, expected):
        for name, shape in expected.items():
            item, kind = self.dataset(f"{group}/{name}"), "int64" if name.endswith("num_batches_tracked") else "float32"
            if item is None or item.shape != shape or item.dtype != kind:
                self.note(group if item is None else f"{group}/{name}", "tensors")
        for name in set(self.members(group)) - set(expected):
            self.note(f"{group}/{name}", "tensors")

    def training(self):
        done, epochs, images, batch = (self.attribute("/training", name) for name in ["epochs_done", "epochs", "images", "batch_size"])
        history = self.dataset("/training/history/epoch", 1)
        if None in (done, epochs, images, batch) or history is None or batch < 1 or images < 1:
            return
        if done > epochs:
            self.note("/training", "epochs")
        if history.shape != (done,):
            return self.note("/training/history/epoch", "epochs")
        if list(history) != list(range(1, done + 1)):
            self.note("/training/history/epoch", "epochs")
        step, part = (int(self.attribute("/training/state", name)) for name in ["step", "step_in_epoch"])
        steps = -(-int(images) // int(batch))
        if part >= steps or step != int(done) * steps + part:
            self.note("/training/state", "epochs")

    def results(self, path, part):
        latent = next(filter(None, (re.search(r": (Latent|Gaussian)\((.*)\)", line) for line in self.layers)), None)
        if part == "latents":
            heads = [name for name in ["mu", "logvar"] if f"{path}/{name}" in self.objects]
            if len(heads) == 1 or latent and (latent[1] == "Gaussian") != (len(heads) == 2):
                self.note(path, "latents")
            z = self.dataset(f"{path}/z", 2)
            if latent and z is not None and z.shape[1] != math.prod(int(axis) for axis in latent[2].split(",")):
                self.note(f"{path}/z", "latents")
        images, shape = self.dataset(f"{path}/images", 4), self.attribute("/model", "input_shape")
        if part == "reconstructions" and self.network_is_right and images is not None and list(images.shape[1:]) != list(shape):
            self.note(f"{path}/images", "images")
        labels, names = self.dataset(f"{path}/label"), self.names(path)
        if labels is None or labels.dtype not in ("uint8", "uint16") or not labels.size:
            return
        if any("ConcatLabels" in line for line in self.layers) and np.max(labels) >= self.attribute("/model", "classes"):
            self.note(f"{path}/label", "labels")
        if names is not None and np.max(labels) >= names:
            self.note(f"{path}/label", "labels")

    def names(self, path):
        """The number of class names in a group; None where there are none, or none that are right."""
        names, ends = self.dataset(f"{path}/class_names"), self.dataset(f"{path}/class_ends")
        if names is None:
            if ends is not None:
                self.note(f"{path}/class_ends", "labels")
            return None
        if f"{path}/label" not in self.objects:
            self.note(f"{path}/class_names", "labels")
        if names.dtype.kind == "S":
            if ends is not None:
                self.note(f"{path}/class_ends", "labels")
            count = names.shape[0] if names.shape else None
        elif names.dtype == "uint8":
            if ends is None:
                return self.note(f"{path}/class_names", "labels")
            if ends.dtype != "int64":
                return None
            cuts, raw = [0, *map(int, np.ravel(ends))], np.asarray(names).tobytes()
            try:
                needed(cuts == sorted(cuts) and cuts[-1] == len(raw))
                count = len([raw[start:end].decode() for start, end in zip(cuts, cuts[1:])])
            except ValueError:
                return self.note(f"{path}/class_ends", "labels")
        else:
            return None
        if count is not None and count > 2**16:
            self.note(f"{path}/class_names", "labels")
        return count

    def score(self, path):
        item = self.dataset(f"{path}/confusion", 2)
        correct, count, accuracy = (self.attribute(path, name) for name in ["correct", "count", "accuracy"])
        if item is not None and item.shape[0] == item.shape[1] > 4096:
            return self.note(f"{path}/confusion", "scores")
        if item is None or item.shape[0] != item.shape[1] or None in (correct, count, accuracy) or count < 1:
            return
        if int(np.sum(item)) != count or int(np.trace(item)) != correct:
            self.note(path, "scores")
        if abs(accuracy - 100 * correct / count) > 1e-9:
            self.note(f"{path}@accuracy", "scores")


def main(paths):
    found = [f"{path}: {place}: {rule}" for path in paths for place, rule in Check(path).found]
    print(*found, sep="\n", end="\n" if found else "")
    return 65 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
