"""Makes the files of schema 1.0 that stay readable for ever, into this folder:

    make.py TOOLS      (the folder of the built tools; the files here are of aekit 1.0, on x86-64-v4)

A file that was released is never made anew: later versions of the schema get a folder of their own."""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent.parent / "Oracle"))
import forge  # noqa: E402

# Which of a digit's seven strokes are lit: top, upper left and right, middle, lower left and right, bottom.
STROKES = ["1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"]
PLACES = [(4, 9, 3, 10), (5, 8, 9, 3), (5, 17, 9, 3), (13, 9, 3, 10), (15, 8, 9, 3), (15, 17, 9, 3), (22, 9, 3, 10)]


def digits(count, seed):
    """Digits of seven strokes, a little moved and dimmed: [count][28][28] and labels."""
    random, labels = np.random.default_rng(seed), np.arange(count, dtype=np.uint8) % 10
    images = np.zeros((count, 28, 28), np.uint8)
    for image, label in zip(images, labels):
        down, right, level = *random.integers(-3, 4, 2), random.integers(160, 256)
        for lit, (top, left, height, width) in zip(STROKES[label], PLACES):
            if lit == "1":
                image[top + down:top + down + height, left + right:left + right + width] = level
    return images, labels


def write_idx(folder):
    for split, count, seed in [("train", 96, 1), ("t10k", 3, 2)]:
        for name, values in zip(["images-idx3", "labels-idx1"], digits(count, seed)):
            head = bytes([0, 0, 8, values.ndim]) + b"".join(int(size).to_bytes(4, "big") for size in values.shape)
            (folder / f"{split}-{name}-ubyte").write_bytes(head + values.tobytes())


def main(tools):
    def run(tool, *arguments):
        subprocess.run([tools / tool, "--quiet", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)

    with tempfile.TemporaryDirectory() as temporary:
        data = pathlib.Path(temporary)
        write_idx(data)
        common = ["--data", data, "--batch-size", "32", "--force"]
        run("aetrain", "--model", "conv", "--bottleneck", "1", "--epochs", "2", "--record", "none", *common, "-o", here / "conv-1.h5")
        run("aetrain", "--model", "simple", "--bottleneck", "1", "--epochs", "2", "--record", "latents,reconstructions,weights", *common,
            "-o", here / "simple-1.h5")
        run("aetrain", "--model", "reader", "--epochs", "30", "--record", "none", *common, "-o", data / "reader.h5")
        run("aescore", "--reader", data / "reader.h5", "--model", here / "simple-1.h5", "--data", data, "--record")
        conditional = forge.model(training=False)
        del conditional.members["epochs"], conditional.members["scores"], conditional.members["latents"], conditional.members["reconstructions"]
        (here / "conditional.h5").write_bytes(forge.assemble(conditional))
        run("aeencode", here / "conditional.h5", "--data", data, "-o", here / "latents.h5")
        run("aereconstruct", here / "conditional.h5", "--data", data, "-o", here / "reconstructions.h5")


main(pathlib.Path(sys.argv[1]).resolve())
