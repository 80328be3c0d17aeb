import ModelFiles
import Networks
import Plots
import ToolSupport

/// Where latent vectors come from.
enum LatentSource {
    case vectors([[Float]])
    case file(String, split: String?)
    case random(Int, seed: UInt64)
    /// Nil for what the stored latents span.
    case grid((Ends, Ends)?, steps: Int)
    case between([Float], [Float], steps: Int)
    case medians(split: String)

    /// Vectors, the class of each where it has one, and the columns that show them best.
    struct Choice {
        let vectors: LatentVectors
        var classes: [UInt16]?
        var columns: Int

        init(_ vectors: LatentVectors, classes: [UInt16]? = nil, columns: Int? = nil) {
            (self.vectors, self.classes) = (vectors, classes)
            self.columns = columns ?? ContactSheet.columns(for: vectors.count)
        }
    }

    /// The vectors for a network that `file` holds. Throws `ToolError` where they do not fit it, and what reading a file throws.
    func vectors(for network: ModelDescription, _ file: StoredFile, epoch: Int?) throws -> Choice {
        let size = network.latentCount
        switch self {
        case .vectors(let vectors):
            try vectors.forEach { try check($0, "--z", network, file) }
            return Choice(LatentVectors(Array(vectors.joined()), size: size))
        case .file(let path, let split):
            let vectors = try VectorFile.read(path, split: split)
            guard vectors.size == size else {
                throw ToolError(.badData, "\(path == "-" ? "standard input" : path): has vectors of \(vectors.size); \(Self.takes(network, file))")
            }
            return Choice(vectors)
        case .random(let count, let seed): return Choice(.random(count, size: size, seed: seed))
        case .grid(let ends, let steps):
            guard size == 2 else { throw ToolError.usage("--grid is for latents of two numbers; \(Self.takes(network, file))") }
            let (z0, z1) = try ends ?? Self.stored(file, epoch: epoch)
            return Choice(.grid(z0: z0, z1: z1, steps: steps), columns: steps)
        case .between(let first, let last, let steps):
            try [first, last].forEach { try check($0, "--between", network, file) }
            return Choice(.between(first, last, steps: steps))
        case .medians(let split):
            let (vectors, classes) = try StoredLatents.medians(file, split: split, epoch: epoch, size: size)
            return Choice(vectors, classes: classes)
        }
    }

    /// What the two numbers of stored latents span.
    private static func stored(_ file: StoredFile, epoch: Int?) throws -> (Ends, Ends) {
        let stored = try StoredLatents(file, epoch: epoch)
        guard stored.size == 2 else { throw ToolError(.badData, "\(file.path):/latents/\(stored.split): holds vectors of \(stored.size.numbers), not of 2") }
        return (stored.span(0), stored.span(1))
    }

    private func check(_ vector: [Float], _ option: String, _ network: ModelDescription, _ file: StoredFile) throws {
        guard vector.count == network.latentCount else { throw ToolError.usage("\(option) has \(vector.count.numbers); \(Self.takes(network, file))") }
    }

    /// What a network takes, in words: the latent of conv.h5 has 32 numbers (2 x 4 x 4).
    private static func takes(_ network: ModelDescription, _ file: StoredFile) -> String {
        let shape = network.latentShape ?? []
        return "the latent of \(file.path) has \(network.latentCount.numbers)" + (shape.count > 1 ? " (\(shape.times))" : "")
    }
}

extension Int {
    fileprivate var numbers: String { self == 1 ? "1 number" : "\(self) numbers" }
}

extension [Int] {
    /// A shape as people write it: 2 x 4 x 4.
    var times: String { map(String.init).joined(separator: " x ") }
}
