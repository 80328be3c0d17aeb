"""Training as aekit does it, repeated in PyTorch from the same initial weights, and the differences.

Both train in file order and with z = mu (`aetrain --no-shuffle --noise none`). After exactly one batch, Adam's first moment is
(1 - beta1) times the gradient, so that the file's own state shows aekit's gradient; it is compared with a float64 gradient.

A bias before a BatchNorm2d has a true gradient of zero: the mean that is subtracted contains it. What is computed is round-off, of
which Adam makes steps of full size, so that such biases, and the running means that contain them, may go any way without changing
what the network computes in training. They are reported apart, as `free`.
"""
import copy

import h5py
import torch
from torch import nn

import mnist
from model_files import load_model, read_tensors
from networks import loss

BETA1 = 0.9


def free_names(network):
    """The names of biases before a BatchNorm2d, and of the running means that contain them."""
    names = set()
    for prefix, module in network.named_modules():
        layers = list(module) if isinstance(module, nn.Sequential) else []
        for index, (layer, following) in enumerate(zip(layers, layers[1:])):
            if isinstance(following, nn.BatchNorm2d) and getattr(layer, "bias", None) is not None:
                names |= {f"{prefix}.{index}.bias", f"{prefix}.{index + 1}.running_mean"}
    return names


def gradients(network, images, labels, weights):
    """{parameter: gradient} of one batch, in float64."""
    exact = copy.deepcopy(network).double().train()
    with torch.enable_grad():
        loss(exact, images.double() / 255, labels, None, *weights).backward()
    return {name: parameter.grad for name, parameter in exact.named_parameters()}


def trained(network, images, labels, weights, options):
    """Trains a copy of `network`: (the copy, each epoch's mean loss over its images, the number of batches)."""
    network = copy.deepcopy(network).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=options.learning_rate)
    epochs, steps = [], 0
    for _ in range(options.epochs):
        total = 0.0
        for x, y in zip(images.split(options.batch_size), labels.split(options.batch_size)):
            with torch.enable_grad():
                optimizer.zero_grad()
                value = loss(network, mnist.pixels(x), y, None, *weights)
                value.backward()
            optimizer.step()
            total, steps = total + value.item() * len(x), steps + 1
        epochs.append(total / len(images))
    return network.eval(), epochs, steps


def test_loss(network, data, weights):
    """The mean loss over the test split, in evaluation mode."""
    images, labels = mnist.load(data, "test")
    parts = zip(images.split(1000), labels.split(1000))
    return sum(float(loss(network, mnist.pixels(x), y, None, *weights)) * len(x) for x, y in parts) / len(images)


def by_kind(differences, free):
    """{name: number} as the worst of those that must agree, those that are free, and each."""
    bound = [value for name, value in differences.items() if name not in free]
    loose = [value for name, value in differences.items() if name in free]
    return {"max": max(bound), "max_free": max(loose, default=None), "tensors": differences}


def gradient_differences(path, expected, free):
    """Of each tensor, the largest absolute error of the file's gradient over the largest absolute value of PyTorch's.

    A free bias has none to divide by: its error is divided by the gradient of the weights beside it.
    """
    moments = read_tensors(path, "training/state/m")
    if set(moments) != set(expected):
        raise SystemExit(f"parity: {path}:/training/state/m has not the parameters of the model: {sorted(set(moments) ^ set(expected))}")
    scales = {name: expected[name.replace(".bias", ".weight") if name in free else name].abs().max() for name in expected}
    return {name: float((moments[name].double() / (1 - BETA1) - gradient).abs().max() / scales[name]) for name, gradient in expected.items()}


def history(path):
    """{column: list of numbers} of the file's history."""
    with h5py.File(path, "r") as f:
        return {name: [float(value) for value in dataset[()]] for name, dataset in f["training/history"].items()}


def relative(ours, theirs):
    return max(abs(a - b) / abs(b) for a, b in zip(ours, theirs, strict=True))


def compare_training(options):
    """The object that `parity.py train` prints."""
    architecture, bottleneck, initial = load_model(options.init, options.model, options.bottleneck)
    images, labels = mnist.load(options.data, "train", options.limit)
    weights, free = (options.kl_weight, options.reconstruction_weight), free_names(initial)
    network, epochs, steps = trained(initial, images, labels, weights, options)
    result = {"architecture": architecture, "bottleneck": bottleneck, "steps": steps, "free": sorted(free)}
    if steps == 1:
        result["gradients"] = by_kind(gradient_differences(options.trained, gradients(initial, images, labels, weights), free), free)
    recorded = history(options.trained)
    result["train_loss"] = {"aekit": recorded["train_loss"], "torch": epochs, "relative": relative(recorded["train_loss"], epochs)}
    evaluated, last = test_loss(network, options.data, weights), recorded["eval_loss"][-1]
    # Running means carry the free biases, which differ: so PyTorch also evaluates what aekit trained.
    judged = test_loss(load_model(options.trained, options.model, options.bottleneck)[2].eval(), options.data, weights)
    result["eval_loss"] = {"aekit": last, "torch": evaluated, "relative": relative([last], [evaluated]), "of_file": relative([last], [judged])}
    ours = read_tensors(options.trained, "model/weights")
    result["weights"] = by_kind({name: float((ours[name].double() - tensor.double()).abs().max())
                                 for name, tensor in network.state_dict().items()}, free)
    return result
