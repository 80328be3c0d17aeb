import Images
import ModelFiles
import Plots
import PNGFiles
import SystemFiles
import Texts
import ToolSupport

/// Where decoded images go, and how they look.
struct PictureTarget {
    let path: String
    /// A file an image in place of a sheet.
    let each: Bool
    let scale: Int
    /// Images in a row; nil for what suits them.
    let columns: Int?
    let colormap: Colormap
    let quiet: Bool

    /// Whether the images themselves are wanted, not pictures of them.
    static func isData(_ path: String) -> Bool { path.hasSuffix(".h5") }
    var isPicture: Bool { !Self.isData(path) }

    /// Decodes and writes all images. Throws `ToolError` for more than a sheet holds, before anything is decoded, and `SystemError`.
    ///
    /// - Parameter suited: images in a row where the user does not say.
    func write(_ decoding: Decoding, columns suited: Int) throws {
        if Self.isData(path) { return try writeData(decoding) }
        if each { return try writeEach(decoding) }
        let sheet = sheet(columns: columns ?? suited, decoding)
        try check(sheet, decoding.count)
        var levels: [UInt8] = []
        levels.reserveCapacity(decoding.count * decoding.shape.count)
        try decoding.forEachPart(quiet: quiet) { _, images, _ in levels += images.map(colormap.level) }
        let bytes = try sheet.render(levels: levels).encode()
        if path == "-" { return try Messages.output(bytes) }
        try AtomicFile.write(bytes, to: path)
    }

    /// Writes a file an image: out.png becomes out-000.png, out-001.png, with as many digits as the last one needs.
    private func writeEach(_ decoding: Decoding) throws {
        let sheet = sheet(columns: 1, decoding), pixels = decoding.shape.count
        try check(sheet, 1)
        let (stem, ending) = path.hasSuffix(".png") ? (path.dropLast(4), ".png") : (path[...], "")
        let digits = max(3, String(decoding.count - 1).count)
        try decoding.forEachPart(quiet: quiet) { indices, images, _ in
            for (image, start) in zip(indices, stride(from: 0, to: images.count, by: pixels)) {
                let number = String(image), zeros = String(repeating: "0", count: digits - number.count)
                let bytes = try sheet.render(levels: images[start..<start + pixels].map(colormap.level)).encode()
                try AtomicFile.write(bytes, to: "\(stem)-\(zeros)\(number)\(ending)")
            }
        }
    }

    /// Writes the images as they are, with the labels they were decoded with, as a file of reconstructions; memory does not grow with their number.
    private func writeData(_ decoding: Decoding) throws {
        try StoredFile.replace(path, kind: .reconstructions) { root in
            try ReconstructionRecord.write(decoding.count, decoding.shape, split: "decoded", to: root) { append in
                try decoding.forEachPart(quiet: quiet) { _, images, labels in
                    try images.withUnsafeBufferPointer { try append($0, labels, decoding.classNames) }
                }
            }
        }
    }

    /// Refuses a sheet that is too large, before anything is decoded.
    private func check(_ sheet: ContactSheet, _ images: Int) throws {
        do {
            _ = try sheet.size(of: images)
        } catch {
            throw ToolError.usage(images == 1 ? "--scale \(scale) makes \(error)" : "\(images.grouped) images make \(error); --each writes a file an image, -o images.h5 all into one")
        }
    }

    private func sheet(columns: Int, _ decoding: Decoding) -> ContactSheet {
        ContactSheet(decoding.shape, columns: columns, scale: scale, colormap: colormap)
    }
}
