"""Does to training runs what power cuts, full disks and impatient users do, and sees to it that no checkpoint is lost:

    faults.py TOOLS COUNT [KIND ...]      (the folder of the built tools; kills to make, or calls to fail; kills, calls, sizes, disks)

Each kind prints a line of what was done. Fails, with the first loss or false success, unless the file is at every moment the old one or the new one,
whole, and each run that says that it is done has written the bytes of one that nothing happened to."""
import collections
import itertools
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np

EPOCHS, DIGITS = 12, 96
# Calls that only a save makes: none of them may fail unheard.
MUST_FAIL = {"fsync", "rename", "fchmod", "pwrite64"}


def write_images(folder):
    """IDX files of noise: enough for steps of some milliseconds."""
    generator = np.random.default_rng(1)
    for split, count in [("train", DIGITS), ("t10k", 16)]:
        for name, values in [("images-idx3", generator.integers(0, 256, (count, 28, 28), np.uint8)), ("labels-idx1", np.arange(count, dtype=np.uint8) % 10)]:
            head = bytes([0, 0, 8, values.ndim]) + b"".join(int(size).to_bytes(4, "big") for size in values.shape)
            (folder / f"{split}-{name}-ubyte").write_bytes(head + values.tobytes())


class Faults:
    def __init__(self, tools, folder):
        self.tools, self.folder, self.random = tools, folder, random.Random(1)
        write_images(folder)
        self.file = folder / "run" / "model.h5"
        self.file.parent.mkdir()
        self.model = ["--model", "conv", "--bottleneck", "1", "--batch-size", "8", "--record", "latents,weights"]
        self.common = ["--data", str(folder), "--threads", "1", "--quiet", "-o", str(self.file)]
        self.run([*self.model, "--epochs", str(EPOCHS)])
        self.whole = self.file.read_bytes()

    def command(self, options):
        return [str(self.tools / "aetrain"), *options, *self.common]

    def run(self, options, **how):
        return subprocess.run(self.command(options), check=True, stderr=subprocess.PIPE, text=True, **how)

    def check(self, what):
        """A file that stands there is valid."""
        if self.file.exists():
            done = subprocess.run([self.tools / "aeinspect", "--validate", self.file], capture_output=True, text=True)
            assert done.returncode == 0, f"lost after {what}: {done.stdout}{done.stderr}"

    def start(self):
        return subprocess.Popen(self.command(["--resume", str(self.file), "--epochs", str(EPOCHS)] if self.file.exists() else [*self.model, "--epochs", str(EPOCHS)]),
                                stderr=subprocess.PIPE, text=True)

    def kills(self, count):
        """Kills runs at random moments, and goes on with them to the end."""
        self.file.unlink(missing_ok=True)
        started = time.monotonic()
        self.start().wait()
        longest = time.monotonic() - started
        done = finished = 0
        self.file.unlink()
        while done < count:
            process = self.start()
            time.sleep(self.random.uniform(0, longest))
            if self.random.random() < 0.3:
                # A reader sees whole checkpoints only, while they are written too.
                self.check("a look during training")
            number = self.random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM])
            running = process.poll() is None
            process.send_signal(number)
            message = process.communicate()[1]
            self.check(f"kill {done}, {number.name}")
            if running:
                done += 1
                assert process.returncode in (0, -number, 128 + number), f"{number.name}: {process.returncode} {message}"
            if process.returncode == 0:
                assert self.file.read_bytes() == self.whole, f"other bytes after {done} kills"
                left = set(os.listdir(self.file.parent)) - {self.file.name}
                assert not [name for name in left if ".tmp-" in name], f"left behind: {left}"
                finished += 1
                self.file.unlink()
        print(f"kills: {done} (SIGKILL, SIGTERM) during training, {finished} runs finished to the same bytes, 0 checkpoints lost")

    def calls(self, count):
        """Fails each system call of a run of one epoch that saves, one after the other, in each way; and kills the run there."""
        names = ["fsync", "ftruncate", "rename", "unlink", "fchmod", "flock", "fcntl", "openat", "close", "fstat", "newfstatat", "getdents64", "readlink", "mmap", "write", "pwrite64",
                 "lseek", "read", "pread64"]
        old = self.before_the_last_epoch()
        trace = self.folder / "trace"
        subprocess.run(["strace", "-e", "trace=" + ",".join(names), "-o", str(trace), *self.last_epoch()], check=True, capture_output=True)
        assert self.file.read_bytes() == self.whole
        lines = [line.split("(")[0] for line in trace.read_text().splitlines() if re.match(r"\w+\(", line)]
        met = collections.Counter(lines)
        faults = [f"error={number}" for number in ["ENOSPC", "EIO", "EINTR"]] + ["signal=KILL"]
        # Of a selection each kind of call has its share, whatever its number.
        shares = [[(name, which, fault) for which in self.random.sample(range(1, met[name] + 1), met[name])] for name in names for fault in faults]
        todo = [call for calls in itertools.zip_longest(*shares) for call in calls if call][:count]
        todo.sort(key=lambda call: names.index(call[0]))
        for name, chosen in itertools.groupby(todo, key=lambda call: call[0]):
            said = collections.Counter(self.call(old, *call, met[name]) for call in chosen)
            print(f"calls: {name}: {said.total()} of {met[name]} x {len(faults)} failed or killed; exit codes {dict(sorted(said.items(), key=str))}")
            sys.stdout.flush()
        print(f"calls: {len(todo)} of {sum(met.values()) * len(faults)} failed or killed: 0 checkpoints lost, 0 false successes")

    def call(self, old, name, which, fault, of):
        """A run of one epoch whose call number `which` of the name fails; gives how it ended."""
        self.file.write_bytes(old)
        done = subprocess.run(["strace", "-qq", "-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={which}", "-o", "/dev/null", *self.last_epoch()],
                              capture_output=True, text=True, timeout=60)
        now, what = self.file.read_bytes(), f"{name} {which} of {of}, {fault}"
        assert now in (old, self.whole), f"lost: {what}: {done.returncode} {done.stderr}"
        assert done.returncode != 0 or now == self.whole, f"false success: {what}: {done.stderr}"
        assert done.returncode in (73, 74) or name not in MUST_FAIL or fault not in ("error=ENOSPC", "error=EIO"), f"not told: {what}: {done.returncode} {done.stderr}"
        crash = done.returncode < 0 or done.returncode > 128
        assert not crash or "KILL" in fault or name == "mmap", f"a crash: {what}: {done.returncode} {done.stderr}"
        for other in os.listdir(self.file.parent):
            if other != self.file.name:
                (self.file.parent / other).unlink()
        return "killed" if crash else done.returncode

    def before_the_last_epoch(self):
        self.file.unlink(missing_ok=True)
        self.run([*self.model, "--epochs", str(EPOCHS - 1)])
        # The same run, told of one more epoch.
        return self.file.read_bytes()

    def last_epoch(self):
        return self.command(["--resume", str(self.file), "--epochs", str(EPOCHS)])

    def limited(self, what, **how):
        """A run of one epoch in a place too small for it: the old file stands, and one line says so."""
        old = self.file.read_bytes()
        done = subprocess.run(self.last_epoch(), capture_output=True, text=True, **how)
        now = self.file.read_bytes()
        if done.returncode == 0:
            assert now == self.whole, f"false success: {what}"
            return True
        assert now == old, f"lost: {what}: {done.returncode} {done.stderr}"
        assert done.returncode in (73, 74) and done.stderr.count("\n") == 1, f"{what}: {done.returncode} {done.stderr}"
        left = set(os.listdir(self.file.parent)) - {self.file.name}
        assert not left, f"{what}: left {left}"
        return False

    def sizes(self, count):
        """Limits the size of files, then the number of open ones, then memory."""
        old = self.before_the_last_epoch()
        limits = [len(self.whole) * step // count for step in range(count)] + [len(self.whole)]
        passed = []
        for limit in limits:
            self.file.write_bytes(old)
            passed.append(self.limited(f"files of {limit} bytes", preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))))
        assert passed[-1] and not any(passed[:-1]), passed
        for limit in itertools.count(3):
            self.file.write_bytes(old)
            done = subprocess.run(self.last_epoch(), capture_output=True, text=True, preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
            assert self.file.read_bytes() in (old, self.whole) and done.returncode >= 0, f"{limit} descriptors: {done.returncode} {done.stderr}"
            if done.returncode == 0:
                break
        for memory in itertools.count(8):
            self.file.write_bytes(old)
            done = subprocess.run(self.last_epoch(), capture_output=True, text=True, preexec_fn=lambda memory=memory: resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20)))
            # Swift's allocator ends a process that has no memory left: no line then, but the file stands.
            assert self.file.read_bytes() == self.whole if done.returncode == 0 else self.file.read_bytes() in (old, self.whole), f"{memory} MiB: {done.returncode} {done.stderr}"
            if done.returncode == 0:
                break
        print(f"sizes: {len(limits)} limits of a file's size, {limit - 2} of open files, {memory - 7} of memory: 0 checkpoints lost, 0 false successes")

    def disks(self, count):
        """Saves on disks of several sizes, most of which are too small."""
        place = self.folder / "disk"
        place.mkdir()
        old, (file, common) = self.before_the_last_epoch(), (self.file, self.common)
        tried = 0
        for room in range(0, len(self.whole) + 8192, max(4096, len(self.whole) // max(1, count))):
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={(len(old) + 4095) // 4096 * 4096 + max(4096, room // 4096 * 4096)}", "none", place], capture_output=True)
            if mounted.returncode != 0:
                print("disks: none, for only root mounts a disk")
                break
            try:
                self.file = place / "model.h5"
                self.common = [*common[:-1], str(self.file)]
                self.file.write_bytes(old)
                self.limited(f"a disk of {room} bytes more")
                tried += 1
            finally:
                subprocess.run(["umount", place], check=True)
        else:
            print(f"disks: {tried} full ones: 0 checkpoints lost, 0 false successes")
        self.file, self.common = file, common


def main(tools, count, kinds):
    assert shutil.which("strace"), "strace is needed: Tools/setup.sh --tests installs it"
    with tempfile.TemporaryDirectory() as folder:
        faults = Faults(tools, pathlib.Path(folder))
        for kind in kinds or ["kills", "calls", "sizes", "disks"]:
            getattr(faults, kind)(count if kind in ("kills", "calls") else min(count, 20))
            sys.stdout.flush()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]), sys.argv[3:])
