import Foundation
import Images
import TestSupport
import Testing

/// Digits to train on, where noise would teach nothing.
enum DigitFolder {
    /// A folder of IDX files in `scratch`: the built-in digits, 28 x 28 as MNIST's are, 700 to train on and 200 to test.
    static func make(in scratch: Scratch) throws -> String {
        let folder = URL(fileURLWithPath: scratch.path("digits"))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (prefix, images, labels) in try files.get() {
            try images.write(to: folder.appendingPathComponent("\(prefix)-images-idx3-ubyte"))
            try labels.write(to: folder.appendingPathComponent("\(prefix)-labels-idx1-ubyte"))
        }
        return folder.path
    }

    /// Made once for all tests.
    private static let files: Result<[(String, Data, Data)], any Error> = Result {
        try [("train", Split.train, 700), ("t10k", .test, 200)].map { prefix, split, count in
            let set = SyntheticDigits().load(split, limit: count), labels = try #require(set.labels)
            // Without the border of two pixels, which is black.
            let rows = (0..<count).flatMap { image in (2..<30).map { image * 1024 + $0 * 32 } }
            let size: [UInt8] = [0, 0, UInt8(count >> 8), UInt8(count & 255)], imageHead: [UInt8] = [0, 0, 8, 3] + size + [0, 0, 0, 28, 0, 0, 0, 28]
            let images = rows.reduce(into: Data(imageHead)) { $0.append(contentsOf: set.pixels[$1 + 2..<$1 + 30]) }
            return (prefix, images, Data([0, 0, 8, 1] + size + labels.map { UInt8($0) }))
        }
    }
}

/// Runs a tool that is to succeed; gives its standard output.
@discardableResult
func succeed(_ tool: String, _ arguments: [String]) throws -> String {
    let run = try Tools.run(tool, arguments)
    try #require(run.status == 0, "\(tool) \(arguments.joined(separator: " ")): \(run.errors)")
    return run.output
}

extension ImageSet {
    /// The bytes; none of floats.
    var pixels: [UInt8] { if case .bytes(let bytes) = values { bytes } else { [] } }
}
