import Layers
import Tensors

/// The principal components of a data set, and the network that projects onto them.
///
/// With x' = (x - mean) / scale, an image's latent is z = components x', and its reconstruction mean + scale (components' z).
public struct ComponentAnalysis: Sendable, Equatable {
    /// What `Architecture` is to trained networks.
    public static let architecture = "pca"
    /// The weights of the encoding layer [k, features] and of the decoding one [features, k]; `simple` calls them so too.
    public static let encoderWeight = "encoder.0.weight", decoderWeight = "decoder.0.weight"

    /// [features], in units of the network's input.
    public let mean: [Double]
    /// [features]: what standardised features were divided by; ones where they were not.
    public let scale: [Double]
    /// [k][features], unit vectors at right angles, by falling variance. Of each the number that is largest in size is positive.
    public let components: [Double]
    /// The variance of the standardised data along every component that was found, from the greatest; its divisor is `count` - 1. Up to 2,048 features, or of as
    /// many rows, these are all that there are.
    public let explainedVariance: [Double]
    /// The variance in all directions together.
    public let totalVariance: Double
    /// The data's rows.
    public let count: Int
    /// Whether features were divided by their standard deviations.
    public let isStandardized: Bool

    public init(mean: [Double], scale: [Double], components: [Double], explainedVariance: [Double], totalVariance: Double, count: Int,
                isStandardized: Bool) {
        precondition(scale.count == mean.count && components.count % mean.count == 0, "arrays of the same features")
        precondition(explainedVariance.count >= components.count / mean.count, "a variance for each component")
        (self.mean, self.scale, self.components) = (mean, scale, components)
        (self.explainedVariance, self.totalVariance) = (explainedVariance, totalVariance)
        (self.count, self.isStandardized) = (count, isStandardized)
    }

    public var features: Int { mean.count }
    /// The components that are kept, k.
    public var kept: Int { components.count / features }

    /// The part of the whole variance of every component that was found; zeros where there is none.
    public var explainedVarianceRatio: [Double] { explainedVariance.map { totalVariance > 0 ? $0 / totalVariance : 0 } }

    /// The layers of `simple`, under the same names: a linear encoder and a linear decoder.
    /// - Parameter inputShape: of as many numbers as there are features.
    public static func model(kept k: Int, inputShape: ImageShape) -> ModelDescription {
        let features = inputShape.count
        do {
            return try ModelDescription(architecture: architecture, bottleneck: k, classes: 0, inputShape: inputShape, layers: [
                NamedLayer("flatten", Flatten()), NamedLayer("encoder.0", Linear(features, k)), NamedLayer("z", Latent([k])),
                NamedLayer("decoder.0", Linear(k, features)), NamedLayer("image", Unflatten(inputShape.axes)),
            ])
        } catch {
            preconditionFailure("pca: \(error)")
        }
    }

    /// The network: encoder W = components / scale, b = -W mean; decoder W = scale components', b = mean.
    public func network(inputShape: ImageShape) -> Network {
        let network = Network(Self.model(kept: kept, inputShape: inputShape)), tensors = network.parameters.map(\.parameter.values)
        for component in 0..<kept {
            var offset = 0.0
            for feature in 0..<features {
                let value = components[component * features + feature], weight = Float(value / scale[feature])
                tensors[0][component * features + feature] = weight
                // From the weights as they are stored, so that the mean's own latent is zero.
                offset -= Double(weight) * mean[feature]
                tensors[2][feature * kept + component] = Float(value * scale[feature])
            }
            tensors[1][component] = Float(offset)
        }
        for feature in 0..<features { tensors[3][feature] = Float(mean[feature]) }
        return network
    }
}
