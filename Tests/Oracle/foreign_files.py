"""Makes the files of bad_files.py as another program's, which aekit gives to libhdf5 as they are: without a format, and with images beside the rest:

    foreign_files.py FOLDER      writes NAME.h5 each"""
import pathlib
import sys

import numpy as np

import forge

of_aekit, attribute_message = forge.model, forge.attribute_message


def foreign(*arguments, **named):
    root = of_aekit(*arguments, **named)
    del root.attributes["format"]
    root.members["images"] = forge.Dataset(np.arange(4 * 32 * 32, dtype=np.uint8).reshape(4, 32, 32))
    root.members["label"] = forge.Dataset(np.array([7, 2, 1, 0], np.uint8))
    return root


# The makers of bad files take it from there.
forge.model = foreign
# The attribute in which something is wrong is the one that is read.
forge.attribute_message = lambda name, *others, **named: attribute_message("format" if name == "a" else name, *others, **named)


def main(folder):
    import bad_files
    for name, _, make in bad_files.ALL:
        try:
            (folder / f"{name}.h5").write_bytes(make())
        except KeyError as error:
            # What is wrong there is a format.
            assert error.args == ("format",), name


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
