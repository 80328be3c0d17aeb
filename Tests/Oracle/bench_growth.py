"""How cost grows with the work, and what whole processes take: aekit alone.

    bench_growth.py --tools FOLDER --data FOLDER [--rounds 3] [--json FILE]

Training: seconds an epoch for batches of 16 to 4,096, 1,000 to 60,000 images, bottlenecks 2 to 64, and one thread against two. Processes: seconds
and peak memory of decoding one vector, inspecting, training, reading MNIST, and the report's 25 models and reader. Medians over the rounds.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

REPORT = [(name, k, None) for name in ("ae", "conv", "simple") for k in (2, 3, 4)] \
    + [(name, k, weight) for name in ("conv-vae", "vae") for k in (4, 3) for weight in (0.75, 1, 1.25, 1.5)]


def process(command):
    """(seconds, peak MiB, standard output) of a command; the peak is the child's own, from wait4."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"bench: {' '.join(command)}: exit status {child.returncode}")
    return seconds, usage.ru_maxrss / 1024, output


class Bench:
    def __init__(self, args, folder):
        self.args, self.folder, self.results = args, folder, {}

    def train(self, *options):
        return [f"{self.args.tools}/aetrain", "--data", self.args.data, "--quiet", "--json", "--record", "none", "--force",
                "-o", f"{self.folder}/m.h5", *map(str, options)]

    def epoch(self, *options):
        """The median seconds of an epoch: the last of three, of each round."""
        runs = [process(self.train("--epochs", 3, *options))[2] for _ in range(self.args.rounds)]
        return statistics.median(json.loads(run.splitlines()[-1])["seconds"] for run in runs)

    def table(self, title, unit, rows):
        self.results[title] = {str(key): value for key, value in rows}
        print(f"{title}, {unit}: " + ", ".join(f"{key} {value:.3g}" for key, value in rows), flush=True)

    def growth(self, name):
        model = ("--model", name)
        self.table(f"{name}: batch size", "s an epoch", [(n, self.epoch(*model, "--batch-size", n)) for n in (16, 64, 256, 1024, 4096)])
        self.table(f"{name}: images", "us an image", [(n, self.epoch(*model, "--limit", n) / n * 1e6) for n in (1000, 4000, 15000, 60000)])
        self.table(f"{name}: bottleneck", "s an epoch", [(n, self.epoch(*model, "--bottleneck", n)) for n in (2, 4, 16, 64)])
        one, two = (self.epoch(*model, "--threads", n) for n in (1, 2))
        self.table(f"{name}: threads", "s an epoch", [(1, one), (2, two), ("efficiency", one / two / 2)])

    def processes(self):
        models = {name: f"{self.folder}/{name}.h5" for name in ("ae", "conv")}
        for name, path in models.items():
            process([*self.train("--model", name, "--epochs", 1), "--record", "final", "-o", path])
        decode, inspect = f"{self.args.tools}/aedecode", f"{self.args.tools}/aeinspect"
        for title, command in [
            ("aedecode --z 1,2", [decode, models["ae"], "--z", "1,2", "-o", f"{self.folder}/x.png"]),
            ("aedecode --medians", [decode, models["conv"], "--medians", "-o", f"{self.folder}/x.png"]),
            ("aeinspect", [inspect, models["conv"]]),
            ("aetrain conv, an epoch", self.train("--model", "conv", "--epochs", 1)),
            ("aetrain ae, an epoch", self.train("--model", "ae", "--epochs", 1)),
        ]:
            runs = [process(command) for _ in range(self.args.rounds * (1 if "aetrain" in title else 10))]
            self.table(title, "process", [("ms", statistics.median(run[0] for run in runs) * 1e3), ("peak MiB", max(run[1] for run in runs))])
        runs = [float(process([f"{self.args.tools}/aebench", self.args.data])[2]) for _ in range(self.args.rounds * 3)]
        self.table("reading and resizing 60,000 images", "s", [("median", statistics.median(runs))])

    def report(self):
        """All models of the report, ten epochs each, one after the other with two threads."""
        started = time.perf_counter()
        process(self.train("--model", "reader"))
        for name, k, weight in REPORT:
            process(self.train("--model", name, "--bottleneck", k, *(("--kl-weight", weight) if weight else ())))
        self.table("the report's 25 models and the reader", "s", [("in all", time.perf_counter() - started)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(args, folder)
        bench.processes()
        for name in ("ae", "conv"):
            bench.growth(name)
        bench.report()
    if args.json:
        Path(args.json).write_text(json.dumps(bench.results, indent=1) + "\n")


if __name__ == "__main__":
    main()
