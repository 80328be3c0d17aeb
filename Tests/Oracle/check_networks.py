"""Checks networks.py: the report's parameter counts, and the reference models where ../shared/reference has them.

    check_networks.py [REFERENCE_FOLDER]        exits 1 at the first difference
"""
import importlib.util
import sys
from pathlib import Path

import torch

from networks import NAMES, Output, build, one_hot, vae_loss

REPORTED = {"ae": 284_226, "simple": 5_122, "conv": 3_147}


def reference_models(folder):
    """The module models.py of `folder`, or None where there is none."""
    path = Path(folder) / "models.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("reference_models", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def check(condition, message):
    if not condition:
        sys.exit(f"check_networks: {message}")


def compare(reference, name, k):
    """Equal names, shapes and, for equal weights, equal outputs in training and in evaluation; equal losses and gradients."""
    ours, theirs = build(name, k), reference.build(name, k)
    shapes = [{key: tuple(value.shape) for key, value in model.state_dict().items()} for model in (ours, theirs)]
    check(shapes[0] == shapes[1] and list(shapes[0]) == list(shapes[1]), f"{name} {k}: state_dict differs")
    ours.load_state_dict(theirs.state_dict(), strict=True)
    x, labels, noise = torch.rand(7, 1, 32, 32), torch.arange(7), torch.randn(7, k)
    for training in (True, False):
        ours.train(training), theirs.train(training)
        if name == "reader":
            pairs = [(ours(x), theirs(x))]
        elif name in ("simple", "ae", "conv"):
            pairs = list(zip(ours(x)[:2], theirs(x)))
        else:
            mine, other = ours(x, one_hot(labels), noise), theirs(x, one_hot(labels), noise)
            losses = (vae_loss(x, mine, 1.25, 0.5), reference.vae_loss(x, other[1], other[2], other[3], 1.25, 0.5))
            check(torch.allclose(*losses, rtol=1e-6), f"{name} {k}: losses differ")
            pairs = list(zip(mine, other))
        for mine, other in pairs:
            check(mine.shape == other.shape and torch.allclose(mine, other, rtol=1e-6, atol=1e-6), f"{name} {k}: outputs differ")


def main():
    root = Path(__file__).resolve().parents[2]
    reference = reference_models(sys.argv[1] if len(sys.argv) > 1 else root.parent / "shared/reference")
    torch.manual_seed(1)
    for name, count in REPORTED.items():
        ours = sum(p.numel() for p in build(name, 2).parameters())
        check(ours == count, f"{name} has {ours} parameters, the report says {count}")
    x, labels = torch.rand(3, 1, 32, 32), one_hot(torch.tensor([0, 5, 9]))
    for name in NAMES[:-1]:
        output = build(name, 3)(x, labels)
        check(isinstance(output, Output) and output.image.shape == x.shape and (output.mu is None or output.z is output.mu), f"{name}: bad output")
    if reference is None:
        print("networks.py has the report's parameter counts; no reference models here to compare with")
        return
    for name in NAMES:
        for k in (2, 3, 4):
            compare(reference, name, k)
    print(f"networks.py equals the reference in {len(NAMES)} networks and has the report's parameter counts")


if __name__ == "__main__":
    main()
