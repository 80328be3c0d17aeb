"""The report's networks and PCA for images of other shapes and other numbers of classes, against PyTorch.

    shapes.py TOOLS FOLDER C,H,W CLASSES NETWORK ...       (an empty folder)

Makes random images in HDF5, trains each network on one batch from known weights, and holds against PyTorch: the names and shapes of all tensors (strict
loading), the reconstructions of 20 images, and the gradient of the batch (of PCA, scikit-learn's components). Prints a line a network; exits 1 at the first
that differs by more than 2e-5 in a pixel, or 5e-5 of a tensor's largest in a gradient.
"""
import os
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import torch

from model_files import load_model
from networks import one_hot
from training_parity import free_names, gradient_differences, gradients

TRAINING, TEST, BOTTLENECK, BATCH = 48, 20, 3, 48


def make_data(path, shape, classes):
    """Images with structure, so that neither mean nor components are those of noise; both splits, labels of all classes."""
    random = np.random.default_rng(1)
    with h5py.File(path, "w") as file:
        for split, count in [("train", TRAINING), ("test", TEST)]:
            smooth = random.integers(0, 256, (count, shape[0], 4, 4)).repeat(-(-shape[1] // 4), 2).repeat(-(-shape[2] // 4), 3)[..., :shape[1], :shape[2]]
            file[f"{split}/images"] = (smooth * 0.8 + random.integers(0, 52, (count, *shape))).astype(np.uint8)
            file[f"{split}/label"] = ((np.arange(count) * 5) % classes).astype(np.uint16)
        # The number of classes is that of the greatest label of all splits.
        file["train/label"][0] = classes - 1
    return path


def read(path, split):
    with h5py.File(path) as file:
        return torch.from_numpy(file[f"{split}/images"][()]), torch.from_numpy(file[f"{split}/label"][()].astype(np.int64))


def run(tools, tool, *arguments):
    done = subprocess.run([str(Path(tools) / tool), *map(str, arguments)], capture_output=True, text=True, env={**os.environ})
    if done.returncode:
        sys.exit(f"shapes.py: {tool} {' '.join(map(str, arguments))}: {done.stderr}")


def train(tools, name, data, shape, folder):
    """(the file of initial weights, the file after one batch)."""
    initial, trained = folder / f"{name}-0.h5", folder / f"{name}-1.h5"
    common = ["--model", name, "--data", data, "--size", f"{shape[1]}x{shape[2]}", "--channels", shape[0], "--epochs", 1, "--record", "none", "--quiet", "--force"]
    common += [] if name == "reader" else ["--bottleneck", BOTTLENECK]
    run(tools, "aetrain", *common, "--limit", 16, "--seed", 7, "-o", initial)
    run(tools, "aetrain", *common, "--batch-size", BATCH, "--no-shuffle", "--noise", "none", "--init", initial, "-o", trained)
    return initial, trained


def reconstruction_difference(tools, path, network, data, folder):
    """The largest difference of a reconstructed number from PyTorch's, over the largest of all."""
    images, labels = read(data, "test")
    output = folder / "reconstructed.h5"
    run(tools, "aereconstruct", path, "--data", data, "--quiet", "-o", output)
    with h5py.File(output) as file:
        ours = torch.from_numpy(file["reconstructions/test/images"][()])
    with torch.no_grad():
        theirs = network(images.float() / 255, one_hot(labels, network.classes) if network.classes else None).image
    assert ours.shape == theirs.shape == images.shape, (ours.shape, theirs.shape)
    return float((ours - theirs).abs().max() / max(1, theirs.abs().max()))


def check_network(tools, name, data, shape, classes, folder):
    initial, trained = train(tools, name, data, shape, folder)
    images, labels = read(data, "train")
    network = load_model(initial)[2]
    free = free_names(network)
    differences = gradient_differences(trained, gradients(network, images[:BATCH], labels[:BATCH], (1.0, 1.0)), free)
    worst = max(value for tensor, value in differences.items() if tensor not in free)
    if name == "reader":
        assert network.fc2.out_features == classes
        return 0.0, worst
    return reconstruction_difference(tools, trained, load_model(trained)[2], data, folder), worst


def check_components(tools, data, shape, folder):
    from sklearn.decomposition import PCA
    path = folder / "pca.h5"
    run(tools, "aetrain", "--model", "pca", "--bottleneck", BOTTLENECK, "--data", data, "--size", f"{shape[1]}x{shape[2]}", "--channels", shape[0], "--quiet", "-o", path)
    images, _ = read(data, "train")
    components = PCA(BOTTLENECK, svd_solver="full").fit(images.flatten(1).double().numpy() / 255).components_
    with h5py.File(path) as file:
        difference = np.abs(file["components/components"][()] - components).max()
    return reconstruction_difference(tools, path, load_model(path)[2], data, folder), float(difference)


def main():
    tools, folder, shape, classes, names = sys.argv[1], Path(sys.argv[2]), tuple(map(int, sys.argv[3].split(","))), int(sys.argv[4]), sys.argv[5:]
    data = make_data(folder / "data.h5", shape, classes)
    for name in names:
        image, other = check_components(tools, data, shape, folder) if name == "pca" else check_network(tools, name, data, shape, classes, folder)
        print(f"{name} {list(shape)} {classes} classes: images {image:.1e}, {'components' if name == 'pca' else 'gradients'} {other:.1e}")
        if image > 2e-5 or other > 5e-5:
            sys.exit(1)


if __name__ == "__main__":
    main()
