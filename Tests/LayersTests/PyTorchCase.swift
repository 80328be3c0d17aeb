import Foundation
import Layers
import TestSupport

/// A layer as Python makes it, on inputs of one shape: what PyTorch prints of it and what it computes, in float64, when the tests run.
struct PyTorchCase: Sendable, CustomStringConvertible {
    let text: String, input: [Int], images: Int
    /// Whether PyTorch prints all that the layer was made with.
    let isPrintedWhole: Bool

    init(_ text: String, _ input: [Int], _ images: Int = 19, isPrintedWhole: Bool = true) {
        (self.text, self.input, self.images, self.isPrintedWhole) = (text, input, images, isPrintedWhole)
    }

    var description: String { "\(text) of \(images) x \(input)" }

    /// What PyTorch gave. Tensors: the parameters before, `input`, `output`, `output_gradient`, `input_gradient`, "weight_gradient"..., the statistics after
    /// (`after_running_mean`...), and `evaluated`.
    struct Result: Decodable {
        let printed: String
        let tensors: [String: LayerCase.Tensor]
        subscript(_ name: String) -> LayerCase.Tensor { tensors[name]! }
    }

    static let all: [PyTorchCase] = linear + normalizations + activations + pools + resizing

    private static let linear = [
        PyTorchCase("Linear(7, 5, bias=False)", [7]), PyTorchCase("Linear(33, 18, bias=False)", [33], 40),
        PyTorchCase("Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2)", [4, 7, 9]),
        PyTorchCase("Conv2d(3, 3, 3, padding=1, groups=3, bias=False)", [3, 5, 4], 40), PyTorchCase("Conv2d(2, 5, 3, dilation=3, padding=3)", [2, 6, 7], 3),
        PyTorchCase("Conv2d(2, 3, (1, 4), stride=(3, 2))", [2, 8, 9]), PyTorchCase("Conv2d(6, 4, 1, groups=2, bias=False)", [6, 3, 3], 16),
        PyTorchCase("ConvTranspose2d(4, 6, (3, 2), stride=(2, 3), padding=(1, 0), output_padding=(1, 2), groups=2)", [4, 4, 3]),
        PyTorchCase("ConvTranspose2d(2, 3, 3, stride=2, dilation=2, output_padding=1)", [2, 3, 4], 40),
        PyTorchCase("ConvTranspose2d(3, 3, (2, 4), groups=3, bias=False)", [3, 4, 2], 3),
    ]

    private static let normalizations = [
        PyTorchCase("BatchNorm1d(6)", [6]), PyTorchCase("BatchNorm1d(4, affine=False)", [4, 3], 40),
        PyTorchCase("BatchNorm2d(3, eps=0.01, momentum=0.3)", [3, 4, 5]), PyTorchCase("BatchNorm2d(2, momentum=None, bias=False)", [2, 3, 3], 40),
        PyTorchCase("GroupNorm(2, 6)", [6, 5, 3]), PyTorchCase("GroupNorm(3, 6, eps=0.1, affine=False)", [6], 3), PyTorchCase("GroupNorm(4, 4)", [4, 7], 40),
        PyTorchCase("LayerNorm(11)", [11], 40), PyTorchCase("LayerNorm((3, 4))", [2, 3, 4]),
        PyTorchCase("LayerNorm([2, 3, 4], eps=0.001, elementwise_affine=False)", [2, 3, 4], 16), PyTorchCase("LayerNorm(5, bias=False)", [5], 3),
        PyTorchCase("InstanceNorm2d(3)", [3, 4, 5]), PyTorchCase("InstanceNorm2d(2, affine=True)", [2, 3, 3], 40),
    ]

    private static let activations = [
        "ReLU(inplace=True)", "LeakyReLU()", "LeakyReLU(0.2)", "LeakyReLU(-0.5)", "ELU()", "ELU(0.5)", "ELU(-0.5)", "GELU()", "GELU('tanh')", "GELU(approximate='none')",
        "SiLU()", "Tanh()", "Sigmoid()", "Softplus()", "Softplus(2, 3)", "Hardtanh()", "Hardtanh(0, 6)", "Dropout(0.0)", "Dropout(p=0)",
    ].enumerated().map { PyTorchCase($0.element, $0.offset % 2 == 0 ? [11] : [2, 3, 5], [3, 19, 40][$0.offset % 3]) }

    private static let pools = [
        PyTorchCase("MaxPool2d(2)", [3, 6, 4]), PyTorchCase("MaxPool2d(3, 2, 1)", [2, 7, 6], 40),
        PyTorchCase("MaxPool2d((3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), ceil_mode=True)", [2, 8, 5]),
        PyTorchCase("AvgPool2d(2)", [3, 6, 4], 3), PyTorchCase("AvgPool2d((3, 2), stride=2, padding=1, ceil_mode=True)", [2, 7, 6], isPrintedWhole: false),
        PyTorchCase("AvgPool2d(3, 1, 1, count_include_pad=False)", [2, 4, 3], 40, isPrintedWhole: false),
        PyTorchCase("AvgPool2d(2, divisor_override=3)", [1, 4, 4], isPrintedWhole: false),
        PyTorchCase("AdaptiveAvgPool2d(1)", [3, 5, 7]), PyTorchCase("AdaptiveAvgPool2d((None, 3))", [2, 5, 7], 40), PyTorchCase("AdaptiveAvgPool2d((7, 4))", [2, 5, 3], 3),
    ]

    private static let resizing = [
        PyTorchCase("Upsample(scale_factor=2)", [2, 3, 4]), PyTorchCase("Upsample((5, 7))", [3, 3, 3], 40), PyTorchCase("Upsample(scale_factor=(1.5, 0.7))", [2, 5, 6], 3),
        PyTorchCase("Upsample(scale_factor=2, mode='bilinear')", [2, 3, 4]), PyTorchCase("Upsample(scale_factor=(2.5, 1.3), mode='bilinear')", [1, 4, 7], 40),
        PyTorchCase("Upsample(size=(7, 4), mode='bilinear', align_corners=True)", [2, 4, 5], 3, isPrintedWhole: false),
        PyTorchCase("PixelShuffle(2)", [8, 3, 2]), PyTorchCase("PixelShuffle(3)", [9, 2, 2], 3),
        PyTorchCase("ZeroPad2d(2)", [2, 3, 4], 3), PyTorchCase("ZeroPad2d((1, 2, 0, 3))", [2, 2, 3]), PyTorchCase("ZeroPad2d((-1, 2, 1, -2))", [2, 4, 4], 40),
    ]

    /// Of every case, made once.
    static let results = Swift.Result { () throws -> [Result] in
        let scratch = try Scratch(), cases = all.map { ["text": $0.text, "shape": [$0.images] + $0.input] as [String: Any] }
        try JSONSerialization.data(withJSONObject: cases).write(to: URL(fileURLWithPath: scratch.path("cases.json")))
        return try JSONDecoder().decode([Result].self, from: Data(Python.oracle(script, in: scratch).utf8))
    }

    func result() throws -> Result { try Self.results.get()[Self.all.firstIndex { $0.description == description }!] }

    private static let script = """
        import json, torch
        from torch import nn
        torch.manual_seed(1)
        def draw(*shape, scale=1.0):
            return (torch.randn(*shape, dtype=torch.float64) * scale * 64).round() / 64
        def plain(tensor):
            return {"shape": list(tensor.shape), "values": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}
        def computed(text, shape):
            module = eval("nn." + text).double()
            with torch.no_grad():
                for parameter in module.parameters():
                    parameter.copy_(draw(*parameter.shape, scale=0.5))
            tensors = {name: parameter.detach().clone() for name, parameter in module.named_parameters()}
            x = (draw(*shape, scale=2) + 0.5).requires_grad_()
            y = module(x.clone())
            dy = draw(*y.shape)
            y.backward(dy)
            tensors |= {"input": x, "output": y, "output_gradient": dy, "input_gradient": x.grad}
            tensors |= {f"{name}_gradient": parameter.grad for name, parameter in module.named_parameters()}
            tensors |= {f"after_{name}": buffer.double() for name, buffer in module.named_buffers()}
            tensors["evaluated"] = module.eval()(x.detach().clone())
            return {"printed": str(module), "tensors": {name: plain(tensor) for name, tensor in tensors.items()}}
        print(json.dumps([computed(**case) for case in json.load(open("cases.json"))]))
        """
}
