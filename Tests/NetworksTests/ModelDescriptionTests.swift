import Layers
import Networks
import Tensors
import Testing

/// Layers from a file that do not fit each other are refused in one line that names the layer.
struct ModelDescriptionTests {
    private static func model(_ layers: [String], classes: Int = 0, input: ImageShape = ImageShape(channels: 1, height: 4, width: 4)) throws -> ModelDescription {
        let named = try layers.enumerated().map { NamedLayer("l\($0.offset)", try LayerText.parse($0.element)) }
        return try ModelDescription(architecture: "test", bottleneck: 2, classes: classes, inputShape: input, layers: named)
    }

    @Test(arguments: [
        ([], "no layers"), (["Flatten()", "Linear(17, 3)"], "l1"), (["Linear(16, 3)"], "l0"), (["Conv2d(2, 1, 3)"], "l0"),
        (["Flatten()", "Latent(3)"], "l1"), (["Flatten()", "Latent(16)", "Latent(16)", "Unflatten(1, 4, 4)"], "two latents, l1 and l2"),
        (["Flatten()", "Latent(16)", "Linear(16, 16)"], "l2"), (["Flatten()", "ConcatLabels(10)", "Linear(26, 2)"], "l1"),
        (["Gaussian(2)"], "l0"), (["Flatten()", "Gaussian(8)"], "l0"), (["Flatten()", "Linear(16, 2)", "Gaussian(1)"], "l1"),
        (["Flatten()", "Linear(16, 2)", "ReLU()", "Gaussian(1)"], "l2"), (["Flatten()", "Linear(16, 2)", "Linear(16, 3)", "Gaussian(2)"], "l2"),
        (["Flatten()", "Linear(16, 2)", "Linear(16, 2)", "Gaussian(3)"], "l3"),
        (["Flatten()", "Linear(16, 1048576)", "Linear(1048576, 1048576)"], "l2"),
        (["ConvTranspose2d(1, 1048576, 15, stride=15)"], "l0"), (["ConvTranspose2d(1, 1048576, 15, stride=15)", "Flatten()"], "l0"),
        (["Flatten()", "Unflatten(16)"], "computes"), (["Flatten()", "Latent(16)", "Unflatten(1, 4, 4)"], "computes"),
    ])
    func errorsNameTheLayer(_ layers: [String], _ part: String) {
        let error = #expect(throws: ModelError.self) { _ = try Self.model(layers) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "no error")")
        #expect(error?.description.contains("\n") == false)
    }

    @Test(arguments: [[], [1], [32, 32], [1, 0, 32], [1, -1, -32], [1 << 40, 1 << 40, 1 << 40], [1, 1, 1, 1], [.max, .max, 2]])
    func badInputShapes(_ axes: [Int]) { #expect(ImageShape(axes) == nil) }

    @Test func imagesMayBeTooLarge() {
        #expect(throws: ModelError.self) { _ = try Self.model(["Flatten()", "ReLU()"], input: ImageShape(channels: 3, height: 1 << 14, width: 1 << 14)) }
    }

    @Test(arguments: ["", "a\nb", "a/b", "..", String(repeating: "x", count: 500), "a", "é"])
    func badNames(_ name: String) {
        let error = #expect(throws: ModelError.self) {
            _ = try ModelDescription(architecture: "test", bottleneck: 1, classes: 0, inputShape: ImageShape(channels: 1, height: 2, width: 2),
                                     layers: [NamedLayer("a", ReLU()), NamedLayer(name, ReLU())])
        }
        #expect(error?.description.contains("\n") == false && (error?.description.count ?? 0) < 200)
    }

    /// What is unusual but sound builds: a latent that is the input, an activation on its own, labels of two classes.
    @Test func unusualModels() throws {
        let identity = try Self.model(["Flatten()", "Latent(16)", "ReLU()", "Unflatten(1, 4, 4)"])
        #expect(Network(identity).encoder.isEmpty && Network(identity).decoder.count == 1)
        let labelled = try Self.model(["Flatten()", "Linear(16, 3)", "Latent(3)", "ConcatLabels(2)", "ReLU()", "Linear(5, 16)", "Sigmoid()",
                                       "Unflatten(1, 4, 4)"], classes: 2)
        #expect(labelled.isConditional && Network(labelled).stages.count == 3)
    }
}
