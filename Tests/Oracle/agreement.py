"""Holds Tools/check-file.py against what bad_files.py says is wrong with its files, rules of the bytes excepted:

    agreement.py FOLDER RULE ...     (an empty folder; the rules that both know)

Prints the files where the two disagree, and at the end how many were compared."""
import pathlib
import runpy
import sys

import bad_files

Check = runpy.run_path(str(pathlib.Path(__file__).resolve().parents[2] / "Tools" / "check-file.py"))["Check"]
folder, rules, compared = pathlib.Path(sys.argv[1]), set(sys.argv[2:]), 0
for name, expected, make in bad_files.ALL:
    if not rules.issuperset(rule for _, rule in expected):
        continue
    path = folder / f"{name}.h5"
    path.write_bytes(make())
    compared += 1
    found = set(Check(path).found)
    if found != set(expected):
        print(name, "expected", sorted(expected), "found", sorted(found))
print(compared)
