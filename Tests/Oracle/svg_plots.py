"""What an SVG of aeplot shows, read as a stranger would: positions become numbers by the ticks that are printed along the axes."""
import base64
import io
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
from PIL import Image

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def number(text):
    """A tick's label as a number: −0.5, 2×10⁻⁷."""
    text = text.replace("−", "-")
    power = re.fullmatch(r"(?:(-?\d+)×)?(-?)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if power:
        return float(power[1] or power[2] + "1") * 10.0 ** int(power[3].translate(RAISED))
    return float(text)


class Plot:
    def __init__(self, path):
        self.root = ElementTree.parse(path).getroot()
        self.size = float(self.root.get("width")), float(self.root.get("height"))

    def groups(self, name, within=None):
        return [g for g in (self.root if within is None else within).iter(SVG + "g") if g.get("class") == name]

    @property
    def panels(self):
        return self.groups("panel")

    def texts(self, within=None):
        return [t.text for t in (self.root if within is None else within).iter(SVG + "text") if t.get("aria-hidden") is None]

    def boxes(self):
        """(text, left, top, right, bottom) of every text; its letters reach from 0.76 of its size above the baseline to 0.24 below."""
        found = []
        for text in self.root.iter(SVG + "text"):
            if text.get("aria-hidden"):
                continue
            x, y, length, size = float(text.get("x")), float(text.get("y")), float(text.get("textLength")), float(text.get("font-size") or 12)
            left = {"start": 0, "middle": -length / 2, "end": -length}[text.get("text-anchor") or "start"]
            if text.get("transform"):
                assert text.get("transform") == f"rotate(-90 {text.get('x')} {text.get('y')})"
                found.append((text.text, x - 0.76 * size, y - left - length, x + 0.24 * size, y - left))
            else:
                found.append((text.text, x + left, y - 0.76 * size, x + left + length, y + 0.24 * size))
        return found

    def faults(self):
        """Texts that overlap each other or leave the picture."""
        boxes = self.boxes()
        faults = [b[0] for b in boxes if b[1] < 0 or b[2] < 0 or b[3] > self.size[0] or b[4] > self.size[1]]
        for i, a in enumerate(boxes):
            faults += [(a[0], b[0]) for b in boxes[i + 1:] if min(a[3], b[3]) - max(a[1], b[1]) > 0.5 and min(a[4], b[4]) - max(a[2], b[2]) > 0.5]
        return faults

    def ticks(self, axis, panel):
        """(label, position) of each tick."""
        found, place = [], None
        for element in self.groups(axis, panel)[0]:
            if element.tag == SVG + "path":
                (x0, y0), (x1, y1) = points(element)
                place = x0 if axis == "x-axis" else y0
                assert x0 == x1 if axis == "x-axis" else y0 == y1
            elif place is not None:
                found.append((element.text, place))
                place = None
        return found

    def scale(self, axis, panel, log=False):
        """The function from positions to numbers, after its ticks."""
        ticks = self.ticks(axis, panel)
        values, places = np.array([number(label) for label, _ in ticks]), np.array([place for _, place in ticks])
        assert len(ticks) >= 2, ticks
        values = np.log10(values) if log else values
        slope, intercept = np.polyfit(places, values, 1)
        assert np.abs(np.polyval([slope, intercept], places) - values).max() < 2e-3 * np.ptp(values), ticks
        return (lambda place: 10 ** (slope * np.asarray(place) + intercept)) if log else (lambda place: slope * np.asarray(place) + intercept)

    def symbols(self, panel):
        """[n, 2] positions of a panel's points, and [n] the index of each one's symbol."""
        uses = [u for g in self.groups("data", panel) for u in g.iter(SVG + "use")]
        return np.array([[float(u.get("x")), float(u.get("y"))] for u in uses]), np.array([int(u.get(LINK)[2:]) for u in uses])

    def images(self, within=None):
        found = [i for i in (self.root if within is None else within).iter(SVG + "image")]
        return [np.asarray(Image.open(io.BytesIO(base64.b64decode(i.get(LINK).split(",")[1])))) for i in found]


def points(path):
    """[n, 2] of a path of straight lines."""
    return np.array([[float(x) for x in part.split()] for part in path.get("d").strip("MZ").split("L")])


def rectangles(group):
    """[n, 4] of x, y, width, height, and [n] colours."""
    found = [r for r in group.iter(SVG + "rect")]
    return np.array([[float(r.get(name)) for name in ("x", "y", "width", "height")] for r in found]), [r.get("fill") for r in found]
