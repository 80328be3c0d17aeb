import Charts
import Images
import ModelFiles
import Networks
import Plots
import PNGFiles
import SystemFiles
import Tensors
import Texts
import ToolSupport

/// Images, and below them what each model makes of them.
enum ReconstructionPlot {
    private static let usualCount = 10, most = 100

    static func figure(_ inputs: [PlotInput], _ selection: Selection, note: (String) -> Void) throws -> Figure {
        guard let split = Split(rawValue: selection.split ?? Split.test.rawValue) else { throw ToolError.usage("--split is \(selection.split!.printable), neither train nor test") }
        let count = selection.limit ?? usualCount
        guard (1...most).contains(count) else { throw ToolError.usage("--limit is \(count), not within 1 to \(most)") }
        let data = try selection.images.select()
        if let notice = data.notice { note(notice) }
        var names = ["original"], rows: [[PNGImage]] = []
        for input in inputs {
            let model = try input.model()
            guard !model.isReader else { throw ToolError(.badData, "\(input.path):/model: is a reader, which reconstructs nothing") }
            let network = try ModelRecord.network(of: input.stored()), stream = try data.stream(split, limit: count, for: model)
            data.source.notices.take().forEach(note)
            guard let set = try stream.next(count) else { throw ToolError(.badData, "\(data.source): has no images of the \(split.rawValue) split") }
            guard set.shape.isPicture else { throw ToolError(.badData, "\(data.source): has images of \(set.shape), which are no pictures of one channel or three") }
            if rows.isEmpty { rows.append(pictures(set.shape, set.floats)) }
            rows.append(pictures(set.shape, reconstructions(network, set)))
            names.append(input.name)
        }
        return Figure(title: inputs.count == 1 ? "\(inputs[0].name): reconstructions" : "Reconstructions", subtitle: "the first \(rows[0].count) \(split.rawValue) images",
                      panels: [ImageTable(title: "", names: names, images: rows)])
    }

    private static func reconstructions(_ network: Network, _ set: ImageSet) -> [Float] {
        var values = [Float](repeating: 0, count: set.values.count)
        values.withUnsafeMutableBufferPointer { target in set.withPixels { Inference(network).run($0, labels: set.labels, into: target) } }
        return values
    }

    private static func pictures(_ shape: ImageShape, _ values: [Float]) -> [PNGImage] { PNGImage.pictures(shape, levels: values.map(Colormap.gray.level)) }
}
