import ArgumentParser
import Evaluation
import Images
import Networks
import Plots
import SystemFiles
import Texts
import ToolSupport

/// How a sheet of originals and reconstructions looks.
struct SheetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Pixels for one of an image, both ways. (default: 1)", valueName: "n"))
    var scale: Int?
    @Option(help: ArgumentHelp("Originals in a row. (default: 10)", valueName: "n"))
    var columns: Int?

    private static let most = 4096

    /// Throws `ToolError` for numbers out of range, and where there is no sheet.
    func check(isSheet: Bool) throws {
        for (name, value) in [("--scale", scale), ("--columns", columns)] {
            guard let value else { continue }
            guard isSheet else { throw ToolError.usage("\(name) has no meaning without a .png to write") }
            guard (1...Self.most).contains(value) else { throw ToolError.usage("\(name) is \(value), not within 1 to \(Self.most)") }
        }
    }

    /// Writes rows of originals, under each row its reconstructions.
    func write(_ images: ImageStream, _ inference: Inference, sampling: Sampling?, to path: String,
               each: (ImageSet, UnsafeBufferPointer<Float>) -> Void) throws {
        let columns = min(columns ?? 10, images.count), shape = inference.network.description.inputShape, pixels = shape.count
        guard shape.isPicture else { throw ToolError(.badData, "the network makes \(shape), which no PNG holds; -o images.h5 does") }
        let sheet = ContactSheet(shape, columns: columns, scale: scale ?? 1)
        do {
            _ = try sheet.size(of: 2 * ((images.count + columns - 1) / columns) * columns)
        } catch {
            throw ToolError.usage("\(images.count.grouped) images at this scale make \(error); --limit takes fewer")
        }
        var originals: [UInt8] = [], reconstructions: [UInt8] = []
        try inference.reconstruct(images, sampling: sampling) { set, values in
            originals += set.floats.map(Colormap.gray.level)
            reconstructions += values.map(Colormap.gray.level)
            each(set, values)
        }
        // The last row is filled up, so that every reconstruction stands below its original.
        var levels: [UInt8] = []
        for first in stride(from: 0, to: images.count, by: columns) {
            let row = first * pixels..<min(first + columns, images.count) * pixels
            for part in [originals, reconstructions] {
                levels += part[row]
                levels += [UInt8](repeating: 0, count: columns * pixels - row.count)
            }
        }
        try AtomicFile.write(sheet.render(levels: levels).encode(), to: path)
    }
}
