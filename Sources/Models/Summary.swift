import Layers

/// A network in torchinfo's terms (version 1.8), of which the report shows three tables.
public struct TorchinfoSummary {
    public let parameters: Int, multiplyAdds: Int
    /// Bytes of the input, of the activations forward and backward, and of the parameters, all float32.
    public let inputBytes: Int, passBytes: Int, parameterBytes: Int

    /// Torchinfo counts a layer's parameters, biases and all, once an image, and for convolutions once an output position; so it counts a
    /// ConvTranspose2d at the output's resolution, where the report's network has 1.95 million multiply-adds for four images but does 0.77.
    /// Its activations are the outputs of layers with parameters, twice.
    public init(_ model: ModelDescription, images: Int) {
        var adds = 0, outputs = 0
        for (index, named) in model.layers.enumerated() where named.layer.parameterCount > 0 {
            let shape = model.outputShapes[index]
            let positions = named.layer is Conv2d || named.layer is ConvTranspose2d ? shape[1] * shape[2] : 1
            adds += images * named.layer.parameterCount * positions
            outputs += shape.reduce(1, *)
        }
        parameters = model.parameterCount
        multiplyAdds = adds
        inputBytes = images * model.inputCount * 4
        passBytes = 2 * 4 * images * outputs
        parameterBytes = 4 * parameters
    }
}
