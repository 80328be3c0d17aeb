"""What the tools make of fixed inputs, as SHA-256 digests: of every network of the report and of PCA, at every kernel level of this processor.

    digests.py TOOLS            prints the digests as JSON, as Tests/Fixtures/digests.json keeps them
    digests.py TOOLS RECORDED   compares; prints each that differs, and how many were compared; exits 1 where one differs

Each network is trained for two epochs on the built-in digits ("weights"). What it encodes, decodes and reconstructs is measured with weights that
NumPy makes, so that it does not depend on how sums of training are ordered. Pictures and data sets are hashed as numbers, not as files."""
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import h5py
import numpy
from PIL import Image

NETWORKS = ["simple", "ae", "conv", "vae", "conv-vae", "cvae", "conv-cvae", "reader", "pca"]
LEVELS = ["base", "v3", "v4"]


class Runner:
    """Runs the tools of a folder in another one, at one kernel level."""

    def __init__(self, tools, folder, level):
        self.tools, self.folder = Path(tools).resolve(), Path(folder)
        self.environment = {**os.environ, "AEKIT_CPU": level}

    def __call__(self, tool, *arguments):
        command = [str(self.tools / tool), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"digests.py: {' '.join(command)}: {done.stderr}")
        return done.stdout

    def has_level(self):
        command = [str(self.tools / "aetrain"), "--model", "nothing", "-o", "nothing.h5"]
        return "AEKIT_CPU" not in subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True).stderr


def sha256(*arrays):
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(numpy.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def weights(path):
    """The bytes of all weights, by name."""
    with h5py.File(path) as file:
        group = file["model/weights"]
        return sha256(*(group[name][()] for name in sorted(group)))


def set_weights(path):
    """Gives a file weights that depend on their names and shapes alone; aeconvert --trust then makes it valid again."""
    with h5py.File(path, "r+") as file:
        group = file["model/weights"]
        for name in group:
            dataset = group[name]
            if dataset.dtype != numpy.float32:
                continue
            random = numpy.random.RandomState(zlib.crc32(name.encode()))
            bound = 1 / max(1, numpy.prod(dataset.shape[1:])) ** 0.5
            values = random.uniform(-bound, bound, dataset.shape)
            dataset[...] = numpy.abs(values) + 0.5 if name.endswith("running_var") else values
            del dataset.attrs["sha256"]


def measure(run, network):
    """The digests of one network, by what was made."""
    bottleneck = [] if network == "reader" else ["--bottleneck", 2]
    epochs = [] if network == "pca" else ["--epochs", 2]
    run("aetrain", "--model", network, *bottleneck, *epochs, "--data", "synthetic", "--limit", 500, "--record", "none", "--quiet", "-o", f"{network}.h5")
    found = {"weights": weights(run.folder / f"{network}.h5")}
    set_weights(run.folder / f"{network}.h5")
    model = f"{network}-fixed.h5"
    run("aeconvert", f"{network}.h5", model, "--trust")
    if network == "reader":
        scores = json.loads(run("aescore", "--reader", model, "--model", "conv-fixed.h5", "--data", "synthetic", "--limit", 500, "--json"))
        return {**found, "scores": sha256(numpy.array(scores["scores"][0]["confusion"], dtype=numpy.int64))}
    label = ["--label", "all"] if "cvae" in network else []
    run("aedecode", model, "--random", 10, *label, "-o", f"{network}.png")
    run("aeencode", model, "--data", "synthetic", "--limit", 200, "-o", f"{network}.npy")
    run("aereconstruct", model, "--data", "synthetic", "--limit", 200, "--quiet", "-o", f"{network}-images.h5")
    found["decoded"] = sha256(numpy.asarray(Image.open(run.folder / f"{network}.png").convert("L")))
    found["latents"] = sha256(numpy.load(run.folder / f"{network}.npy"))
    with h5py.File(run.folder / f"{network}-images.h5") as file:
        found["reconstructions"] = sha256(file["reconstructions/test/images"][()])
    return found


def main():
    tools, results = sys.argv[1], {}
    for level in LEVELS:
        with tempfile.TemporaryDirectory() as folder:
            run = Runner(tools, folder, level)
            if run.has_level():
                results[level] = {network: measure(run, network) for network in NETWORKS}
    if len(sys.argv) == 2:
        print(json.dumps(results, indent=1))
        return
    recorded, compared, differ = json.loads(Path(sys.argv[2]).read_text()), 0, 0
    for level, networks in results.items():
        for network, found in networks.items():
            for what, digest in found.items():
                compared += 1
                if recorded[level][network][what] != digest:
                    differ += 1
                    print(f"{level} {network} {what}: {digest}, recorded {recorded[level][network][what]}", file=sys.stderr)
    print(f"{compared} compared")
    sys.exit(differ > 0)


if __name__ == "__main__":
    main()
