import HDF5Reader

extension Validation {
    /// Checks a score's numbers against its confusion matrix, in memory that does not grow with the classes.
    mutating func checkScore(_ path: String, _ file: VerifiedFile) throws {
        guard let matrix = file["\(path)/confusion"]?.dataset, matrix.type == .int64, matrix.shape.count == 2, matrix.shape[0] == matrix.shape[1] else { return }
        let classes = matrix.shape[0]
        guard classes <= Confusion.mostClasses else { return note("\(path)/confusion", .scores, "has \(classes) classes, above \(Confusion.mostClasses)") }
        guard let correct = file.integer(path, "correct"), let count = file.integer(path, "count"), let accuracy = file.number(path, "accuracy"), count > 0 else { return }
        var sum: Int64 = 0, diagonal: Int64 = 0, place = 0
        try file.forEachChunk(of: matrix) { bytes in
            for number in bytes.bindMemory(to: Int64.self) {
                sum &+= number
                if place % (classes + 1) == 0 { diagonal &+= number }
                place += 1
            }
        }
        if sum != count || diagonal != correct {
            note(path, .scores, "has \(correct) of \(count) correct, but its confusion matrix \(diagonal) of \(sum)")
        }
        if abs(accuracy - 100 * Double(correct) / Double(count)) > 1e-9 { note("\(path)@accuracy", .scores, "is \(accuracy), not that of \(correct) of \(count)") }
    }
}
