"""Tensors by name in a file, as Tests/TestSupport/RawTensors.swift has them: a line of JSON, [{"name", "shape"}, ...], then the values, float32."""
import json

import numpy as np
import torch


def read(path):
    """{name: float32 tensor}."""
    with open(path, "rb") as file:
        heads, values = json.loads(file.readline()), np.frombuffer(file.read(), "<f4")
    tensors, position = {}, 0
    for head in heads:
        count = int(np.prod(head["shape"]))
        tensors[head["name"]] = torch.from_numpy(values[position:position + count].reshape(head["shape"]).copy())
        position += count
    return tensors


def write(path, tensors):
    """Of {name: tensor}."""
    arrays = {name: tensor.detach().numpy().astype("<f4") for name, tensor in tensors.items()}
    with open(path, "wb") as file:
        file.write(json.dumps([{"name": name, "shape": list(array.shape)} for name, array in arrays.items()]).encode() + b"\n")
        for array in arrays.values():
            file.write(array.tobytes())
