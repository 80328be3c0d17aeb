import Foundation
import Layers
import Networks
import Tensors
import TestSupport
import Testing

struct ArchitectureTests {
    /// Names and shapes of all tensors of all networks, as PyTorch's `state_dict` has them.
    @Test func tensorsAreThoseOfPyTorch() throws {
        let printed = try Python.oracle("""
            import json
            from networks import build
            print(json.dumps([{name: list(tensor.shape) for name, tensor in build(*case).state_dict().items()} for case in json.loads(sys.argv[1])]))
            """, ["[" + ModelCase.all.map { "[\"\($0.architecture.rawValue)\", \($0.bottleneck)]" }.joined(separator: ",") + "]"])
        let expected = try JSONDecoder().decode([[String: [Int]]].self, from: Data(printed.utf8))
        for (given, want) in zip(ModelCase.all, expected) {
            let model = given.model
            #expect(Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.description.shape) }) == want, "\(given)")
            #expect(Network(model).parameters.map(\.name) == model.parameters.map(\.name), "\(given)")
        }
    }

    /// The report's tables.
    @Test(arguments: [(Architecture.ae, 284_226, 1_136_904, 47_168), (.simple, 5_122, 20_488, 32_832), (.conv, 3_147, 1_952_256, 427_008)])
    func torchinfo(_ architecture: Architecture, parameters: Int, multiplyAdds: Int, passBytes: Int) throws {
        let model = try architecture.model(bottleneck: 2), summary = TorchinfoSummary(model, images: 4)
        #expect(model.parameterCount == parameters && summary.parameters == parameters)
        #expect(summary.multiplyAdds == multiplyAdds)
        #expect(summary.passBytes == passBytes)
        #expect(summary.inputBytes == 16_384 && summary.parameterBytes == 4 * parameters)
    }

    @Test func trueMultiplyAdds() throws {
        #expect(try 4 * Architecture.conv.model(bottleneck: 2).multiplyAdds == 774_144)
        #expect(try Architecture.simple.model(bottleneck: 2).multiplyAdds == 4096)
        // One for each weight of the Linear layers, the two heads among them.
        let vae = try Architecture.vae.model(bottleneck: 2)
        #expect(vae.multiplyAdds == vae.parameters.filter { $0.name.hasSuffix("weight") }.reduce(0) { $0 + $1.description.count })
    }

    @Test(arguments: Architecture.allCases) func everyBottleneckBuilds(_ architecture: Architecture) throws {
        for k in Architecture.bottlenecks {
            let model = try architecture.model(bottleneck: k), network = Network(model)
            #expect(model.outputCount == (architecture == .reader ? 10 : 1024))
            let latent: [Int]? = switch architecture {
            case .reader: nil
            case .conv: [k, 4, 4]
            default: [k]
            }
            #expect(model.latentShape == latent)
            #expect(model.isReader == (architecture == .reader) && model.isConditional == architecture.isConditional)
            #expect(model.isVariational == [.vae, .cvae, .convVAE, .convCVAE].contains(architecture))
            #expect((network.gaussian != nil) == model.isVariational)
            #expect(network.encoder.isEmpty == (architecture == .reader) && !network.decoder.isEmpty)
        }
    }

    /// Layers in their text, as a file lists them, give the same model.
    @Test(arguments: ModelCase.all) func survivesItsText(_ given: ModelCase) throws {
        let model = given.model
        let read = try model.layers.map { NamedLayer($0.name, try LayerText.parse($0.layer.text)) }
        let copy = try ModelDescription(architecture: model.architecture, bottleneck: model.bottleneck, classes: model.classes,
                                        inputShape: model.inputShape, layers: read)
        #expect(copy.layers.map(\.text) == model.layers.map(\.text) && copy.outputShapes == model.outputShapes)
        #expect(copy.parameters.map(\.description) == model.parameters.map(\.description))
    }

    @Test(arguments: ModelCase.all) func initialValues(_ given: ModelCase) {
        func values(_ seed: UInt64) -> [[Float]] {
            let network = Network(given.model)
            network.initialize(seed: seed)
            return network.parameters.map { Array($0.parameter.values) }
        }
        let first = values(1), network = Network(given.model)
        #expect(first == values(1))
        for (index, (name, parameter)) in network.parameters.enumerated() {
            switch parameter.description.initial {
            case .constant(let value): #expect(first[index].allSatisfy { $0 == value }, "\(name)")
            case .uniform(let bound):
                let shape = parameter.description.shape, layer = given.model.layers.first { name.hasPrefix("\($0.name).") }!.layer
                let weights = layer.parameters[0].shape, fan = weights[1...].reduce(1, *)
                #expect(bound == 1 / Float(fan).squareRoot(), "\(name)")
                #expect(first[index].allSatisfy { abs($0) <= bound } && first[index] != values(2)[index], "\(name)")
                // A thousand numbers from U(-b, b) come near both ends, and average out.
                guard shape.reduce(1, *) > 1000 else { continue }
                #expect(first[index].max()! > 0.98 * bound && first[index].min()! < -0.98 * bound, "\(name)")
                #expect(abs(first[index].reduce(0, +) / Float(first[index].count)) < 0.1 * bound, "\(name)")
            }
        }
    }
}
