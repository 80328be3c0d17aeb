"""The eight networks in PyTorch: what aekit's numbers are compared with.

Images are x [B, C, H, W] in [0, 1], labels one-hot [B, classes], k is the bottleneck; the report's images are [1, 32, 32] and its classes ten digits. A network's `state_dict()` has the names
and shapes of /model/weights in a model file. Nothing here draws random numbers: noise is given, and none means z = mu.
"""
import math
from typing import NamedTuple, Optional

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SHAPE, CLASSES = (1, 32, 32), 10
NAMES = ("simple", "ae", "conv", "vae", "conv-vae", "cvae", "conv-cvae", "reader")


class Output(NamedTuple):
    """A pass through an auto-encoder: z [B, d], the image [B, C, H, W], and mu and logvar [B, k] of a variational one."""
    z: Tensor
    image: Tensor
    mu: Optional[Tensor] = None
    logvar: Optional[Tensor] = None


class AutoEncoder(nn.Module):
    """Encoder and decoder; with `width`, the two heads of a variational one; with `classes`, labels appended to the input and to z.

    `image` is an image's shape; `shapes` are what the encoder and the decoder take of one image and of one latent vector, flat ones unless given.
    """

    def __init__(self, encoder, decoder, k, image, shapes=None, width=0, classes=0):
        super().__init__()
        self.image = image
        self.encoder, self.decoder = nn.Sequential(*encoder), nn.Sequential(*decoder)
        if width:
            self.fn_mu, self.fn_logvar = nn.Linear(width, k), nn.Linear(width, k)
        self.shapes, self.variational, self.classes = shapes or ((math.prod(image),), (-1,)), width > 0, classes

    def encode(self, x, labels=None):
        """(mu, logvar), each [B, k], or (z [B, d], None) where the network is not variational."""
        taken = torch.cat((x.flatten(1), labels), 1) if self.classes else x.reshape(-1, *self.shapes[0])
        features = self.encoder(taken)
        return (self.fn_mu(features), self.fn_logvar(features)) if self.variational else (features.flatten(1), None)

    def decode(self, z, labels=None):
        """Images [B, C, H, W] of latent vectors [B, d]."""
        taken = torch.cat((z, labels), 1) if self.classes else z.reshape(z.shape[0], *self.shapes[1])
        return self.decoder(taken).reshape(-1, *self.image)

    def forward(self, x, labels=None, noise=None):
        mu, logvar = self.encode(x, labels)
        if not self.variational:
            return Output(mu, self.decode(mu, labels))
        z = mu if noise is None else mu + (logvar / 2).exp() * noise
        return Output(z, self.decode(z, labels), mu, logvar)


class Reader(nn.Sequential):
    """The reader: logits [B, classes] of images."""

    def __init__(self, pixels, classes):
        super().__init__()
        for name, module in dict(flatten=nn.Flatten(), fc1=nn.Linear(pixels, 50), relu=nn.ReLU(), fc2=nn.Linear(50, classes)).items():
            self.add_module(name, module)


def dense(*widths):
    """Linear layers from each width to the next, a ReLU between any two."""
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.ReLU(), nn.Linear(inputs, outputs)]
    return layers[1:]


def down(*channels):
    """Convolutions that halve the map, each but the last without bias and followed by BatchNorm2d and ReLU."""
    layers = []
    for index, (inputs, outputs) in enumerate(zip(channels, channels[1:]), start=2):
        last = index == len(channels)
        layers.append(nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=last))
        layers += [] if last else [nn.BatchNorm2d(outputs), nn.ReLU()]
    return layers


def up(*channels):
    """Transposed convolutions that double the map, BatchNorm2d and ReLU between any two, a Sigmoid at the end."""
    layers = []
    for inputs, outputs in zip(channels, channels[1:]):
        layers += [nn.ConvTranspose2d(inputs, outputs, 3, stride=2, padding=1, output_padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]
    return layers[:-2] + [nn.Sigmoid()]


def build(name, k=2, image=SHAPE, known=CLASSES):
    """The network called `name` with bottleneck k (which the reader does without), for images [C, H, W] of `known` classes. `pca` is built as `simple`."""
    pixels, latent_map = math.prod(image), (k, image[1] // 8, image[2] // 8)
    if name == "reader":
        return Reader(pixels, known)
    if name in ("simple", "pca"):
        return AutoEncoder([nn.Linear(pixels, k)], [nn.Linear(k, pixels)], k, image)
    if name == "conv":
        return AutoEncoder(down(image[0], 8, 16, k), up(k, 16, 8, image[0]), k, image, (image, latent_map))
    if name == "ae":
        return AutoEncoder(dense(pixels, 128, 64, 32, k), dense(k, 32, 64, 128, pixels) + [nn.Sigmoid()], k, image)
    classes = known if name in ("cvae", "conv-cvae") else 0
    if name in ("vae", "cvae"):
        return AutoEncoder(dense(pixels + classes, 128, 64, 32), dense(k + classes, 32, 64, 128, pixels) + [nn.Sigmoid()], k, image,
                           width=32, classes=classes)
    if name in ("conv-vae", "conv-cvae"):
        mixing = [nn.Linear(pixels + classes, pixels), nn.Unflatten(1, image)] if classes else []
        return AutoEncoder(mixing + down(image[0], 8, 16, k) + [nn.Flatten()],
                           [nn.Linear(k + classes, math.prod(latent_map)), nn.Unflatten(1, latent_map)] + up(k, 16, 8, image[0]), k, image,
                           (image, (-1,)), width=math.prod(latent_map), classes=classes)
    raise ValueError(f"no network is called {name}; there are {', '.join(NAMES)}")


def one_hot(labels, classes=CLASSES):
    """Labels [B] as float32 [B, classes]."""
    return F.one_hot(labels.long(), classes).float()


def vae_loss(x, output, kl_weight=1.0, reconstruction_weight=1.0):
    """The report's Listing 5: squared error and KL divergence, each summed over an image and averaged over the batch."""
    count = x.shape[0]
    reconstruction = F.mse_loss(output.image, x, reduction="sum") / count
    kl = (output.mu.square() + output.logvar.exp() - output.logvar - 1).sum() / (2 * count)
    return reconstruction_weight * reconstruction + kl_weight * kl


def loss(network, x, labels, noise=None, kl_weight=1.0, reconstruction_weight=1.0):
    """The loss that `network` is trained with, of a batch x with labels [B]."""
    if isinstance(network, Reader):
        return F.cross_entropy(network(x), labels.long())
    output = network(x, one_hot(labels, network.classes).to(x.dtype) if network.classes else None, noise)
    if not network.variational:
        return F.mse_loss(output.image, x)
    return vae_loss(x, output, kl_weight, reconstruction_weight)
