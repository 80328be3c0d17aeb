import CKernels

/// The mean of each window, as torch.nn.AvgPool2d: its sum over the numbers on the map, divided by the window's size with padding (without, where
/// `count_include_pad` is false), or by `divisor_override`.
public struct AvgPool2d: LayerDescription {
    public static let type = "AvgPool2d"
    public let windows: PoolingWindows, countIncludesPadding: Bool, divisor: Int?

    /// - Parameter stride: the kernel's size unless given.
    public init(_ kernelSize: Pair, stride: Pair? = nil, padding: Pair = 0, ceilMode: Bool = false, countIncludesPadding: Bool = true,
                divisor: Int? = nil) {
        windows = PoolingWindows(kernelSize: kernelSize, stride: stride ?? kernelSize, padding: padding, dilation: 1, ceilMode: ceilMode)
        (self.countIncludesPadding, self.divisor) = (countIncludesPadding, divisor)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        let size = try arguments.pair("kernel_size"), stride = try arguments.pair("stride", default: size)
        let padding = try arguments.pair("padding", least: 0, default: 0), ceilMode = try arguments.boolean("ceil_mode", default: false)
        countIncludesPadding = try arguments.boolean("count_include_pad", default: true)
        divisor = try arguments.optionalInteger("divisor_override")
        windows = try PoolingWindows(kernelSize: size, stride: stride, padding: padding, dilation: 1, ceilMode: ceilMode).checked(Self.type)
    }

    /// What PyTorch does not print follows where it is not the default.
    public var arguments: [LayerArgument] {
        [.pair(windows.kernelSize, "kernel_size"), .pair(windows.stride, "stride"), .pair(windows.padding, "padding")]
            + (windows.ceilMode ? [.boolean(true, "ceil_mode")] : []) + (countIncludesPadding ? [] : [.boolean(false, "count_include_pad")])
            + (divisor.map { [.integer($0, "divisor_override")] } ?? [])
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { try windows.outputShape(of: input, Self.type) }

    public func operation(input: [Int]) -> (any Operation)? {
        PoolOperation(input: input, rows: positions(input[1], 0), columns: positions(input[2], 1), isMaximum: false)
    }

    /// A divisor of its own stands in the rows alone.
    private func positions(_ size: Int, _ side: Int) -> [aek_window] {
        (0..<windows.count(size, side)).map { index in
            let padding = windows.padding.sides[side], start = index * windows.stride.sides[side] - padding
            let padded = min(start + windows.kernelSize.sides[side], size + padding), first = max(start, 0), end = min(padded, size)
            let count = divisor.map { side == 0 ? $0 : 1 } ?? (countIncludesPadding ? padded - start : end - first)
            return aek_window(first: Int32(first), end: Int32(end), step: 1, divisor: Float(count))
        }
    }
}
