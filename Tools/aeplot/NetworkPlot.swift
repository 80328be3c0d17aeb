import Charts
import Evaluation
import Images
import Layers
import ModelFiles
import Networks
import Plots
import PNGFiles
import Texts
import ToolSupport

/// A network's layers, between one of the built-in digits and what the network makes of it.
enum NetworkPlot {
    static func figure(_ inputs: [PlotInput]) throws -> Figure {
        let panels = try inputs.map { input in
            let model = try input.model(), network = try ModelRecord.network(of: input.stored())
            return NetworkDiagram(title: inputs.count > 1 ? title(input, model) : "", input: model.inputShape.axes, steps: steps(model), pictures: pictures(network))
        }
        let model = try inputs[0].model(), isOne = inputs.count == 1
        return Figure(title: isOne ? title(inputs[0], model) : "Networks",
                      subtitle: isOne ? "\(Decimal.grouped(model.parameterCount)) parameters, \(Decimal.grouped(model.multiplyAdds)) multiply-adds an image" : "",
                      panels: panels, columns: 1)
    }

    private static func title(_ input: PlotInput, _ model: ModelDescription) -> String {
        "\(input.name): \(model.architecture.printable)" + (model.isReader ? "" : ", bottleneck \(model.bottleneck)")
    }

    /// The layers with weights, each with the functions that follow it.
    private static func steps(_ model: ModelDescription) -> [NetworkDiagram.Step] {
        var steps: [NetworkDiagram.Step] = []
        for (index, named) in model.layers.enumerated() {
            switch named.layer {
            case is Flatten, is Unflatten, is Identity: continue
            case let labels as ConcatLabels: steps.append(.labels(labels.classes))
            case is Latent: steps.append(.latent)
            case let gaussian as Gaussian:
                // Its two Linear layers have been added one after the other.
                steps.removeLast(2)
                steps.append(.gaussian("Linear, Linear", gaussian.size))
            // What leaves the shape as it is and multiplies nothing is a function of the layer before.
            case let layer where model.outputShapes[index] == model.inputShape(of: index) && layer.multiplyAdds(of: model.inputShape(of: index)) == 0:
                append(type(of: layer).type, to: &steps, output: model.outputShapes[index])
            default: steps.append(.layer(type(of: named.layer).type, notes: notes(named.layer), output: model.outputShapes[index]))
            }
        }
        return steps
    }

    /// Adds a function to the layer before it; one that follows no layer stands alone.
    private static func append(_ function: String, to steps: inout [NetworkDiagram.Step], output: [Int]) {
        guard case .layer(let name, var notes, let output)? = steps.last else { return steps.append(.layer(function, notes: [], output: output)) }
        if let last = notes.last, last.first?.isNumber == false { notes[notes.count - 1] = "\(last), \(function)" } else { notes.append(function) }
        steps[steps.count - 1] = .layer(name, notes: notes, output: output)
    }

    private static func notes(_ layer: any LayerDescription) -> [String] {
        switch layer {
        case let layer as Conv2d: [note(layer.kernel.size, layer.kernel.stride)]
        case let layer as ConvTranspose2d: [note(layer.kernel.size, layer.kernel.stride)]
        case let layer as MaxPool2d: [note(layer.windows.kernelSize, layer.windows.stride)]
        case let layer as AvgPool2d: [note(layer.windows.kernelSize, layer.windows.stride)]
        default: []
        }
    }

    private static func note(_ kernel: Pair, _ stride: Pair) -> String {
        "\(kernel.height)×\(kernel.width), stride \(stride.height == stride.width ? "\(stride.height)" : "\(stride.height)×\(stride.width)")"
    }

    /// One of the built-in digits, and what an auto-encoder of such images makes of it.
    private static func pictures(_ network: Network) -> (PNGImage, PNGImage)? {
        let model = network.description, digit = SyntheticDigits().load(.test, limit: 8), shape = digit.shape
        guard !model.isReader, model.inputShape == shape, let labels = digit.labels, labels.allSatisfy({ !model.isConditional || $0 < model.classes }) else { return nil }
        var output = [Float](repeating: 0, count: digit.values.count)
        output.withUnsafeMutableBufferPointer { target in
            digit.withPixels { Inference(network).run($0, labels: model.isConditional ? labels : nil, into: target) }
        }
        func picture(_ values: ArraySlice<Float>) -> PNGImage { PNGImage(shape, levels: values.map(Colormap.gray.level)[...]) }
        return (picture(digit.floats[..<shape.count]), picture(output[..<shape.count]))
    }
}
