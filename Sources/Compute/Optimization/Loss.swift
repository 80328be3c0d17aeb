import CKernels
import Layers
import Networks
import Tensors

/// The loss of a batch and its gradient.
///
/// - A deterministic auto-encoder's: the squared error averaged over all pixels.
/// - A variational one's: reconstruction weight x squared error summed over an image + KL weight x KL(N(mu, sigma^2) || N(0, 1)) summed over the
///   latent, averaged over images: the report's listing 5. (The report's formula of the KL has sign errors; the listing is right.)
/// - A reader's: the softmax cross-entropy averaged over images.
package struct Loss {
    private enum Kind { case squaredError(scale: Double), crossEntropy }
    private let kind: Kind
    /// The weight of the KL divergence; zero where there is none.
    package let klWeight: Double
    /// Features of an image whose errors are added up in single precision, whatever the number of threads; the pieces' sums are added in double.
    private static let piece = 512
    private let pieces: Int

    package init(_ model: ModelDescription, _ options: TrainingOptions) {
        klWeight = model.isVariational ? options.klWeight : 0
        pieces = model.isReader ? 1 : (model.outputCount + Self.piece - 1) / Self.piece
        kind = model.isReader ? .crossEntropy
            : .squaredError(scale: model.isVariational ? options.reconstructionWeight : 1 / Double(model.outputCount))
    }

    /// Memory for the loss of each part of a batch: [block][pieces, and the KL divergence].
    package func cells(blocks: Int) -> PartialSums { PartialSums(rows: blocks, count: pieces + 1) }

    /// The sum of the images' losses: of each run its blocks' parts in order, of the runs as `RunTree` has it.
    package func sum(_ cells: PartialSums, _ pass: Pass) -> Double {
        RunTree.fold(pass.runs) { run in
            var sum = 0.0
            for block in pass.blocks(ofRun: run) { for index in 0..<cells.count { sum += cells[block, index] } }
            return sum
        } join: { $0 + $1 }
    }

    /// Measures the output against the targets, and leaves the gradient for the output where `gradient` is not nil. All threads call it, after
    /// a forward pass; each leaves what the last stage's partition gives it. `sum` of the cells after a barrier is the sum of the images' losses.
    ///
    /// - Parameter klShare: multiplies the KL weight.
    package func measure(_ workspace: Workspace, _ pass: Pass, labels: [UInt16], klShare: Double = 1, gradient: Activations?, _ cells: PartialSums) {
        let network = workspace.network
        switch kind {
        case .squaredError(let scale):
            squaredError(workspace, pass, network.lastStage.operation.partition, scale, gradient, cells)
        case .crossEntropy:
            pass.member.barrier()
            crossEntropy(workspace.output, pass, labels, gradient, cells)
            pass.member.barrier()
        }
        guard let gaussian = network.gaussian, pass.leadsRuns else { return }
        let heads = workspace.activations(gaussian.stage.input, features: gaussian.stage.inputFeatures)
        for block in pass.ownBlocks { cells[block, pieces] = klWeight * klShare * gaussian.operation.divergence(heads, block: block, pass) }
    }

    private func squaredError(_ workspace: Workspace, _ pass: Pass, _ partition: Partition, _ scale: Double, _ gradient: Activations?, _ cells: PartialSums) {
        let output = workspace.output, input = workspace.input, slope = Float(2 * scale / Double(pass.images))
        func measure(_ block: Int, _ piece: Int) {
            let first = piece * Self.piece, count = min(Self.piece, output.features - first)
            let error = Kernels.table.squared_error(output.row(first, block: block), input.row(first, block: block),
                                                    gradient?.row(first, block: block), count, pass.images(inBlock: block), slope)
            cells[block, piece] = scale * error
        }
        // Whether this thread's pieces are just what it has of the last stage.
        let isOwn = partition == .blocks ? !pass.sharesRuns : output.features % (Self.piece * pass.member.count) == 0
        if !isOwn { pass.member.barrier() }
        switch partition {
        case .features: for part in pass.member.share(of: pieces * pass.blocks) { measure(part % pass.blocks, part / pass.blocks) }
        case .blocks: for block in pass.ownBlocks { for piece in pass.part(of: pieces) { measure(block, piece) } }
        }
        if !isOwn { pass.member.barrier() }
    }

    private func crossEntropy(_ output: Activations, _ pass: Pass, _ labels: [UInt16], _ gradient: Activations?, _ cells: PartialSums) {
        precondition(labels.count == pass.images && labels.allSatisfy { $0 < output.features }, "each image has a label below \(output.features)")
        guard pass.leadsRuns else { return }
        labels.withUnsafeBufferPointer { labels in
            for block in pass.ownBlocks {
                cells[block, 0] = Kernels.table.cross_entropy(
                    output.row(block: block), labels.baseAddress! + block * Lanes.count, gradient?.row(block: block), output.features,
                    pass.images(inBlock: block), 1 / Float(pass.images))
            }
        }
    }
}
