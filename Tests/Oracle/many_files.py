"""Makes many files of all kinds with the tools themselves, and sees to it that none of them is called invalid:

    many_files.py TOOLS COUNT      (the folder of the built tools)

aeinspect and Tools/check-file.py look at each; prints how many of each kind there were."""
import collections
import pathlib
import random
import runpy
import subprocess
import sys
import tempfile

Check = runpy.run_path(str(pathlib.Path(__file__).resolve().parents[2] / "Tools" / "check-file.py"))["Check"]
MODELS = ["simple", "ae", "conv", "vae", "conv-vae", "cvae", "conv-cvae", "reader"]
PARTS = ["none", "final", "latents", "weights", "reconstructions", "latents,weights"]


class Maker:
    def __init__(self, tools, folder):
        self.tools, self.folder, self.random, self.kinds = tools, folder, random.Random(1), collections.Counter()
        self.readers, self.models = [], []

    def run(self, kind, tool, *options):
        self.kinds[kind] += 1
        subprocess.run([self.tools / tool, *map(str, options), "-q"], check=True, stdout=subprocess.DEVNULL)

    def train(self, path):
        choose = self.random.choice
        # Principal components take as long as twenty networks.
        name = "pca" if self.random.random() < 0.02 else choose(MODELS)
        options = ["--model", name, "--data", "synthetic", "--limit", choose([16, 40, 100]), "-o", path]
        if name != "reader":
            options += ["--bottleneck", choose([1, 2, 3, 5, 16 if name == "pca" else 64])]
        if name == "pca":
            options += choose([[], ["--standardize"]]) + choose([[], ["--record", "none"]])
        else:
            options += ["--epochs", choose([1, 2, 3]), "--batch-size", choose([7, 16, 64]), "--seed", choose([0, 1, 2**63, 2**64 - 1]), "--recipe", choose(["report", "best"])]
            options += ["--record", choose(PARTS if name != "reader" else ["none", "weights"])] + choose([[], ["--no-shuffle"]])
        if "vae" in name:
            options += ["--kl-weight", choose([0, 0.5, 1e-300, 50])] + choose([[], ["--noise", "none"]])
        self.run(name, "aetrain", *options)
        (self.readers if name == "reader" else self.models).append((path, "cvae" in name))

    def derive(self, path):
        """A file made of an earlier one."""
        model, isConditional = self.random.choice(self.models)
        data = ["--data", "synthetic", "--limit", self.random.choice([1, 17, 300])]
        kind = self.random.choice(["latents", "reconstructions", "decoded", "rewritten", "scored"])
        if kind == "latents":
            self.run(kind, "aeencode", model, *data, "-o", path)
        elif kind == "reconstructions":
            self.run(kind, "aereconstruct", model, *data, "-o", path)
        elif kind == "decoded":
            self.run(kind, "aedecode", model, "--random", self.random.choice([1, 30]), *(["--label", "7"] if isConditional else []), "-o", path)
        elif kind == "rewritten" or not self.readers:
            self.run("rewritten", "aeconvert", model, path)
        else:
            self.run("rewritten and scored", "aeconvert", model, path)
            self.run(kind, "aescore", "--reader", self.readers[-1][0], "--model", path, *data, "--record")

    def make(self, count):
        """Files by the hundred, each looked at and then gone."""
        for first in range(0, count, 100):
            paths = [self.folder / f"{number}.h5" for number in range(first, min(first + 100, count))]
            for path in paths:
                (self.train if self.random.random() < 0.6 or not self.models else self.derive)(path)
            done = subprocess.run([self.tools / "aeinspect", "--validate", *paths], capture_output=True, text=True)
            assert done.returncode == 0, "\n".join(line for line in done.stdout.splitlines() if not line.endswith(": valid")) + done.stderr
            for path in paths:
                assert not Check(path).found, (path, Check(path).found)
                path.unlink()
            self.models, self.readers = [], []


def main(tools, count):
    with tempfile.TemporaryDirectory() as folder:
        maker = Maker(tools, pathlib.Path(folder))
        maker.make(count)
        print(f"{count} valid files, 0 false alarms: {', '.join(f'{kind} {number}' for kind, number in sorted(maker.kinds.items()))}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]))
