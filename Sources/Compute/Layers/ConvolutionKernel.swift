import CKernels

/// What `Conv2d` and `ConvTranspose2d` have in common: how a kernel lies on a map, along both sides, and the groups that the channels are parted into.
public struct ConvolutionKernel: Sendable, Hashable {
    public let size: Pair, stride: Pair, padding: Pair, dilation: Pair
    public let groups: Int

    /// Along one side of the maps.
    struct Side {
        let size: Int, stride: Int, padding: Int, dilation: Int
        /// The positions from the first tap to the last.
        var extent: Int { dilation * (size - 1) + 1 }
    }

    /// Rows, then columns.
    var sides: [Side] {
        (0..<2).map { Side(size: size.sides[$0], stride: stride.sides[$0], padding: padding.sides[$0], dilation: dilation.sides[$0]) }
    }

    /// The kernel's taps.
    var area: Int { size.height * size.width }

    /// What is always written, and what only where it is not the default.
    var arguments: [LayerArgument] { [.pair(size, "kernel_size"), .pair(stride, "stride"), .pair(padding, "padding")] }
    var rareArguments: [LayerArgument] { (dilation == 1 ? [] : [.pair(dilation, "dilation")]) + (groups == 1 ? [] : [.integer(groups, "groups")]) }

    var sizeText: String { LayerArgument.pair(size, "kernel_size").text + (dilation == 1 ? "" : " and " + LayerArgument.pair(dilation, "dilation").text) }
    var paddingText: String { LayerArgument.pair(padding, "padding").text }

    /// Weights between a small map's channels and a large one's and, where wanted, a bias of the map that comes out: bound 1/sqrt(fan_in), fan_in being
    /// the weights of one first index, as PyTorch computes it for both directions.
    func parameters(small: Int, large: Int, out: Int, bias: Bool) -> [ParameterDescription] {
        let shape = [small, large / groups, size.height, size.width]
        let bound = ParameterDescription.Initial.uniform(bound: 1 / Float(shape[1] * area).squareRoot())
        let weight = ParameterDescription("weight", shape, initial: bound)
        return bias ? [weight, ParameterDescription("bias", [out], initial: bound)] : [weight]
    }

    /// The kernels' view of one group, between maps [channels, height, width].
    func geometry(large: [Int], small: [Int]) -> aek_convolution {
        func size(_ value: Int) -> Int32 { Int32(value) }
        return aek_convolution(
            large_channels: size(large[0] / groups), large_height: size(large[1]), large_width: size(large[2]),
            small_channels: size(small[0] / groups), small_height: size(small[1]), small_width: size(small[2]),
            kernel_height: size(self.size.height), kernel_width: size(self.size.width), stride_height: size(stride.height),
            stride_width: size(stride.width), padding_height: size(padding.height), padding_width: size(padding.width),
            dilation_height: size(dilation.height), dilation_width: size(dilation.width))
    }
}

extension ArgumentList {
    /// A kernel's size or its stride, of which the convolutions keep tables.
    mutating func extent(_ name: String, default fallback: Pair? = nil) throws(LayerError) -> Pair {
        let extent = try pair(name, default: fallback), largest = max(extent.height, extent.width)
        guard largest <= Int(AEK_KERNEL_MAX) else { throw LayerError("\(name) is \(largest), above \(AEK_KERNEL_MAX)") }
        return extent
    }

    mutating func groups(of channels: [Int]) throws(LayerError) -> Int {
        let groups = try integer("groups", default: 1)
        guard let odd = channels.first(where: { $0 % groups != 0 }) else { return groups }
        throw LayerError("groups is \(groups), which does not divide \(odd) channels")
    }
}
