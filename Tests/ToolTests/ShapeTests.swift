import TestSupport
import Testing

/// The report's networks on images of other shapes and classes, against PyTorch (Tests/Oracle/shapes.py).
struct ShapeTests {
    private static let dense = ["simple", "ae", "vae", "cvae", "reader", "pca"], convolutional = ["conv", "conv-vae"]

    /// The last one's first layer has a weight for each pair of pixels: it is tried with small images alone.
    @Test(arguments: [
        ("3,64,64", "47", dense + convolutional), ("1,28,28", "47", dense), ("3,40,56", "47", dense + convolutional), ("3,16,24", "300", ["conv-cvae", "cvae", "reader"]),
    ])
    func equalPyTorch(_ shape: String, _ classes: String, _ networks: [String]) throws {
        let scratch = try Scratch()
        let said = try Python.oracle("import runpy\nrunpy.run_module('shapes', run_name='__main__')", [Tools.folder.path, scratch.url.path, shape, classes] + networks)
        #expect(said.split(separator: "\n").count == networks.count, "\(said)")
    }
}
