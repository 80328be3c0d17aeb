"""MNIST, or any data in its files, as the networks take it: 28x28 images resized to 32x32 by Pillow's BILINEAR, as torchvision does."""
import gzip
from pathlib import Path

import numpy as np
import torch
from PIL import Image

PREFIX = {"train": "train", "test": "t10k"}


def read_idx(path):
    """The bytes of an IDX file, gzipped (PATH.gz) or not, in its own shape."""
    path = Path(path)
    data = path.read_bytes() if path.is_file() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())
    rank, start = data[3], 4 + 4 * data[3]
    shape = np.frombuffer(data, ">u4", rank, 4)
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)


def load(folder, split, limit=None):
    """Images uint8 [N, 1, 32, 32] and labels uint8 [N]: the first `limit` of the split in file order."""
    images = read_idx(Path(folder) / f"{PREFIX[split]}-images-idx3-ubyte")[:limit]
    labels = read_idx(Path(folder) / f"{PREFIX[split]}-labels-idx1-ubyte")[:limit]
    resized = np.stack([np.asarray(Image.fromarray(image).resize((32, 32), Image.Resampling.BILINEAR)) for image in images])
    return torch.from_numpy(resized).unsqueeze(1), torch.from_numpy(labels.copy())


def pixels(images):
    """float32 in [0, 1] of uint8 images."""
    return images.float() / 255
