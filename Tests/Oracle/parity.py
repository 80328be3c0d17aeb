"""Compares aekit's model files with PyTorch. Each command prints one JSON object, on success with exit status 0.

    parity.py load FILE ...                     load_state_dict(strict=True), with the README's line
    parity.py train --init INIT.h5 --trained OUT.h5 --data FOLDER [--limit N] [--batch-size B] [--epochs N] ...
    parity.py decode FILE (--z-file z.npy | --z 1,2) [--labels 3,...]
    parity.py encode FILE --data FOLDER [--split test] [--limit N] [--logvar]
    parity.py reconstruct FILE --data FOLDER [--split test] [--limit N]

`train` repeats, in file order and without noise, the training that made OUT.h5 from INIT.h5 (see training_parity.py). The last three run
the model; they take [--output FILE.npy] to keep what it gave, and [--compare FILE.npy | FILE.h5:/data/set] to report the difference.
"""
import argparse
import json

import h5py
import numpy as np
import torch

import mnist
from model_files import load_model
from networks import one_hot
from training_parity import compare_training

BATCH = 1000


def numbers(argument):
    return [float(number) for number in argument.split(",")]


def digits(argument):
    return [int(digit) for digit in argument.split(",")]


def load(options):
    loaded = {}
    for path in options.files:
        architecture, bottleneck, model = load_model(path)
        loaded[path] = {"architecture": architecture, "bottleneck": bottleneck, "tensors": len(model.state_dict()),
                        "parameters": sum(p.numel() for p in model.parameters())}
    return {"loaded": loaded}


def stored(location):
    """The array of FILE.npy or FILE.h5:/data/set."""
    if location.endswith(".npy"):
        return np.load(location)
    path, _, name = location.partition(":/")
    with h5py.File(path, "r") as f:
        return f[name][()]


def delivered(result, options):
    """Keeps and compares `result` as the options ask; what there is to print."""
    array, printed = result.numpy(), {"shape": list(result.shape)}
    if options.output:
        np.save(options.output, array)
    if options.compare:
        other = stored(options.compare)
        if other.shape != array.shape:
            raise SystemExit(f"parity: {options.compare} has shape {list(other.shape)}, PyTorch's result {list(array.shape)}")
        printed["max_abs_difference"] = float(np.abs(other.astype(np.float64) - array).max(initial=0))
        printed["max_abs"] = float(np.abs(array).max(initial=0))
    return printed


def over_images(options, function):
    """function(model, x, one-hot labels or None), applied to the split a batch at a time, as one tensor."""
    model = load_model(options.file)[2]
    images, labels = mnist.load(options.data, options.split, options.limit)
    parts = zip(images.split(BATCH), labels.split(BATCH))
    return torch.cat([function(model, mnist.pixels(x), one_hot(y) if model.classes else None) for x, y in parts])


def decode(options):
    model = load_model(options.file)[2]
    z = torch.from_numpy(np.load(options.z_file)).float() if options.z_file else torch.tensor([options.z])
    if model.classes and not options.labels:
        raise SystemExit("parity: a conditional model decodes with --labels")
    labels = torch.tensor(options.labels).expand(len(z)) if model.classes else None
    return delivered(model.decode(z, None if labels is None else one_hot(labels)), options)


def encode(options):
    return delivered(over_images(options, lambda model, x, y: model.encode(x, y)[1 if options.logvar else 0]), options)


def reconstruct(options):
    return delivered(over_images(options, lambda model, x, y: model(x, y).image), options)


def train(options):
    return compare_training(options)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)

    def command(function, file="file"):
        added = commands.add_parser(function.__name__)
        added.set_defaults(run=function)
        if file:
            added.add_argument(file, nargs="+" if file == "files" else None)
        return added

    command(load, "files")
    training = command(train, None)
    training.add_argument("--init", required=True, help="the model file that training began with")
    training.add_argument("--trained", required=True, help="the model file that training wrote")
    training.add_argument("--data", required=True, help="a folder of IDX files")
    training.add_argument("--limit", type=int)
    training.add_argument("--batch-size", type=int, default=64)
    training.add_argument("--epochs", type=int, default=1)
    training.add_argument("--learning-rate", type=float, default=1e-3)
    training.add_argument("--kl-weight", type=float, default=1.0)
    training.add_argument("--reconstruction-weight", type=float, default=1.0)
    training.add_argument("--model", help="the architecture, where the file's own word is not to be taken")
    training.add_argument("--bottleneck", type=int)
    for function in (decode, encode, reconstruct):
        running = command(function)
        running.add_argument("--output", metavar="FILE.npy")
        running.add_argument("--compare", metavar="FILE.npy|FILE.h5:/data/set")
        if function is decode:
            latent = running.add_mutually_exclusive_group(required=True)
            latent.add_argument("--z-file", metavar="z.npy")
            latent.add_argument("--z", type=numbers)
            running.add_argument("--labels", type=digits, help="one digit a latent vector, or one for all")
            continue
        running.add_argument("--data", required=True)
        running.add_argument("--split", choices=("train", "test"), default="test")
        running.add_argument("--limit", type=int)
        if function is encode:
            running.add_argument("--logvar", action="store_true", help="logvar in place of mu")
    return parser.parse_args()


if __name__ == "__main__":
    arguments = parse()
    with torch.no_grad():
        print(json.dumps(arguments.run(arguments)))
