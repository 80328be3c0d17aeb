import Layers
import ModelFiles
import Networks
import SystemFiles
import Texts
import ToolSupport

extension Inspection {
    /// One screen: what the file is, how it was trained, what else it holds, and the network's layers.
    var overview: String {
        var facts = TextTable([("", .left), ("", .left)])
        for (name, text) in modelFacts + componentFacts + trainingFacts + contentFacts { facts.add([name, text]) }
        return ([Style.bold(title)] + facts.lines + layerLines).joined(separator: "\n")
    }

    private var modelFacts: [(String, String)] {
        guard let model else { return [] }
        let tensors = model.parameters, bytes = tensors.reduce(0) { $0 + $1.description.count * ($1.description.role == .counter ? 8 : 4) }
        let latent = model.latentShape.map { " → z \($0)" } ?? "", labels = model.classes > 0 ? " with labels of \(model.classes) classes" : ""
        return [
            ("architecture", model.architecture.printable.cut(to: 40) + (model.isReader ? "" : ", bottleneck \(model.bottleneck)")),
            ("shapes", "\(model.inputShape)\(latent) → \(model.outputShapes.last!)\(labels)"),
            ("weights", "\(tensors.count) tensors, \(bytes.byteText), not checked"),
        ]
    }

    private var componentFacts: [(String, String)] {
        guard let components else { return [] }
        let analysis = components.analysis, ratios = analysis.explainedVarianceRatio, kept = ratios.prefix(analysis.kept)
        let each = kept.prefix(6).map { (100 * $0).fixed(1) }.joined(separator: ", ") + (analysis.kept > 6 ? " …" : "")
        return [
            ("components", "\(analysis.kept.grouped) of \(analysis.features.grouped), of \(analysis.count.grouped) images" + (analysis.isStandardized ? ", standardised" : "")),
            ("variance", "\((100 * kept.reduce(0, +)).fixed(2)) % explained: \(each)"),
        ]
    }

    private var trainingFacts: [(String, String)] {
        guard let training, let model else { return [] }
        let options = training.options, history = training.state.history
        let order = options.shuffle ? "" : " in the file's order"
        var lines = [("training", "\(history.count.grouped) of \(options.epochs.grouped) epochs, \(training.images.grouped) images\(order), recipe \(options.recipe.rawValue)")]
        lines.append(("", "batch \(options.batchSize.grouped), learning rate \(options.learningRate), seed \(options.seed)"))
        if model.isVariational {
            lines.append(("", "weights: KL divergence \(options.klWeight), squared error \(options.reconstructionWeight); noise \(options.noise.rawValue)"))
        }
        if training.state.stepInEpoch > 0 { lines.append(("", "stopped at step \(training.state.stepInEpoch.grouped) of epoch \(history.count + 1)")) }
        if !history.isEmpty { lines += zip(["train loss", "test loss"], Self.curves([history.map(\.trainLoss), history.map(\.evalLoss)])) }
        return lines
    }

    /// Small curves of losses with their first, last and best numbers, aligned.
    private static func curves(_ losses: [[Double]]) -> [String] {
        var table = TextTable([("", .left), ("", .left), ("", .left), ("", .left)])
        for losses in losses {
            let best = losses.indices.filter { losses[$0].isFinite }.min { losses[$0] < losses[$1] }
            table.add([Sparkline.curve(losses, width: 16), "first \(losses[0].significant(4))", "last \(losses[losses.count - 1].significant(4))",
                       best.map { "best \(losses[$0].significant(4)) (epoch \($0 + 1))" } ?? ""])
        }
        return table.lines
    }

    private var contentFacts: [(String, String)] {
        func list(_ results: [FileContents.Results]) -> String {
            results.map { "\($0.split.shown) \($0.shape)\($0.isVariational ? ", mu, logvar" : "")\($0.hasLabels ? ", labels" : "")" }.joined(separator: "; ")
        }
        let scores = contents.scores.map { "\($0.name.shown) \($0.accuracy.fixed(2)) %" }.joined(separator: ", ")
        return [
            ("latents", list(contents.latents)), ("reconstructions", list(contents.reconstructions)), ("scores", scores), ("epochs", epochs),
            ("unknown", contents.unknown.map(\.shown).joined(separator: ", ")),
        ].filter { !$0.1.isEmpty }
    }

    private var epochs: String {
        guard let first = contents.epochs.first, let last = contents.epochs.last else { return "" }
        let parts = Set(contents.epochs.flatMap(\.parts)).sorted().map(\.shown).joined(separator: ", ")
        return "\(contents.epochs.count) recorded, \(first.name.shown) to \(last.name.shown): \(parts)"
    }

    private var layerLines: [String] {
        guard let model else { return [] }
        var table = TextTable([("layer", .left), ("type", .left), ("output", .left), ("parameters", .right), ("mult-adds", .right), ("share", .left)])
        let total = model.multiplyAdds
        for (index, named) in model.layers.enumerated() {
            let adds = model.multiplyAdds(of: index), parameters = named.layer.parameterCount
            let share = total > 0 ? Int((8 * Double(adds) / Double(total)).rounded()) : 0
            table.add([named.name, type(of: named.layer).type, "\(model.outputShapes[index])", parameters == 0 ? "" : parameters.grouped,
                       adds == 0 ? "" : adds.grouped, String(repeating: "▪", count: share)])
        }
        table.add(["total", "", "", model.parameterCount.grouped, total.grouped, ""])
        let lines = table.lines
        return ["", Style.faint(lines[0])] + lines[1..<(lines.count - 1)] + [Style.bold(lines[lines.count - 1])]
    }
}

extension String {
    /// A name from a file, printable and not too long.
    var shown: String { printable.cut(to: 24) }
}
