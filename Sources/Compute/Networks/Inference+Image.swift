import Layers
import Tensors

/// One image alone: all threads share each layer, and no lane is spent on images that are not there.
extension Inference {
    func encodeImage(_ images: Pixels, _ labels: [UInt16]?) -> Latents {
        load(images)
        pass(through: encoder, labels)
        var latents = Latents(count: 1, size: model.latentCount, variational: model.isVariational)
        latents.withPointers { z, mu, logvar in
            z.update(from: workspaces[0].image(network.latentBuffer), count: model.latentCount)
            guard let heads = (network.gaussian?.stage.input).map(workspaces[0].image) else { return }
            mu.update(from: heads, count: model.latentCount)
            logvar.update(from: heads + model.latentCount, count: model.latentCount)
        }
        return latents
    }

    func decodeImage(_ z: UnsafeBufferPointer<Float>, _ labels: [UInt16]?, into image: UnsafeMutableBufferPointer<Float>) {
        workspaces[0].image(network.latentBuffer).update(from: z.baseAddress!, count: z.count)
        pass(through: decoder, labels)
        storeOutput(image)
    }

    func runImage(_ images: Pixels, _ labels: [UInt16]?, into output: UnsafeMutableBufferPointer<Float>) {
        load(images)
        pass(through: all, labels)
        storeOutput(output)
    }

    private func load(_ images: Pixels) {
        let input = workspaces[0].image(0)
        switch images {
        case .bytes(let bytes, _): for i in 0..<model.inputCount { input[i] = Float(bytes[i]) / 255 }
        case .floats(let floats, _): input.update(from: floats.baseAddress!, count: model.inputCount)
        }
    }

    private func pass(through stages: ArraySlice<Network.Stage>, _ labels: [UInt16]?) {
        if model.isConditional {
            guard let label = labels?.first else { preconditionFailure("a conditional network needs labels") }
            workspaces[0].setLabel(label)
        }
        team.run { member in
            let pass = workspaces[member.index].imagePass(member)
            for stage in stages {
                stage.operation.forward(image: workspaces[0].image(stage.input), workspaces[0].image(stage.output) + stage.firstOutput, pass)
                member.barrier()
            }
        }
    }

    private func storeOutput(_ output: UnsafeMutableBufferPointer<Float>) {
        output.baseAddress!.update(from: workspaces[0].image(network.lastStage.output), count: model.outputCount)
    }
}
