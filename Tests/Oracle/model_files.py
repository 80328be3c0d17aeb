"""Model files as PyTorch users read them: h5py, and one line of load_state_dict."""
import h5py
import torch

from networks import build


def text(value):
    """A string attribute, whichever way h5py gives it."""
    return value.decode() if isinstance(value, bytes) else str(value)


def described(f):
    """(architecture, bottleneck) of the model in the open file f."""
    attributes = f["model"].attrs
    return text(attributes["architecture"]), int(attributes["bottleneck"]) if "bottleneck" in attributes else 0


def sizes(f):
    """(an image's shape, the number of classes) of the model in the open file f."""
    attributes, layers = f["model"].attrs, [text(line) for line in f["model/layers"]]
    shape = tuple(int(axis) for axis in attributes["input_shape"])
    # A reader takes no labels, but gives a logit a class.
    return shape, int(layers[-1].rstrip(")").split(",")[1]) if layers[-1].startswith("fc2: Linear(") else int(attributes["classes"])


def load_model(path, architecture=None, bottleneck=None):
    """(architecture, bottleneck, network in evaluation mode) of a model file; what is given stands above what the file says."""
    with h5py.File(path, "r") as f:
        in_file = described(f)
        architecture, bottleneck = architecture or in_file[0], bottleneck or in_file[1]
        model = build(architecture, bottleneck, *sizes(f))
        # The README's line, word for word.
        model.load_state_dict({k: torch.as_tensor(v[()]) for k, v in f["model/weights"].items()})
    return architecture, bottleneck, model.eval()


def read_tensors(path, group):
    """{name: tensor} of the data sets in `group`."""
    with h5py.File(path, "r") as f:
        return {name: torch.as_tensor(dataset[()]) for name, dataset in f[group].items()}
