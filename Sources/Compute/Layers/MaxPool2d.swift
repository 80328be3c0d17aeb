import CKernels

/// The greatest number of each window, as torch.nn.MaxPool2d. The first of equal ones, row by row, has the gradient.
public struct MaxPool2d: LayerDescription {
    public static let type = "MaxPool2d"
    public let windows: PoolingWindows

    /// - Parameter stride: the kernel's size unless given.
    public init(_ kernelSize: Pair, stride: Pair? = nil, padding: Pair = 0, dilation: Pair = 1, ceilMode: Bool = false) {
        windows = PoolingWindows(kernelSize: kernelSize, stride: stride ?? kernelSize, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        let size = try arguments.pair("kernel_size"), stride = try arguments.pair("stride", default: size)
        let padding = try arguments.pair("padding", least: 0, default: 0), dilation = try arguments.pair("dilation", default: 1)
        try arguments.expect("return_indices", .boolean(false))
        let ceilMode = try arguments.boolean("ceil_mode", default: false)
        windows = try PoolingWindows(kernelSize: size, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode).checked(Self.type)
    }

    public var arguments: [LayerArgument] {
        [.pair(windows.kernelSize, "kernel_size"), .pair(windows.stride, "stride"), .pair(windows.padding, "padding"),
         .pair(windows.dilation, "dilation"), .boolean(windows.ceilMode, "ceil_mode")]
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { try windows.outputShape(of: input, Self.type) }

    public func operation(input: [Int]) -> (any Operation)? {
        PoolOperation(input: input, rows: positions(input[1], 0), columns: positions(input[2], 1), isMaximum: true)
    }

    /// Padding holds no numbers: a window's positions are those on the map.
    private func positions(_ size: Int, _ side: Int) -> [aek_window] {
        let step = windows.dilation.sides[side]
        return (0..<windows.count(size, side)).map { index in
            let start = index * windows.stride.sides[side] - windows.padding.sides[side]
            let first = start < 0 ? start + (step - 1 - start) / step * step : start
            return aek_window(first: Int32(first), end: Int32(min(start + windows.extent(side), size)), step: Int32(step), divisor: 1)
        }
    }
}
