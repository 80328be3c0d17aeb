import ModelFiles
import Models
import Plots
import ToolSupport

/// Where latent vectors come from.
enum LatentSource {
    case vectors([[Float]])
    case file(String, split: String?)
    case random(Int, seed: UInt64)
    case grid(Ends, Ends, steps: Int)
    case between([Float], [Float], steps: Int)
    case medians(split: String)

    /// Vectors, the class of each where it has one, and the columns that show them best.
    struct Choice {
        let vectors: LatentVectors
        var classes: [UInt8]?
        var columns: Int

        init(_ vectors: LatentVectors, classes: [UInt8]? = nil, columns: Int? = nil) {
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
        case .grid(let z0, let z1, let steps):
            guard size == 2 else { throw ToolError.usage("--grid is for latents of two numbers; \(Self.takes(network, file))") }
            return Choice(.grid(z0: z0, z1: z1, steps: steps), columns: steps)
        case .between(let first, let last, let steps):
            try [first, last].forEach { try check($0, "--between", network, file) }
            return Choice(.between(first, last, steps: steps))
        case .medians(let split): return try Self.medians(split, network, file, epoch: epoch)
        }
    }

    private func check(_ vector: [Float], _ option: String, _ network: ModelDescription, _ file: StoredFile) throws {
        guard vector.count == network.latentCount else { throw ToolError.usage("\(option) has \(vector.count.numbers); \(Self.takes(network, file))") }
    }

    /// What a network takes, in words: the latent of conv.h5 has 32 numbers (2 x 4 x 4).
    private static func takes(_ network: ModelDescription, _ file: StoredFile) -> String {
        let shape = network.latentShape ?? []
        return "the latent of \(file.path) has \(network.latentCount.numbers)" + (shape.count > 1 ? " (\(shape.times))" : "")
    }

    /// The medians of stored latents: those of the epoch that is asked for, else those of the trained network.
    private static func medians(_ split: String, _ network: ModelDescription, _ file: StoredFile, epoch: Int?) throws -> Choice {
        let root = try epoch.map { try EpochSnapshot.part(.latents, of: $0, in: file.root) } ?? file.root
        guard try root.contains("latents/\(split)/label") else {
            throw ToolError(.badData, "\(file.path): holds no labelled latents of the split '\(split)'; "
                + "aetrain keeps those of 'test', unless --record is none or the images have no labels")
        }
        let stored = try LatentRecord.read(root, split: split), size = network.latentCount
        guard stored.size == size, let labels = stored.labels, !labels.isEmpty, stored.z.allSatisfy(\.isFinite) else {
            throw ToolError(.badData, "\(file.path):/latents/\(split): is no set of finite vectors [n, \(size)]")
        }
        let (vectors, classes) = LatentVectors.medians(of: stored.z, size: size, labels: labels)
        return Choice(vectors, classes: classes)
    }
}

extension Int {
    fileprivate var numbers: String { self == 1 ? "1 number" : "\(self) numbers" }
}

extension [Int] {
    /// A shape as people write it: 2 x 4 x 4.
    var times: String { map(String.init).joined(separator: " x ") }
}
