"""What a browser and a reader of Markdown make of the report in the working folder: prints what ReportTests.swift knows."""
import base64, io, re, xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path
from PIL import Image


class Page(HTMLParser):
    void = {"meta", "img"}
    def __init__(self):
        super().__init__()
        self.open, self.figures, self.images, self.rows, self.commands, self.texts = [], [], [], [], [], []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in self.void: self.open.append(tag)
        assert "href" not in attributes, attributes
        if tag == "figure": self.figures.append(int(attributes["id"].split("-")[1]))
        if tag == "img":
            kind, data = re.fullmatch("data:image/(png|svg\\+xml);base64,(.*)", attributes["src"]).groups()
            data = base64.b64decode(data, validate=True)
            size = Image.open(io.BytesIO(data)).size if kind == "png" else ElementTree.fromstring(data).get("width")
            self.images.append((self.figures[-1], kind, attributes["alt"]))
        if tag == "tr": self.rows.append([])
        if tag == "pre": self.commands.append("")
    def handle_endtag(self, tag):
        assert self.open.pop() == tag
    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"): self.rows[-1].append(data)
        elif self.open and self.open[-1] == "pre": self.commands[-1] += data
        elif self.open and self.open[-1] != "style": self.texts.append(data)


def main():
    text = Path("report.html").read_text()
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == [] and "http" not in text and "@import" not in text
    print(len(page.figures), sorted(page.figures) == [*range(1, 10), *range(11, 46)], len(page.images), sum(kind == "svg+xml" for _, kind, _ in page.images))
    print([figure for figure in page.figures if figure not in [i[0] for i in page.images]])
    print(sum(c.startswith("$ ae") for c in page.commands), sum("Layer (type:depth-idx)" in c for c in page.commands))
    print([t for t in page.texts if "has not run" in t], any("noise & more" in t for t in page.texts))
    for row in page.rows[:2] + page.rows[-2:]:
        print(row)
    # Every picture of the Markdown is there, and shown in the same order.
    markdown = Path("report.md").read_text()
    files = re.findall(r"!\[[^]]*\]\(([^)]*)\)", markdown)
    assert all(Path(f).stat().st_size > 100 for f in files) and len(files) == len(page.images), files
    print([line for line in markdown.split("\n") if line.startswith("| AEncoder")][0])
    print([line for line in markdown.split("\n") if line.startswith("| a")], "**Figure 45:**" in markdown)
