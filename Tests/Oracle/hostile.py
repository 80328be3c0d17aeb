"""Runs the tools on the files that bad_files.py makes, and with the inputs and command lines of bad_inputs.py; prints what they say and their exit codes:

    hostile.py TOOLS FOLDER      (the folder of the built tools; one for the files, which is empty)

Fails where a tool takes 2 s of the processor's time, needs 256 MiB more than for a valid file, opens a file that it has no business with, leaves one
behind, says more than a line and a hint, or is ended by a signal."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import bad_files
import bad_inputs
import forge

LIMIT_SECONDS, LIMIT_KIB = 2, 256 << 10
# Where a file might lead to another one: which ones are opened is looked at.
LEADING = ["soft-link", "external-link", "user-link", "message-external-storage", "layout-virtual", "filter-plug-in"]


def run(command, folder, streams=("/dev/null", "")):
    """(exit code, lines, seconds of the processor, KiB of memory); an empty stream is a file, None a pipe that nobody reads."""
    source, target = streams
    with open(folder / "out", "w+b") as out, open(source) as stdin:
        stdout = out if target == "" else None
        if target is None:
            reader, stdout = os.pipe()
            os.close(reader)
        elif target:
            stdout = open(target, "wb")
        process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    os.unlink(folder / "out")
    return process.returncode, text.replace(str(folder), "").splitlines(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def checked(place, command, folder, memory, streams=("/dev/null", ""), lines=1):
    """Runs a command that must fail, or not, but in a good way. Gives what there is to say of it."""
    for made in ["made.png", "made.h5"]:
        (folder / made).unlink(missing_ok=True)
    before = set(os.listdir(folder))
    code, said, seconds, used = run(command, folder, streams)
    place = f"{place}: {code} {said[:3]}"
    assert code >= 0, place
    assert seconds < LIMIT_SECONDS and used < memory + LIMIT_KIB, f"{place}: {seconds} s, {used} KiB"
    if code == 0:
        return "0"
    assert set(os.listdir(folder)) == before, f"{place}: left {set(os.listdir(folder)) - before}"
    assert lines is None or len(said) == lines or (code == 64 and len(said) == 2 and said[1].startswith("Try '")), place
    return f"{code} {said[0][:200]}" + (f" (and {len(said) - 1} more)" if lines is None and len(said) > 1 else "")


def others_opened(command, folder):
    """The files that a command opens besides its program's own and the system's."""
    trace = folder / "trace"
    subprocess.run(["strace", "-f", "-e", "trace=open,openat", "-o", trace, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    opened = re.findall(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]*)"', trace.read_text())
    trace.unlink()
    usual = re.compile(r"/(etc/ld\.so|lib|usr/lib|usr/local/lib|opt|proc|sys|dev/(null|urandom|fd/))")
    return sorted({path for path in opened if not usual.match(path) and not path.endswith((".so", ".so.6")) and ".so." not in path})


def commands(tools, folder, path):
    """Tools that read the file."""
    return {"validate": [tools / "aeinspect", "--validate", path], "aeinspect": [tools / "aeinspect", path],
            "aedecode": [tools / "aedecode", path, "--z", "0.5", "--label", "1", "-o", folder / "made.png"],
            "aeencode": [tools / "aeencode", path, "--data", "synthetic", "--limit", "1", "--quiet", "-o", folder / "made.h5"]}


def hostile_files(tools, folder, valid):
    usual = {name: run(command, folder) for name, command in commands(tools, folder, valid).items()}
    for name, (code, said, _, _) in usual.items():
        assert code == 0, f"model.h5: {name}: {code} {said}"
    for name, _, make in bad_files.ALL:
        path = folder / f"{name}.h5"
        path.write_bytes(make())
        print(name)
        for tool, command in commands(tools, folder, path).items():
            print(f"  {tool}", checked(f"{name}: {tool}", command, folder, usual[tool][3], lines=None if tool == "validate" else 1))
            if name in LEADING:
                opened = [other for other in others_opened(command, folder) if pathlib.Path(other) != path]
                assert opened == [], f"{name}: {tool} opens {opened}"
        path.unlink()


def hostile_inputs(tools, folder, valid):
    _, _, _, memory = run([tools / "aeencode", valid, "--data", "synthetic", "--limit", "1", "--quiet", "-o", folder / "made.npy"], folder)
    for name, (tool, *arguments) in bad_inputs.cases(folder):
        command = [tools / tool, *(re.sub(r"^\{(.*)\}$", lambda found: str(folder / found[1]), argument) for argument in arguments)]
        print(name)
        print(f"  {tool}", checked(name, command, folder, memory, bad_inputs.STREAMS.get(name, ("/dev/null", ""))))


def main(tools, folder):
    assert shutil.which("strace"), "strace is needed: Tools/setup.sh --tests installs it"
    valid = folder / "model.h5"
    valid.write_bytes(forge.assemble(forge.model()))
    hostile_files(tools, folder, valid)
    hostile_inputs(tools, folder, valid)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
