"""How well a reader reads what auto-encoders reconstruct of the test set: the report's accuracies, by PyTorch.

    accuracy.py train --data FOLDER --reader reader.pt [--seeds 0,1] [--log rows.jsonl] MODEL:K[:KL_WEIGHT] ...
    accuracy.py score --data FOLDER --reader reader.pt MODEL.h5 ...

`train` trains each configuration with the defaults (Adam 1e-3, batches of 64, 10 epochs, shuffled) and each seed, configuration by
configuration; `score` judges model files. Both give one JSON line a model: accuracy with z = mu, accuracy_sampled with z drawn (null
where nothing is drawn), in percent, and test_mse with z = mu. The reader is trained first where its file is missing. With --log the
lines are appended to that file, and what it has already is not done again.
"""
import argparse
import json
import os
import time
from pathlib import Path

import torch

import mnist
from model_files import load_model
from networks import Reader, build, loss, one_hot

READER_SEED, SAMPLING_SEED, SCORING_BATCH = 0, 1, 1000


def train(network, images, labels, seed, kl_weight=1.0, epochs=10, batch_size=64):
    """Trains `network` in place on uint8 images. The order and the noise follow from `seed`."""
    generator = torch.Generator().manual_seed(seed)
    network.to(memory_format=torch.channels_last)  # a fifth faster where there are convolutions
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)
    variational = getattr(network, "variational", False)
    network.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(images), generator=generator).split(batch_size):
            x = mnist.pixels(images[batch])
            noise = torch.randn(len(batch), network.fn_mu.out_features, generator=generator) if variational else None
            optimizer.zero_grad()
            loss(network, x, labels[batch], noise, kl_weight).backward()
            optimizer.step()
    return network.eval()


@torch.no_grad()
def correct(reader, images, labels):
    """How many of the images [B, 1, 32, 32] the reader reads as their labels."""
    return int((reader(images).argmax(1) == labels).sum())


@torch.no_grad()
def score(network, reader, images, labels):
    """Accuracies and error of the reconstructions of uint8 images, or the accuracy on the images themselves where `network` reads."""
    network.eval()
    if isinstance(network, Reader):
        return {"accuracy": 100 * correct(network, mnist.pixels(images), labels) / len(images)}
    generator = torch.Generator().manual_seed(SAMPLING_SEED)
    read, read_sampled, error = 0, 0, 0.0
    for part, truth in zip(images.split(SCORING_BATCH), labels.split(SCORING_BATCH)):
        x, hot = mnist.pixels(part), one_hot(truth) if network.classes else None
        output = network(x, hot)
        read += correct(reader, output.image, truth)
        error += float((output.image - x).double().square().sum())
        if network.variational:
            sampled = network(x, hot, torch.randn(output.mu.shape, generator=generator))
            read_sampled += correct(reader, sampled.image, truth)
    return {"accuracy": 100 * read / len(images), "accuracy_sampled": 100 * read_sampled / len(images) if network.variational else None,
            "test_mse": error / images.numel()}


def the_reader(path, data):
    """The reader in the file `path`; trained on the untouched images, and written there, where there is none."""
    torch.manual_seed(READER_SEED)
    reader = Reader()
    if Path(path).is_file():
        reader.load_state_dict(torch.load(path, weights_only=True))
    else:
        train(reader, *mnist.load(data, "train"), READER_SEED)
        torch.save(reader.state_dict(), f"{path}.part")
        os.replace(f"{path}.part", path)
    return reader.eval()


def configuration(argument):
    """MODEL:K[:KL_WEIGHT] as (model, k, kl_weight)."""
    model, k, *weight = argument.split(":")
    return model, int(k), float(weight[0]) if weight else 1.0


def identity(row):
    return row["model"], row["bottleneck"], row["kl_weight"], row["seed"]


def logged(path):
    """The identities of the rows that the log has."""
    lines = Path(path).read_text().splitlines() if path and Path(path).is_file() else []
    return {identity(json.loads(line)) for line in lines if line.strip()}


def report(row, path):
    line = json.dumps(row)
    print(line, flush=True)
    if path:
        with open(path, "a") as log:
            log.write(line + "\n")


def train_all(options):
    reader, done = the_reader(options.reader, options.data), logged(options.log)
    train_images, train_labels = mnist.load(options.data, "train")
    test_images, test_labels = mnist.load(options.data, "test")
    first = {"model": "reader", "bottleneck": 0, "kl_weight": None, "seed": READER_SEED}
    if identity(first) not in done:
        report(first | score(reader, reader, test_images, test_labels), options.log)
    for model, k, kl_weight in options.configurations:
        for seed in options.seeds:
            row = {"model": model, "bottleneck": k, "kl_weight": kl_weight if "vae" in model else None, "seed": seed}
            if identity(row) in done:
                continue
            started = time.perf_counter()
            torch.manual_seed(seed)
            network = train(build(model, k), train_images, train_labels, seed, kl_weight)
            seconds = round(time.perf_counter() - started, 1)
            report(row | score(network, reader, test_images, test_labels) | {"seconds": seconds}, options.log)


def score_all(options):
    reader, (images, labels) = the_reader(options.reader, options.data), mnist.load(options.data, "test")
    for path in options.files:
        model, k, network = load_model(path)
        report({"file": path, "model": model, "bottleneck": k} | score(network, reader, images, labels), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train")
    training.add_argument("configurations", nargs="+", type=configuration, metavar="MODEL:K[:KL_WEIGHT]")
    training.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0])
    training.add_argument("--log")
    training.set_defaults(run=train_all)
    scoring = commands.add_parser("score")
    scoring.add_argument("files", nargs="+")
    scoring.set_defaults(run=score_all)
    for command in (training, scoring):
        command.add_argument("--data", required=True, help="a folder of IDX files")
        command.add_argument("--reader", required=True, help="the reader's weights, as torch.save writes them")
        command.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.run(options)


if __name__ == "__main__":
    main()
