import Charts
import ModelFiles
import Networks
import PNGFiles
import Plots
import ToolSupport

/// The median latent of each class, and the image that it decodes to.
enum MedianPlot {
    static func figure(_ inputs: [PlotInput], _ selection: Selection) throws -> Figure {
        let panels = try inputs.map { input in
            let model = try input.model(), file = try input.stored()
            guard !model.isReader else { throw ToolError(.badData, "\(input.path): is a reader: it has no latent") }
            guard model.inputShape.isPicture else { throw ToolError(.badData, "\(input.path):/model: decodes to \(model.inputShape), which is no picture of one channel or three") }
            let (vectors, classes) = try StoredLatents.medians(file, split: selection.split, epoch: selection.epoch, size: model.latentCount)
            if model.isConditional, let label = classes.first(where: { $0 >= model.classes }) {
                throw ToolError(.badData, "\(input.path):/latents: has label \(label) of \(model.classes) classes")
            }
            // The weights of the epoch whose latents these are.
            let network = try ModelRecord.decoder(of: file, epoch: selection.epoch)
            return DecodedMedians(title: inputs.count > 1 ? input.name : "", classes: classes.map { "\($0)" },
                                  medians: (0..<vectors.count).map { vectors[$0].map { Double($0) } }, images: images(network, vectors, classes))
        }
        let epoch = selection.epoch.map { " after epoch \($0)" } ?? ""
        return Figure(title: inputs.count == 1 ? "\(inputs[0].name): decoded medians\(epoch)" : "Decoded medians\(epoch)",
                      subtitle: "each class's median of every number of z, and the image that the decoder makes of it", panels: panels, columns: 1)
    }

    private static func images(_ network: Network, _ vectors: LatentVectors, _ classes: [UInt16]) -> [PNGImage] {
        let shape = network.description.inputShape, z = (0..<vectors.count).flatMap { vectors[$0] }
        var pixels = [Float](repeating: 0, count: vectors.count * shape.count)
        z.withUnsafeBufferPointer { z in
            pixels.withUnsafeMutableBufferPointer { Inference(network).decode(z, labels: network.description.isConditional ? classes : nil, into: $0) }
        }
        return PNGImage.pictures(shape, levels: pixels.map(Colormap.gray.level))
    }
}
