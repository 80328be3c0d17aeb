import HDF5Reader
import Networks

extension Validation {
    /// Checks the labels in the group at `path`: that the network and the names beside them know each.
    mutating func checkLabels(_ path: String, _ file: VerifiedFile, _ model: ModelDescription?) throws {
        let names = try checkNames(path, file)
        guard let largest = try largestLabel("\(path)/\(LabelRecord.labels)", file) else { return }
        if let model, model.isConditional, largest >= model.classes {
            note("\(path)/\(LabelRecord.labels)", .labels, "holds \(largest), but the network knows \(model.classes) classes")
        }
        if let names, largest >= names { note("\(path)/\(LabelRecord.labels)", .labels, "holds \(largest), but there are \(names) \(LabelRecord.names)") }
    }

    /// The largest label of a dataset; nil where there is none.
    private func largestLabel(_ path: String, _ file: VerifiedFile) throws -> Int? {
        guard let labels = file[path]?.dataset, !labels.extent.isEmpty else { return nil }
        var largest = 0
        switch labels.type {
        case .uint8: try file.forEachChunk(of: labels) { largest = max(largest, Int($0.max() ?? 0)) }
        case .uint16: try file.forEachChunk(of: labels) { largest = max(largest, Int($0.bindMemory(to: UInt16.self).max() ?? 0)) }
        default: return nil
        }
        return largest
    }

    /// Checks the names of classes in the group at `path`; gives their number, nil where there are none or something in them has been or is noted.
    private mutating func checkNames(_ path: String, _ file: VerifiedFile) throws -> Int? {
        let place = "\(path)/\(LabelRecord.names)", ends = "\(path)/\(LabelRecord.ends)"
        guard let names = file[place]?.dataset else {
            if file[ends] != nil { note(ends, .labels, "stands without \(LabelRecord.names)") }
            return nil
        }
        if file["\(path)/\(LabelRecord.labels)"] == nil { note(place, .labels, "stands without \(LabelRecord.labels)") }
        let count: Int?
        switch names.type {
        case .string:
            if file[ends] != nil { note(ends, .labels, "stands beside names of text, which need none") }
            count = names.shape.first
        case .uint8: count = try checkParts(place, ends, file, names.extent.count)
        default: count = nil
        }
        if let count, count > LabelRecord.mostClasses { note(place, .labels, "holds \(count) names, above \(LabelRecord.mostClasses)") }
        return count
    }

    /// Checks names that are bytes, and where each ends in them; gives their number.
    private mutating func checkParts(_ names: String, _ ends: String, _ file: VerifiedFile, _ byteCount: Int) throws -> Int? {
        guard byteCount <= LabelRecord.largestNames else {
            note(names, .labels, "is \(byteCount) bytes of names, above \(LabelRecord.largestNames)")
            return nil
        }
        guard let list = file[ends]?.dataset, list.type == .int64 else {
            if file[ends] == nil { note(names, .labels, "is bytes without \(LabelRecord.ends), which part them") }
            return nil
        }
        guard list.extent.count <= LabelRecord.mostClasses * MemoryLayout<Int64>.size, let bytes: [UInt8] = try file.numbers(names),
            let numbers: [Int64] = try file.numbers(ends), let parts = LabelRecord.parted(bytes, at: numbers)
        else {
            note(ends, .labels, "does not part \(LabelRecord.names) into texts")
            return nil
        }
        return parts.count
    }
}
