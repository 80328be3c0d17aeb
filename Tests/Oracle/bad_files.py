"""Makes files that break one rule each, by all the means of HDF5 and of the schema, with right checksums, digests and seal unless those are the fault:

    bad_files.py FOLDER      writes NAME.h5 each, and prints NAME and what is found in it, objects and rules in turn, separated by tabs

The rules' names are aeinspect's; what it and the other tools say of each file is in Tests/Fixtures/hostile.txt."""
import pathlib
import sys

import bad_structures  # noqa: F401: adds its files
import bad_contents  # noqa: F401
from bad_ways import ALL


def main(folder):
    for name, found, make in ALL:
        (folder / f"{name}.h5").write_bytes(make())
        print(name, *[word for pair in found for word in pair], sep="\t")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
