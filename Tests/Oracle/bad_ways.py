"""The ways of bad_structures.py and bad_contents.py to make a file that breaks one rule, and the list of those files."""
from forge import assemble, kind_of, model

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
