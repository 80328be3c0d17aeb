import HDF5Library
import HDF5Reader

/// /epochs/NNN: what a run keeps of one epoch.
public struct EpochSnapshot {
    public let epoch: Int
    private let body: (_ group: Group) throws -> Void

    /// - Parameter body: adds what is kept of this epoch to its group, as `ModelRecord.writeWeights`, `LatentRecord` and `ReconstructionRecord` do.
    public init(epoch: Int, body: @escaping (_ group: Group) throws -> Void) { (self.epoch, self.body) = (epoch, body) }

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
        try body(group)
    }
}
