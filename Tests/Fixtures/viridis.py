"""Prints Sources/Pictures/Plots/Colormap+Viridis.swift from matplotlib (made with 3.11): python viridis.py > .../Colormap+Viridis.swift"""
import matplotlib

table = (matplotlib.colormaps["viridis"](range(256))[:, :3] * 255).round().astype(int)
words = [f"0x{r:02X}{g:02X}{b:02X}" for r, g, b in table]
print("// Made by Tests/Fixtures/viridis.py.\n")
print("extension Colormap {")
print("    /// matplotlib's viridis (by Stéfan van der Walt and Nathaniel Smith, CC0): red, green and blue of each level as 0xRRGGBB.")
print("    static let viridisTable: [UInt32] = [")
for start in range(0, 256, 12):
    print("        " + ", ".join(words[start:start + 12]) + ("," if start + 12 < 256 else ""))
print("    ]\n}")
