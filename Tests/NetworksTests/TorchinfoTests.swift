import Layers
import Networks
import Tensors
import TestSupport
import Testing

/// torchinfo's totals of networks of layers that the report's have none of, beside its own.
struct TorchinfoTests {
    @Test(arguments: [
        ["Conv2d(2, 6, (3, 1), padding=(1, 0), dilation=(1, 2), groups=2, bias=False)", "GroupNorm(2, 6)", "SiLU()", "MaxPool2d(2)", "Dropout(0.25)",
         "InstanceNorm2d(6, affine=True)", "Upsample(scale_factor=2)", "ZeroPad2d(1)", "ConvTranspose2d(6, 4, 3, stride=(2, 1), groups=2)", "PixelShuffle(2)", "Identity()",
         "AdaptiveAvgPool2d((4, 2))", "LayerNorm((4, 2))"],
        ["Flatten()", "Linear(128, 12, bias=False)", "BatchNorm1d(12)", "GELU()", "Linear(12, 8)", "LayerNorm(8)", "BatchNorm1d(8, affine=False)", "Softplus()"],
    ])
    func totals(_ texts: [String]) throws {
        let layers = try texts.enumerated().map { NamedLayer("net.\($0.offset)", try LayerText.parse($0.element)) }
        let model = try ModelDescription(architecture: "test", bottleneck: 0, classes: 0, inputShape: ImageShape(channels: 2, height: 8, width: 8), layers: layers)
        let summary = TorchinfoSummary(model, images: 4), types = summary.rows.map(\.type).dropFirst(2)
        let printed = try Python.oracle("""
            import torchinfo
            from torch import nn
            network = nn.Sequential(*[eval("nn." + text) for text in sys.argv[1:]])
            summary = torchinfo.summary(network, input_size=(4, 2, 8, 8), verbose=0)
            print(summary.total_params, summary.total_mult_adds, summary.total_output_bytes, *[layer.class_name for layer in summary.summary_list[1:]])
            """, texts)
        #expect("\(summary.parameters) \(summary.multiplyAdds) \(summary.passBytes) \(types.joined(separator: " "))\n" == printed)
    }
}
