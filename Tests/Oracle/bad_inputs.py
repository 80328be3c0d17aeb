"""Hostile PNG, IDX, gzip, .npy and HDF5 files and command lines, for hostile.py: `cases(folder)` makes the files and gives the commands.

In a command `{x}` is the path of x in the folder; `model.h5` is a valid model there. `stdin` and `stdout` name what the streams are."""
import gzip
import struct
import zlib


def png_chunk(kind, data, checksum=None):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) if checksum is None else checksum)


def png(width=32, height=32, depth=8, colour=0, interlace=0, rows=None, before=b"", after=b"", end=True, checksum=None):
    rows = bytes(33 * 32) if rows is None else rows
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace), checksum)
    return b"\x89PNG\r\n\x1a\n" + header + before + png_chunk(b"IDAT", zlib.compress(rows)) + after + (png_chunk(b"IEND", b"") if end else b"")


PNGS = {
    "text": b"not a PNG at all", "empty": b"", "signature-alone": b"\x89PNG\r\n\x1a\n", "no-header": b"\x89PNG\r\n\x1a\n" + png_chunk(b"IDAT", zlib.compress(bytes(9))) + png_chunk(b"IEND", b""),
    "no-pixels": b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0)) + png_chunk(b"IEND", b""),
    "width-0": png(width=0), "width-greatest": png(width=2**31 - 1), "width-beyond": png(width=2**32 - 1), "height-greatest": png(height=2**31 - 1),
    "sides-greatest": png(2**31 - 1, 2**31 - 1), "sides-20000": png(20000, 20000), "depth-3": png(depth=3), "colour-5": png(colour=5), "interlace-9": png(interlace=9),
    "palette-missing": png(colour=3), "palette-of-300": png(colour=3, before=png_chunk(b"PLTE", bytes(900))), "wrong-checksum": png(checksum=7),
    "short-rows": png(rows=bytes(100)), "not-deflate": png().replace(zlib.compress(bytes(33 * 32)), b"\xff" * len(zlib.compress(bytes(33 * 32)))),
    "filter-77": png(rows=b"\x4d" * (33 * 32)), "no-end": png(end=False), "half": png()[:60], "two-headers": png(before=png_chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0))),
    "chunk-endless": png(before=struct.pack(">I", 2**31 - 1) + b"tEXt"), "chunk-beyond": png(before=struct.pack(">I", 2**32 - 1) + b"tEXt"),
    "bomb": png(rows=bytes(1 << 28)), "transparency-too-long": png(before=png_chunk(b"tRNS", bytes(5000))),
}


def idx(*sizes, kind=8, data=b"", rank=None, zeros=b"\0\0"):
    return zeros + bytes([kind, len(sizes) if rank is None else rank]) + b"".join(struct.pack(">I", size) for size in sizes) + data


IMAGES = {
    "text": b"not IDX", "empty": b"", "no-zeros": idx(1, 28, 28, zeros=b"\1\0", data=bytes(784)), "floats": idx(1, 28, 28, kind=13, data=bytes(4 * 784)),
    "rank-255": idx(1, rank=255), "rank-0": idx(), "none": idx(0, 28, 28), "too-many": idx(2**32 - 1, 28, 28), "overflow": idx(2**32 - 1, 2**32 - 1, 2**32 - 1),
    "sides-0": idx(3, 0, 0), "sides-29": idx(1, 29, 29, data=bytes(841)), "short": idx(2, 28, 28, data=bytes(1000)), "long": idx(1, 28, 28, data=bytes(785)), "header-alone": idx(1, 28)[:6],
    "gzip-empty": gzip.compress(b""), "gzip-half": gzip.compress(idx(1, 28, 28, data=bytes(range(256)) * 3 + bytes(16)))[:-20], "gzip-signature": b"\x1f\x8b",
    "gzip-checksum": gzip.compress(idx(1, 28, 28, data=bytes(784)))[:-8] + b"abcdefgh", "gzip-long": gzip.compress(idx(1, 28, 28, data=bytes(784))) + b"more",
    "gzip-bomb": gzip.compress(idx(1, 28, 28, data=bytes(1 << 28))), "gzip-claims": gzip.compress(idx(2**20, 28, 28)), "gzip-reserved-flags": b"\x1f\x8b\x08\xe0" + bytes(20),
}

def npy(shape="(1, 32, 32)", descr="'|u1'", data=bytes(1024), fortran="False", version=(1, 0), text=None, length=None):
    text = (f"{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}" if text is None else text).encode()
    size = struct.pack("<H" if version[0] == 1 else "<I", len(text) if length is None else length)
    return b"\x93NUMPY" + bytes(version) + size + text + data


ARRAYS = {
    "text": b"not an array", "empty": b"", "signature-alone": b"\x93NUMPY", "version-9": npy(version=(9, 0)), "header-endless": npy(version=(2, 0), length=2**32 - 1), "header-half": npy()[:40],
    "header-none": npy(text=""), "header-of-commas": npy(text="," * 60000), "header-of-quotes": npy(text="'" * 60001), "object": npy(descr="'|O'"), "pickle": npy(descr="'|O'", data=b"cos\nsystem\n(S'true'\ntR."),
    "record": npy(descr="[('a', '<f4'), ('b', '<f4')]"), "complex": npy(descr="'<c8'"), "fortran": npy(fortran="True"), "fortran-other": npy(fortran="1"),
    "short": npy(data=bytes(1000)), "long": npy(data=bytes(1025)), "none": npy(shape="(0, 32, 32)", data=b""), "scalar": npy(shape="()"), "sides-0": npy(shape="(5, 0, 0)", data=b""),
    "negative": npy(shape="(-1, -32, 32)"), "words": npy(shape="(one, 32, 32)"), "many-axes": npy(shape="(" + "1, " * 10000 + ")"), "claims": npy(shape=f"({2**40}, 32, 32)"),
    "overflow": npy(shape=f"({2**32}, {2**32}, 32)"), "overflow-digits": npy(shape="(" + "9" * 50000 + ", 32, 32)"), "sides-greatest": npy(shape=f"(1, {2**31}, {2**31})"),
    "channels-2": npy(shape="(1, 2, 16, 32)"), "ambiguous": npy(shape="(1, 3, 8, 3)", data=bytes(72)), "one-image": npy(shape="(32, 32, 1)"),
    "floats-nan": npy(descr="'<f4'", data=b"\0\0\xc0\x7f" * 1024), "floats-greatest": npy(descr="'<f8'", data=struct.pack("<d", 1e308) * 1024), "floats-half": npy(descr="'>f2'", data=b"\x7c\x00" * 1024),
}


def hdf5s():
    """Files of images as h5py writes them, with claims that do not hold."""
    import io
    import h5py
    import numpy as np

    def file(make):
        stream = io.BytesIO()
        with h5py.File(stream, "w") as f:
            make(f)
        return stream.getvalue()

    def chunked(f, shape, chunks, **options):
        f.create_dataset("images", shape, "u1", chunks=chunks, **options)

    names = {"labels": np.array([0, 1]), "images": np.zeros((2, 32, 32), "u1")}
    return {
        "unwritten": file(lambda f: chunked(f, (2**40, 32, 32), (1, 32, 32))), "unwritten-whole": file(lambda f: f.create_dataset("images", (2**33, 32, 32), "u1")),
        "sides-greatest": file(lambda f: chunked(f, (1, 2**31, 2**31), (1, 256, 256))), "chunk-large": file(lambda f: chunked(f, (2**20, 32, 32), (2**20, 32, 32), compression="gzip")),
        "axes-32": file(lambda f: f.create_dataset("images", (1,) * 32, "u1")), "scalar": file(lambda f: f.create_dataset("images", data=np.uint8(1))), "empty": file(lambda f: f.create_dataset("images", data=h5py.Empty("u1"))),
        "text": file(lambda f: f.create_dataset("images", data="text")), "complex": file(lambda f: f.create_dataset("images", data=np.zeros((2, 32, 32), complex))),
        "floats-nan": file(lambda f: f.create_dataset("images", data=np.full((2, 32, 32), np.nan))), "floats-255": file(lambda f: f.create_dataset("images", data=np.full((2, 32, 32), 255, "f4"))),
        "labels-few": file(lambda f: [f.create_dataset(name, data=value[:1] if name == "labels" else value) for name, value in names.items()]),
        "labels-many": file(lambda f: [f.create_dataset("images", data=names["images"]), f.create_dataset("labels", (2**40,), "i8", chunks=(2**16,))]),
        "labels-high": file(lambda f: [f.create_dataset(name, data=value + 65535 if name == "labels" else value) for name, value in names.items()]),
        "names-few": file(lambda f: [f.create_dataset(name, data=value) for name, value in {**names, "class_names": ["a"]}.items()]),
        "names-many": file(lambda f: [f.create_dataset(name, data=value) for name, value in names.items()] + [f.create_dataset("class_names", (2**40,), h5py.string_dtype(), chunks=(2**16,))]),
        "names-ends": file(lambda f: [f.create_dataset(name, data=value) for name, value in {**names, "class_names": np.zeros(4, "u1"), "class_ends": np.array([3, 1, 2**62])}.items()]),
    }


# Name: arguments, and what the streams are.
LINES = {
    "z-million": ["aedecode", "{model.h5}", "--label", "1", "--z", "0," * 60000 + "1", "-o", "{made.png}"],
    "z-nan": ["aedecode", "{model.h5}", "--label", "1", "--z", "nan", "-o", "{made.png}"], "z-1e999": ["aedecode", "{model.h5}", "--label", "1", "--z", "1e999", "-o", "{made.png}"],
    "z-text": ["aedecode", "{model.h5}", "--label", "1", "--z", "\x1b[31mred", "-o", "{made.png}"], "label-10": ["aedecode", "{model.h5}", "--z", "0", "--label", "10", "-o", "{made.png}"],
    "random-0": ["aedecode", "{model.h5}", "--label", "1", "--random", "0", "-o", "{made.png}"], "random-2^63": ["aedecode", "{model.h5}", "--label", "1", "--random", str(2**63), "-o", "{made.png}"],
    "random-10^9": ["aedecode", "{model.h5}", "--label", "1", "--random", "1000000000", "-o", "{made.png}"], "seed-2^64": ["aedecode", "{model.h5}", "--label", "1", "--random", "1", "--seed", str(2**64), "-o", "{made.png}"],
    "scale-0": ["aedecode", "{model.h5}", "--label", "1", "--z", "0", "--scale", "0", "-o", "{made.png}"], "scale-10^9": ["aedecode", "{model.h5}", "--label", "1", "--z", "0", "--scale", "1000000000", "-o", "{made.png}"],
    "steps-10^9": ["aedecode", "{model.h5}", "--label", "1", "--between", "0", "1", "--steps", "1000000000", "-o", "{made.png}"],
    "batch-0": ["aetrain", "--model", "simple", "--batch-size", "0", "-o", "{made.h5}"], "batch-10^9": ["aetrain", "--model", "simple", "--batch-size", "1000000000", "-o", "{made.h5}"],
    "train-seed-2^64": ["aetrain", "--model", "simple", "--seed", str(2**64), "-o", "{made.h5}"], "epochs-0": ["aetrain", "--model", "simple", "--epochs", "0", "-o", "{made.h5}"],
    "rate-nan": ["aetrain", "--model", "simple", "--learning-rate", "nan", "-o", "{made.h5}"], "bottleneck-2^40": ["aetrain", "--model", "conv", "--bottleneck", str(2**40), "-o", "{made.h5}"],
    **{f"size-{size}": ["aetrain", "--model", "simple", "--data", "synthetic", f"--size={size}", "-o", "{made.h5}"] for size in ["0", "1", "100000", "16384x16384", "x", "-1", "9" * 60]},
    "channels-2": ["aetrain", "--model", "simple", "--channels", "2", "-o", "{made.h5}"], "conv-20": ["aetrain", "--model", "conv", "--data", "synthetic", "--size", "20", "-o", "{made.h5}"],
    "size-of-another": ["aeencode", "{model.h5}", "--data", "synthetic", "--size", "64", "-o", "{made.h5}"],
    "limit-minus": ["aeencode", "{model.h5}", "--data", "synthetic", "--limit", "-5", "-o", "{made.h5}"], "limit-2^63": ["aeencode", "{model.h5}", "--data", "synthetic", "--limit", str(2**63), "-o", "{made.h5}"],
    "output-empty": ["aeencode", "{model.h5}", "--data", "synthetic", "-o", ""], "train-output-empty": ["aetrain", "--model", "simple", "-o", ""],
    "output-is-input": ["aeencode", "{model.h5}", "--data", "synthetic", "--limit", "1", "-o", "{model.h5}"], "output-is-a-folder": ["aedecode", "{model.h5}", "--label", "1", "--z", "0", "-o", "{.}"],
    "output-in-no-folder": ["aedecode", "{model.h5}", "--label", "1", "--z", "0", "-o", "{missing/made.png}"], "output-full": ["aedecode", "{model.h5}", "--label", "1", "--z", "0", "-o", "/dev/full"],
    "input-missing": ["aeinspect", "{missing.h5}"], "input-is-a-folder": ["aeinspect", "{.}"], "input-is-a-pipe": ["aeinspect", "{pipe}"], "input-is-endless": ["aeinspect", "/dev/zero"],
    "input-is-a-ring": ["aeinspect", "{ring}"], "input-is-empty-name": ["aeinspect", ""], "validate-endless": ["aeinspect", "--validate", "/dev/zero"],
    "z-file-is-a-folder": ["aedecode", "{model.h5}", "--label", "1", "--z-file", "{.}", "-o", "{made.png}"], "data-is-endless": ["aeencode", "{model.h5}", "--data", "/dev/zero", "-o", "{made.h5}"],
    "data-is-a-pipe": ["aeencode", "{model.h5}", "--data", "{pipe}", "-o", "{made.h5}"], "data-holds-a-pipe": ["aeencode", "{model.h5}", "--data", "{pipes}", "-o", "{made.h5}"],
    "stdout-full": ["aeinspect", "{model.h5}"], "stdout-closed": ["aeinspect", "{model.h5}"], "z-file-endless": ["aedecode", "{model.h5}", "--label", "1", "--z-file", "-", "-o", "{made.png}"],
}
STREAMS = {"stdout-full": ("/dev/null", "/dev/full"), "stdout-closed": ("/dev/null", None), "z-file-endless": ("/dev/zero", "")}


def cases(folder):
    """(name, command) of every case; makes what they need in the folder."""
    import os
    os.mkfifo(folder / "pipe")
    (folder / "ring").symlink_to("ring")
    (folder / "pipes").mkdir()
    os.mkfifo(folder / "pipes" / "digit.png")
    for name, data in PNGS.items():
        place = folder / f"png-{name}"
        place.mkdir()
        (place / "digit.png").write_bytes(data)
        yield f"png-{name}", ["aereconstruct", "{model.h5}", "--data", "{png-%s}" % name, "--quiet", "-o", "{made.h5}"]
    for name, data in IMAGES.items():
        place = folder / f"idx-{name}"
        place.mkdir()
        for split in ["train", "t10k"]:
            (place / f"{split}-images-idx3-ubyte").write_bytes(data)
            (place / f"{split}-labels-idx1-ubyte").write_bytes(idx(1, data=b"\7"))
        yield f"idx-{name}", ["aeencode", "{model.h5}", "--data", "{idx-%s}" % name, "--quiet", "-o", "{made.h5}"]
    for kind, ending, files in [("npy", ".npy", ARRAYS), ("hdf5", ".h5", hdf5s())]:
        for name, data in files.items():
            (folder / f"{kind}-{name}{ending}").write_bytes(data)
            yield f"{kind}-{name}", ["aeencode", "{model.h5}", "--data", "{%s-%s%s}" % (kind, name, ending), "--quiet", "-o", "{made.h5}"]
    yield from LINES.items()
