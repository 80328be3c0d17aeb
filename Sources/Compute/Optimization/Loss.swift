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

    package init(_ model: ModelDescription, _ options: TrainingOptions) {
        klWeight = model.isVariational ? options.klWeight : 0
        kind = model.isReader ? .crossEntropy
            : .squaredError(scale: model.isVariational ? options.reconstructionWeight : 1 / Double(model.outputCount))
    }

    /// The loss of each part of a batch: [block][way]. Parts are added in this order, so that the sum does not depend on the threads.
    package struct Cells {
        let values: UnsafeMutablePointer<Double>
        package init(values: UnsafeMutablePointer<Double>) { self.values = values }
        package static func count(blocks: Int) -> Int { blocks * (Pass.ways + 1) }

        package func sum(blocks: Int) -> Double {
            var sum = 0.0
            for index in 0..<Self.count(blocks: blocks) { sum += values[index] }
            return sum
        }
    }

    /// Measures the output against the targets, and leaves the gradient for the output where `gradient` is not nil. All threads call it, after
    /// a forward pass; each leaves what the last stage's partition gives it. The sum of the cells is the sum of the images' losses.
    ///
    /// - Parameter klShare: multiplies the KL weight.
    package func measure(_ workspace: Workspace, _ pass: Pass, labels: [UInt16], klShare: Double = 1, gradient: Activations?, _ cells: Cells) {
        let network = workspace.network
        switch kind {
        case .squaredError(let scale):
            squaredError(workspace, pass, network.lastStage.operation.partition, scale, gradient, cells)
        case .crossEntropy:
            pass.member.barrier()
            crossEntropy(workspace.output, pass, labels, gradient, cells)
            pass.member.barrier()
        }
        guard let gaussian = network.gaussian else { return }
        let heads = workspace.activations(gaussian.stage.input, features: gaussian.stage.inputFeatures)
        for block in pass.ownBlocks {
            cells.values[block * (Pass.ways + 1) + Pass.ways] = klWeight * klShare * gaussian.operation.divergence(heads, block: block, pass)
        }
    }

    private func squaredError(_ workspace: Workspace, _ pass: Pass, _ partition: Partition, _ scale: Double, _ gradient: Activations?, _ cells: Cells) {
        let output = workspace.output, input = workspace.input, slope = Float(2 * scale / Double(pass.images))
        func measure(_ block: Int, _ way: Int) {
            let features = Pass.features(output.features, way: way)
            let error = Kernels.table.squared_error(output.row(features.lowerBound, block: block), input.row(features.lowerBound, block: block),
                                                    gradient?.row(features.lowerBound, block: block), features.count, pass.images(inBlock: block), slope)
            cells.values[block * (Pass.ways + 1) + way] = scale * error
        }
        switch partition {
        case .features: for way in pass.ownWays { for block in 0..<pass.blocks { measure(block, way) } }
        case .blocks: for block in pass.ownBlocks { for way in 0..<Pass.ways { measure(block, way) } }
        }
    }

    private func crossEntropy(_ output: Activations, _ pass: Pass, _ labels: [UInt16], _ gradient: Activations?, _ cells: Cells) {
        precondition(labels.count == pass.images && labels.allSatisfy { $0 < output.features }, "each image has a label below \(output.features)")
        labels.withUnsafeBufferPointer { labels in
            for block in pass.ownBlocks {
                cells.values[block * (Pass.ways + 1)] = Kernels.table.cross_entropy(
                    output.row(block: block), labels.baseAddress! + block * Lanes.count, gradient?.row(block: block), output.features,
                    pass.images(inBlock: block), 1 / Float(pass.images))
            }
        }
    }
}
