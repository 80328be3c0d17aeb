"""The report's figures 18, 19 and 20 as torchinfo prints them: torchinfo-{ae,simple,conv}.txt, bottleneck 2, four images.

    torchinfo_figures.py [FOLDER]

Made with torchinfo 1.8.0, torch 2.13.0 and Python 3.11 (another Python may print the unit of the mult-adds otherwise).
"""
import sys
from pathlib import Path

import torchinfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Oracle"))
from networks import AutoEncoder, build  # noqa: E402 - found through the line above

# The classes' names in the report; the third is printed there with a blank.
TITLES = {"ae": "AEncoder", "simple": "SimpleAEncoder", "conv": "ConvolutionalAE Encoder"}


class Reported(AutoEncoder):
    """An auto-encoder that gives, as the report's do, the encoder's output as it stands and the image."""

    def forward(self, x):
        z = self.encoder(x.reshape(-1, *self.shapes[0]))
        return z, self.decoder(z).reshape(x.shape)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, title in TITLES.items():
        model = build(name, 2)
        model.__class__ = type(title, (Reported,), {})
        summary = torchinfo.summary(model, input_size=(4, 1, 32, 32), depth=2, verbose=0)
        (folder / f"torchinfo-{name}.txt").write_text(f"{summary}\n")


if __name__ == "__main__":
    main()
