import Layers
import Testing

struct LayerTextTests {
    @Test(arguments: ["Linear(1024, 128)", "Conv2d(1, 8, kernel_size=3, stride=2, padding=1, bias=False)",
                      "ConvTranspose2d(8, 1, kernel_size=3, stride=2, padding=1, output_padding=1, bias=True)",
                      "BatchNorm2d(8)", "ReLU()", "Sigmoid()", "Flatten()",
                      "Linear(3, 2, bias=False)", "Conv2d(4, 6, kernel_size=(3, 2), stride=1, padding=(1, 0), dilation=2, groups=2, bias=True)",
                      "ConvTranspose2d(4, 2, kernel_size=3, stride=(2, 1), padding=0, output_padding=(1, 0), groups=2, bias=False)",
                      "BatchNorm2d(8, eps=0.001, momentum=None, affine=True, bias=False)", "LayerNorm((5,), eps=1e-05, elementwise_affine=True)",
                      "AvgPool2d(kernel_size=2, stride=2, padding=1, ceil_mode=True, count_include_pad=False, divisor_override=3)", "Scale(0.25)", "Identity()",
                      "AdaptiveAvgPool2d(output_size=(None, 2))", "Upsample(scale_factor=2.0, mode='bilinear', align_corners=True)",
                      "Unflatten(2, 4, 4)", "ConcatLabels(10)", "Latent(2)", "Latent(2, 4, 4)", "Gaussian(2)"])
    func printsWhatItReads(_ text: String) throws { #expect(try LayerText.parse(text).text == text) }

    /// Names and places of arguments, and what may be left out, as in Python.
    @Test func arguments() throws {
        #expect(try LayerText.parse("Linear(out_features=3,in_features = 2)").text == "Linear(2, 3)")
        #expect(try LayerText.parse("Conv2d(1, 2, 3)").text == "Conv2d(1, 2, kernel_size=3, stride=1, padding=0, bias=True)")
        #expect(try LayerText.parse("ConvTranspose2d(1, 2, 3, 2, 1, 1)").text.contains("stride=2, padding=1, output_padding=1, bias=True"))
        #expect(try LayerText.parse("ReLU( )").text == "ReLU()")
        #expect(try LayerText.parse("ReLU(inplace=True)").text == "ReLU()")
        #expect(try LayerText.parse("Unflatten(1, (2, 3))").text == "Unflatten(2, 3)")
        #expect(try LayerText.parse("Unflatten(dim=1, unflattened_size=[2, 3, 4])").text == "Unflatten(2, 3, 4)")
        #expect(try LayerText.parse("Flatten(start_dim=1, end_dim=-1)").text == "Flatten()")
        #expect(try LayerText.parse("BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)").text == "BatchNorm2d(8)")
        #expect(try LayerText.parse("Conv2d(1, 2, (3, 3), dilation=(1, 1), groups=1, padding_mode='zeros')").text
            == "Conv2d(1, 2, kernel_size=3, stride=1, padding=0, bias=True)")
        #expect(try LayerText.parse("MaxPool2d(2, None)").text == "MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)")
    }

    @Test(arguments: [
        ("", "Type(arguments)"), ("Linear", "Type(arguments)"), ("Linear(1, 2", "Type(arguments)"),
        ("(", "Type(arguments)"), (")(", "Type(arguments)"),
        ("()", "no layer is called ''"), ("LSTM(1, 2)", "no layer is called 'LSTM'"), ("linear(1, 2)", "no layer is called 'linear'"),
        ("Linear(1)", "lacks out_features"), ("Linear()", "lacks in_features"), ("Linear(1, 2, True, 3)", "does not take 3"),
        ("Linear(1, 2, 3)", "bias must be True or False"), ("Sigmoid(inplace=True)", "does not take inplace=True"), ("Linear(1, 2, in_features=3)", "does not take in_features=3"),
        ("Linear(1, two)", "neither"), ("Linear(1, 2.5)", "must be an integer"), ("Linear(1,,2)", "neither"),
        ("Linear(1, True)", "must be an integer"), ("Conv2d(1, 1, 3, bias=1)", "True or False"),
        ("Linear(0, 1)", "not within"), ("Linear(-1, 1)", "not within"),
        ("Linear(1, 1048577)", "not within"), ("Linear(1, 99999999999999999999999999)", "must be an integer"), ("Linear(9223372036854775807, 1)", "not within"),
        ("Conv2d(1, 1, 16)", "kernel_size"), ("Conv2d(1, 1, 3, 0)", "stride"), ("Conv2d(1, 1, 3, 1, -1)", "padding"),
        ("Conv2d(1, 1, 3, 16)", "stride is 16"), ("ConvTranspose2d(1, 1, 3, 99)", "stride is 99"),
        ("ConvTranspose2d(1, 1, 3, 2, 1, 2)", "output_padding"), ("Unflatten()", "one to three"), ("Unflatten(1, 2, 3, 4)", "one to three"),
        ("Latent(x=3)", "lacks"),
        ("Dropout(1.5)", "p is 1.5, not within 0.0...1.0"), ("Dropout(-0.1)", "not within"), ("Dropout(p=nan)", "neither"), ("Dropout(1e999)", "neither"),
        ("Dropout(True)", "must be a number"), ("LeakyReLU(1e31)", "not within"), ("Softplus(beta=0)", "beta is 0.0"), ("Hardtanh(1, 1)", "below max_val"),
        ("GELU('exact')", "approximate is 'exact', not 'none' or 'tanh'"), ("GELU(tanh)", "neither"), ("Scale()", "lacks factor"),
        ("Conv2d(4, 6, 3, groups=4)", "groups is 4, which does not divide 6 channels"), ("ConvTranspose2d(3, 4, 3, groups=2)", "does not divide 3"),
        ("Conv2d(1, 1, (3, 3, 3))", "kernel_size has 3 numbers, not 2"), ("Conv2d(1, 1, ())", "has 0 numbers"), ("Conv2d(1, 1, (3,))", "has 1 numbers"),
        ("Conv2d(1, 1, ((3, 3), 3))", "neither"), ("Conv2d(1, 1, (3, True))", "must be an integer"), ("Conv2d(1, 1, (3, 16))", "kernel_size is 16"),
        ("Conv2d(1, 1, 3, padding='same')", "padding must be an integer"), ("Conv2d(1, 1, 3, padding_mode='reflect')", "padding_mode='zeros' alone"),
        ("Conv2d(1, 1, 3, dilation=0)", "dilation is 0"), ("Conv2d(1, 1, 3, groups=0)", "groups is 0"), ("Conv2d(1, 1, 3, stride=(1, 2, 3))", "stride has 3"),
        ("ConvTranspose2d(1, 1, 3, output_padding=(0, 1))", "below stride or dilation"), ("GroupNorm(3, 4)", "does not divide 4"), ("GroupNorm(4)", "num_channels"),
        ("LayerNorm((1, 2, 3, 4))", "has 4 numbers, not 1 to 3"), ("LayerNorm(())", "has 0 numbers"), ("LayerNorm((5, 0))", "is 0"),
        ("BatchNorm2d(3, track_running_stats=False)", "track_running_stats=True alone"), ("BatchNorm2d(3, momentum=2)", "not within"),
        ("BatchNorm1d(3, eps=-1)", "eps is -1.0"), ("InstanceNorm2d(3, track_running_stats=True)", "track_running_stats=False alone"),
        ("MaxPool2d(2, padding=2)", "more than half"), ("AvgPool2d((2, 4), padding=2)", "more than half"), ("MaxPool2d(2, return_indices=True)", "return_indices=False alone"),
        ("MaxPool2d(0)", "kernel_size is 0"), ("AvgPool2d(2, divisor_override=0)", "divisor_override is 0"), ("AdaptiveAvgPool2d()", "lacks output_size"),
        ("AdaptiveAvgPool2d((1, 2, 3))", "has 3 numbers"), ("AdaptiveAvgPool2d(0)", "is 0"), ("Upsample()", "either size or scale_factor"),
        ("Upsample(4, 2)", "either size or scale_factor"), ("Upsample(scale_factor=0)", "scale_factor is 0.0"), ("Upsample(scale_factor=1e9)", "not within"),
        ("Upsample(scale_factor=2, mode='bicubic')", "'nearest' or 'bilinear'"), ("Upsample(scale_factor=2, align_corners=True)", "goes with"),
        ("Upsample(size=(2, None))", "two integers"), ("PixelShuffle(0)", "upscale_factor is 0"), ("ZeroPad2d((1, 2))", "has 2 numbers, not 4"),
        ("Flatten(2)", "start_dim=1"), ("Unflatten(2, (3, 4))", "dim=1 alone"), ("Unflatten(1, (1, 2, 3, 4))", "has 4 numbers"), ("Identity(3)", "does not take 3"),
        ("Conv2d(1, 1, (3, 3)", "neither"), ("Conv2d(1, 1, 3))", "neither"), ("Linear(1, '\u{1b}[31m')", "must be an integer"),
        ("Linear(1, \u{1b}[31m)", "neither"), ("Line\nar(1, 2)", "no layer"), ("ReLU(a\nb=3)", "does not take"), ("Gaussian(\u{2028})", "neither"),
        ("ReLU(\(String(repeating: "x", count: 5000))=3)", "does not take"), (String(repeating: "é", count: 5000), "Type(arguments)"),
    ])
    func errorsAreOneLine(_ text: String, _ part: String) {
        let error = #expect(throws: LayerError.self) { _ = try LayerText.parse(text) }
        guard let message = error?.description else { return }
        #expect(message.contains(part), "\(message)")
        #expect(message.count < 400)
        #expect(message.unicodeScalars.allSatisfy { ![.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory) })
    }

    /// Shapes that a layer does not take are refused, and what it takes gives the shape that PyTorch gives.
    @Test func shapes() throws {
        func shape(_ text: String, _ input: [Int]) throws -> [Int] { try LayerText.parse(text).outputShape(of: input) }
        #expect(try shape("Conv2d(1, 8, 3, 2, 1)", [1, 32, 31]) == [8, 16, 16])
        #expect(try shape("ConvTranspose2d(8, 1, 3, 2, 1, 1)", [8, 16, 15]) == [1, 32, 30])
        #expect(try shape("Flatten()", [2, 3, 4]) == [24])
        #expect(try shape("Unflatten(2, 3, 4)", [24]) == [2, 3, 4])
        #expect(try shape("ConcatLabels(10)", [2]) == [12])
        // PyTorch's, for which there is no case in PyTorchCase.
        #expect(try shape("MaxPool2d(3, 2, ceil_mode=True)", [1, 5, 6]) == [1, 2, 3])
        #expect(try shape("Upsample(scale_factor=0.34)", [1, 3, 9]) == [1, 1, 3])
        for (text, input) in [("Conv2d(1, 1, 3, dilation=4)", [1, 8, 9]), ("BatchNorm1d(3)", [3, 2, 2]), ("GroupNorm(2, 4)", [3, 2, 2]), ("LayerNorm((2, 3))", [3]),
                              ("LayerNorm(4)", [4, 3]), ("InstanceNorm2d(3)", [3, 1, 1]), ("MaxPool2d(3)", [1, 2, 3]), ("AvgPool2d(2)", [4]), ("AdaptiveAvgPool2d(1)", [4]),
                              ("Upsample(scale_factor=0.3)", [1, 3, 3]), ("Upsample(scale_factor=2)", [4]), ("PixelShuffle(2)", [6, 2, 2]), ("ZeroPad2d((0, 0, -2, -2))", [1, 4, 4]),
                              ("Upsample(scale_factor=1048576)", [1, 1048576, 2]), ("Linear(2, 3)", [3]), ("Linear(2, 3)", [2, 1, 1]),
                              ("Conv2d(1, 1, 3)", [2, 8, 8]), ("Conv2d(1, 1, 9)", [1, 8, 8]), ("Conv2d(1, 1, 3)", [8]),
                              ("ConvTranspose2d(1, 1, 3, 1, 2)", [1, 2, 2]), ("BatchNorm2d(3)", [2, 4, 4]), ("Unflatten(2, 2)", [5]),
                              ("ConcatLabels(10)", [1, 2, 2]), ("Latent(2)", [3]), ("Gaussian(2)", [2])] {
            #expect(throws: LayerError.self, "\(text) of \(input)") { try shape(text, input) }
        }
    }
}
