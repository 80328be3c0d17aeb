"""Speed, ours and others' in turn in one run: seconds an epoch of training, microseconds an image of reconstruction.

    bench.py --tools FOLDER --data FOLDER [--rounds 3] [--networks ae:2,conv:2] [--json FILE]

Training: `aetrain` against PyTorch eager with fused Adam and against torch.compile, whichever is faster; data in memory, batches of 64, two
threads. Reconstruction: the library against ONNX Runtime and PyTorch, two threads, batches of 1, 64 and 1,000. A round measures everybody once;
medians and the spread over the rounds are printed, and the ratio of medians.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy
import onnxruntime
import torch

import mnist
from model_files import load_model
from networks import build, loss, one_hot

THREADS, BATCHES = 2, (1, 64, 1000)
DEFAULT = "simple:2,ae:2,conv:2,vae:4,conv-vae:4,cvae:2,conv-cvae:2,reader:0"


def epoch_of_torch(network, images, labels, compiled, steps=None):
    """Seconds of one epoch in PyTorch, and its step function compiled or not; the first steps warm up and do not count."""
    network.to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)

    def forward(x, truth, noise):
        return loss(network, x, truth, noise)

    forward = torch.compile(forward) if compiled else forward
    k = network.fn_mu.out_features if getattr(network, "variational", False) else 0
    order, started = torch.randperm(len(images)), None
    batches = [b for b in order.split(64) if len(b) == 64][:steps]
    for number, batch in enumerate(batches):
        if number == 10:
            started = time.perf_counter()
        value = forward(mnist.pixels(images[batch]), labels[batch], torch.randn(64, k) if k else None)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        optimizer.step()
    return (time.perf_counter() - started) / (len(batches) - 10) * len(images) / 64


def training_round(args, name, k, images, labels):
    model = ["--model", name] + (["--bottleneck", str(k)] if k else [])
    with tempfile.TemporaryDirectory() as folder:
        command = [f"{args.tools}/aetrain", *model, "--data", args.data, "--epochs", "2", "--threads", str(THREADS), "--json", "--quiet",
                   "--record", "none", "-o", f"{folder}/m.h5"]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    row = {"aekit": json.loads(lines[-1])["seconds"]}
    for label, compiled in (("torch eager", False), ("torch.compile", True)):
        if compiled and args.no_compile:
            continue
        torch.manual_seed(0)
        row[label] = epoch_of_torch(build(name, k), images, labels, compiled, steps=args.steps)
    return row


def timed(function, seconds=0.5):
    function()
    runs, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        function()
        runs += 1
    return (time.perf_counter() - started) / runs


class Whole(torch.nn.Module):
    """Encoder and decoder with z = mu, for ONNX."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x, hot=None):
        return self.network.decode(self.network.encode(x, hot)[0], hot)


def reconstruction_rounds(args, name, k, folder):
    """For each batch size, a list of rows."""
    path = f"{folder}/{name}-{k}.h5"
    subprocess.run([f"{args.tools}/aetrain", "--model", name, "--bottleneck", str(k), "--data", args.data, "--limit", "640", "--epochs", "1", "--quiet",
                    "--record", "none", "--force", "-o", path], check=True)
    _, _, network = load_model(path)
    network = Whole(network).eval()
    conditional = bool(network.network.classes)
    rows = {}
    for batch in BATCHES:
        x = torch.from_numpy((numpy.arange(batch * 1024, dtype=numpy.float32) % 251 / 250).reshape(batch, 1, 32, 32))
        inputs = (x, one_hot(torch.arange(batch) % 10)) if conditional else (x,)
        names = ["x", "hot"][: len(inputs)]
        onnx_path = f"{folder}/{name}-{k}-{batch}.onnx"
        torch.onnx.export(network, inputs, onnx_path, input_names=names, dynamo=False)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        session = onnxruntime.InferenceSession(onnx_path, options, providers=["CPUExecutionProvider"])
        feed = {n: v.numpy() for n, v in zip(names, inputs)}
        rows[batch] = []
        for _ in range(args.rounds):
            ours = float(subprocess.run([f"{args.tools}/aebench", path, str(batch), str(THREADS), "0.5"], check=True, capture_output=True, text=True).stdout)
            with torch.no_grad():
                theirs = timed(lambda: network(*inputs)) / batch * 1e6
            rows[batch].append({"aekit": ours, "onnxruntime": timed(lambda: session.run(None, feed)) / batch * 1e6, "torch eager": theirs})
    return rows


def summary(rows):
    """Medians, spread and the ratio of the best other's median to ours."""
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    medians = {key: statistics.median(values) for key, values in columns.items()}
    best = min(value for key, value in medians.items() if key != "aekit")
    return {"median": medians, "least": {k: min(v) for k, v in columns.items()}, "most": {k: max(v) for k, v in columns.items()},
            "ratio": best / medians["aekit"]}


def show(title, unit, result):
    parts = [f"{key} {result['median'][key]:.3g} ({result['least'][key]:.3g}-{result['most'][key]:.3g})" for key in result["median"]]
    print(f"{title:24} {unit}: " + ", ".join(parts) + f"; {result['ratio']:.2f} times the best other", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--networks", default=DEFAULT)
    parser.add_argument("--steps", type=int, help="PyTorch's steps of an epoch that are timed; all unless given")
    parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
    parser.add_argument("--json")
    args = parser.parse_args()
    torch.set_num_threads(THREADS)
    images, labels = mnist.load(args.data, "train")
    networks = [(name, int(k)) for name, k in (item.split(":") for item in args.networks.split(","))]
    results = {"training": {}, "reconstruction": {}, "processors": os.cpu_count(), "torch": torch.__version__, "onnxruntime": onnxruntime.__version__}
    for name, k in networks:
        result = summary([training_round(args, name, k, images, labels) for _ in range(args.rounds)])
        results["training"][f"{name} {k}"] = result
        show(f"train {name} {k or ''}", "s an epoch", result)
    with tempfile.TemporaryDirectory() as folder:
        for name, k in networks:
            if name == "reader":
                continue
            for batch, rows in reconstruction_rounds(args, name, k, folder).items():
                result = summary(rows)
                results["reconstruction"][f"{name} {k} batch {batch}"] = result
                show(f"reconstruct {name} {k} x{batch}", "us an image", result)
    if args.json:
        Path(args.json).write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
