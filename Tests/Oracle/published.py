"""Gives the tools HDF5 files that others have published, such as those in which faults of libhdf5 were found:

    published.py TOOLS FOLDER...      (the folder of the built tools; folders of files, such as the unpacked source of libhdf5)

Fails where hostile.py would: each tool refuses each file with one line, in little time and memory, and leaves none behind; aeinspect opens no other one. Prints how many files there were, and what was said of them how often."""
import collections
import pathlib
import re
import sys
import tempfile

import forge
import hostile

# Another program's data and vectors may be sound.
MAY_BE_GOOD = {"train", "vectors", "trust"}
ENDINGS = {".h5", ".hdf5", ".h5s", ".he5", ".nc", ".nc4", ".mat"}


def commands(tools, folder, path):
    """Each way to give a tool a file."""
    data = ["--limit", "1", "--quiet"]
    return hostile.commands(tools, folder, path) | {
        "resume": [tools / "aetrain", "--resume", path, "--data", "synthetic", "--epochs", "1", *data, "-o", folder / "made.h5"],
        "train": [tools / "aetrain", "--model", "simple", "--epochs", "1", "--data", path, *data, "-o", folder / "made.h5"],
        "aereconstruct": [tools / "aereconstruct", path, "--data", "synthetic", *data, "-o", folder / "made.h5"],
        "aescore": [tools / "aescore", "--reader", path, "--model", path, "--data", "synthetic", *data],
        "aeplot": [tools / "aeplot", path, "-o", folder / "made.png"],
        "vectors": [tools / "aedecode", folder / "model.h5", "--label", "1", "--z-file", path, "-o", folder / "made.png"],
        "aeconvert": [tools / "aeconvert", path, folder / "made.h5"],
        "trust": [tools / "aeconvert", path, folder / "made.h5", "--trust"]}


def main(tools, folders):
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    assert files, f"no HDF5 files in {', '.join(map(str, folders))}"
    said = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        valid = folder / "model.h5"
        valid.write_bytes(forge.assemble(forge.model()))
        # What libhdf5 itself needs is no fault of ours: the limit is above what it takes for a valid file.
        usual = {tool: hostile.run(command, folder)[3] for tool, command in commands(tools, folder, valid).items()}
        for path in files:
            for tool, command in commands(tools, folder, path).items():
                text = hostile.checked(f"{path}: {tool}", command, folder, usual[tool], lines=None if tool == "validate" else 1)
                assert text != "0" or tool in MAY_BE_GOOD, f"{path}: {tool} takes it"
                assert str(path) in text or text == "0", f"{path}: {tool}: {text}"
                said[tool, re.sub(r"(/[^ :]*)+|\d+", "_", text[3:])[:100], text[:2]] += 1
            opened = [other for other in hostile.others_opened(commands(tools, folder, path)["aeinspect"], folder) if pathlib.Path(other) != path]
            assert opened == [], f"{path}: opens {opened}"
    for (tool, text, code), count in sorted(said.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"{tool:14}{count:5}  {code} {text}")
    print(f"{len(files)} published files: each is refused by each tool with one line, or, where it is data or vectors, read")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), [pathlib.Path(folder).resolve() for folder in sys.argv[2:]])
