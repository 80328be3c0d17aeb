"""How well a reader (1024 -> 50 -> 10, ReLU, Adam 1e-3, batch 64, 10 epochs) reads the built-in digits, and MNIST's.

    python synthetic_reader.py DIGITS [MNIST]

DIGITS: a folder of {train,test}.images (raw bytes [N][32][32]) and {train,test}.labels (raw bytes [N]) as SyntheticDigits makes them.
MNIST: a folder of the same files of MNIST, enlarged; then a reader of each also reads the other.
Expected: over 95 % of fresh digits after 10,000 of them, and over 80 % by a reader of MNIST.
"""
import sys
import numpy as np
import torch

torch.manual_seed(1)
torch.set_num_threads(1)


def load(folder, split):
    images = np.fromfile(f"{folder}/{split}.images", np.uint8).reshape(-1, 1024)
    return torch.tensor(images).float() / 255, torch.tensor(np.fromfile(f"{folder}/{split}.labels", np.uint8)).long()


def reader(x, y):
    net = torch.nn.Sequential(torch.nn.Linear(1024, 50), torch.nn.ReLU(), torch.nn.Linear(50, 10))
    adam = torch.optim.Adam(net.parameters(), 1e-3)
    for _ in range(10):
        order = torch.randperm(len(x))
        for batch in order.split(64):
            adam.zero_grad()
            torch.nn.functional.cross_entropy(net(x[batch]), y[batch]).backward()
            adam.step()
    return net


def report(name, net, x, y):
    right = net(x).argmax(1) == y
    print(f"{name}: {100 * right.float().mean():.2f} %; by digit", *[f"{100 * right[y == d].float().mean():.0f}" for d in range(10)])


digits, fresh = load(sys.argv[1], "train"), load(sys.argv[1], "test")
own = reader(digits[0][:10000], digits[1][:10000])
report(f"a reader of {min(len(digits[0]), 10000)} digits reads fresh ones", own, *fresh)
if len(sys.argv) > 2:
    mnist = reader(*load(sys.argv[2], "train"))
    report("a reader of MNIST reads digits", mnist, *fresh)
    report("a reader of MNIST reads MNIST", mnist, *load(sys.argv[2], "test"))
    report(f"a reader of {min(len(digits[0]), 10000)} digits reads MNIST", own, *load(sys.argv[2], "test"))
