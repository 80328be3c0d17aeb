import HDF5Reader
import HDF5Types
import Images
import Layers
import Networks
import SystemFiles
import Tensors

extension Validation {
    /// Checks what one part of the file says against others.
    mutating func checkConsistency(_ file: VerifiedFile) throws {
        if let kind = file.text("/", "kind"), file["/\(kind)"] == nil, Schema.Kind(rawValue: kind) != nil {
            note("/", .missing, "is of kind \(kind), but has no \(kind)")
        }
        let model = try description(file)
        if let model { checkTensors(of: model, file) }
        try checkTraining(file)
        try checkEpochs(file, model)
        for parent in [""] + members("/epochs").map({ "/epochs/\($0)" }) {
            for split in members("\(parent)/latents") { try checkLatents("\(parent)/latents/\(split)", file, model) }
            for split in members("\(parent)/reconstructions") { try checkLabels("\(parent)/reconstructions/\(split)", file, model) }
        }
        for name in members("/scores") { try checkScore("/scores/\(name)", file) }
    }

    /// The network that the file describes; nil where there is none, and where something in it has been or is noted.
    private mutating func description(_ file: VerifiedFile) throws -> ModelDescription? {
        guard let list = file["/model/layers"]?.dataset, list.extent.count <= ModelRecord.largestText, let lines = try file.texts("/model/layers"),
              let architecture = file.text("/model", "architecture"), let bottleneck = file.integer("/model", "bottleneck"),
              let classes = file.integer("/model", "classes"), let shape: [Int64] = file["/model"]?.attribute("input_shape")?.numbers()
        else { return nil }
        guard shape.allSatisfy({ ModelRecord.sides.contains(Int($0)) }), let input = ImageShape(shape.map { Int($0) }) else { return nil }
        do {
            return try ModelRecord.description(architecture, bottleneck, classes, input, lines)
        } catch {
            note("/model/layers", .layers, error.description)
            return nil
        }
    }

    /// Checks that every group of tensors has those of the layers, and nothing else.
    private mutating func checkTensors(of model: ModelDescription, _ file: VerifiedFile) {
        let all = model.parameters
        let trainable = all.filter { $0.description.role == .trainable }
        let groups = [("/model/weights", all), ("/training/state/m", trainable), ("/training/state/v", trainable)]
            + members("/epochs").map { ("/epochs/\($0)/weights", all) }
        // A hostile file may have any number of epochs, and any number of layers that none of them has.
        for (path, expected) in groups where file[path] != nil && violations.count < Self.largest { checkTensors(expected, in: path, file) }
    }

    private mutating func checkTensors(_ expected: [(name: String, description: ParameterDescription)], in path: String, _ file: VerifiedFile) {
        for (name, parameter) in expected {
            guard let dataset = file["\(path)/\(name)"]?.dataset else { note(path, .tensors, "has no \(name)"); continue }
            let type = parameter.role == .counter ? ElementType.int64 : .float32
            if dataset.type != type { note("\(path)/\(name)", .tensors, "is \(dataset.type.name), not \(type.name)") }
            if dataset.shape != parameter.shape { note("\(path)/\(name)", .tensors, "has shape \(dataset.shape), not \(parameter.shape)") }
        }
        for name in Set(members(path)).subtracting(expected.map(\.name)).sorted() {
            note("\(path)/\(name)", .tensors, "is no tensor of the layers")
        }
    }

    private mutating func checkTraining(_ file: VerifiedFile) throws {
        let path = "/training"
        guard let done = file.integer(path, "epochs_done"), let epochs = file.integer(path, "epochs"), let images = file.integer(path, "images"),
              let batch = file.integer(path, "batch_size"), let step = file.integer("/training/state", "step"),
              let inEpoch = file.integer("/training/state", "step_in_epoch"), let history = file["/training/history/epoch"]?.dataset,
              batch > 0, images > 0
        else { return }
        if done > epochs { note(path, .epochs, "has \(done) epochs done of \(epochs)") }
        guard history.shape == [done] else { return note("/training/history/epoch", .epochs, "has shape \(history.shape), but epochs_done is \(done)") }
        let numbers: [Int64] = try file.numbers("/training/history/epoch") ?? []
        if let wrong = numbers.indices.first(where: { numbers[$0] != $0 + 1 }) {
            note("/training/history/epoch", .epochs, "has \(numbers[wrong]) in place \(wrong + 1): epochs are numbered from 1")
        }
        let stepsPerEpoch = (images - 1) / batch + 1, (before, overflows) = done.multipliedReportingOverflow(by: stepsPerEpoch)
        if inEpoch >= stepsPerEpoch { note("/training/state", .epochs, "has \(inEpoch) steps of an epoch under way that has \(stepsPerEpoch)") }
        if overflows || step < before || step - before != inEpoch {
            note("/training/state", .epochs, "has \(step) steps done, not \(stepsPerEpoch) of each of \(done) epochs and \(inEpoch) more")
        }
    }

    private mutating func checkEpochs(_ file: VerifiedFile, _ model: ModelDescription?) throws {
        for name in members("/epochs") {
            guard let epoch = file.integer("/epochs/\(name)", "epoch") else { continue }
            if EpochSnapshot.name(epoch) != name { note("/epochs/\(name)", .epochs, "is of epoch \(epoch), whose name is \(EpochSnapshot.name(epoch))") }
            if let done = file.integer("/training", "epochs_done"), epoch > done { note("/epochs/\(name)", .epochs, "is of epoch \(epoch), but \(done) are done") }
        }
    }

    private mutating func checkLatents(_ path: String, _ file: VerifiedFile, _ model: ModelDescription?) throws {
        if let model, let z = file["\(path)/z"]?.dataset, z.shape.count == 2, z.shape[1] != model.latentCount {
            note("\(path)/z", .latents, "has shape \(z.shape), but the network's latents are \(model.latentCount) numbers")
        }
        let heads = ["mu", "logvar"].filter { file["\(path)/\($0)"] != nil }
        if heads.count == 1 { note(path, .latents, "has \(heads[0]) alone of mu and logvar") }
        if let model, heads.count != 1, heads.isEmpty == model.isVariational {
            note(path, .latents, model.isVariational ? "has no mu and logvar, but the network is variational" : "has mu and logvar, but the network is not variational")
        }
        try checkLabels(path, file, model)
    }

    private mutating func checkLabels(_ path: String, _ file: VerifiedFile, _ model: ModelDescription?) throws {
        guard let model, model.isConditional, let labels = file["\(path)/label"]?.dataset, labels.type == .uint8 else { return }
        var largest: UInt8 = 0
        try file.forEachChunk(of: labels) { largest = max(largest, $0.max() ?? 0) }
        if largest >= model.classes { note("\(path)/label", .labels, "holds \(largest), but the network knows \(model.classes) classes") }
    }

    private mutating func checkScore(_ path: String, _ file: VerifiedFile) throws {
        guard let dataset = file["\(path)/confusion"]?.dataset, dataset.shape.count == 2, dataset.shape[0] == dataset.shape[1], dataset.shape[0] <= 256,
              let matrix: [Int64] = try file.numbers("\(path)/confusion"), let correct = file.integer(path, "correct"),
              let count = file.integer(path, "count"), let accuracy = file.number(path, "accuracy"), count > 0
        else { return }
        let classes = dataset.shape[0], sum = matrix.reduce(0) { $0 &+ $1 }, diagonal = (0..<classes).reduce(0) { $0 &+ matrix[$1 * (classes + 1)] }
        if sum != count || diagonal != correct {
            note(path, .scores, "has \(correct) of \(count) correct, but its confusion matrix \(diagonal) of \(sum)")
        }
        if abs(accuracy - 100 * Double(correct) / Double(count)) > 1e-9 { note("\(path)@accuracy", .scores, "is \(accuracy), not that of \(correct) of \(count)") }
    }
}
