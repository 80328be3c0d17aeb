import HDF5Library
import HDF5Reader
import Images
import Networks

/// /epochs/NNN: what a run keeps of one epoch.
public struct EpochSnapshot {
    public let epoch: Int
    let parts: Set<Recording.Part>
    let images: PreparedImages
    let inference: Inference

    /// - Parameters:
    ///   - images: those of the test split.
    ///   - inference: the network as it is after this epoch.
    public init(epoch: Int, parts: Set<Recording.Part>, images: PreparedImages, inference: Inference) {
        (self.epoch, self.parts, self.images, self.inference) = (epoch, parts, images, inference)
    }

    public static func name(_ epoch: Int) -> String {
        let digits = String(epoch)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// The group /epochs/NNN of a file, which has a part of that epoch. Throws `HDF5Error` where it has not, and says how it would.
    public static func part(_ part: Recording.Part, of epoch: Int, in root: StoredGroup) throws -> StoredGroup {
        let path = "epochs/\(name(epoch))"
        guard root.contains("\(path)/\(part.rawValue)") else {
            throw root.error("keeps no \(part.rawValue) of epoch \(epoch): aetrain does with --record \(part.rawValue)")
        }
        return try root.group(path)
    }

    /// Writes /epochs anew: the earlier epochs as `previous` has them, then this one.
    func write(to root: Group, after previous: StoredGroup?) throws {
        let epochs = try root.add("epochs", .epochs)
        if let previous, previous.contains("epochs") {
            let stored = try previous.group("epochs")
            for name in stored.names() where name < Self.name(epoch) || name.utf8.count < Self.name(epoch).utf8.count { try epochs.copy(name, of: stored) }
        }
        let group = try epochs.add(Self.name(epoch), .epoch)
        try group.setAttribute("epoch", to: Int64(epoch))
        if parts.contains(.weights) { try ModelRecord.writeWeights(inference.network, to: group) }
        guard !inference.network.description.isReader else { return }
        if parts.contains(.latents) { try LatentRecord.write(ImageStream(images), inference, split: .test, to: group) }
        if parts.contains(.reconstructions) { try ReconstructionRecord.write(ImageStream(images), inference, split: .test, to: group) }
    }
}
