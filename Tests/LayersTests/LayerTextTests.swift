import Layers
import Testing

struct LayerTextTests {
    @Test(arguments: ["Linear(1024, 128)", "Conv2d(1, 8, kernel_size=3, stride=2, padding=1, bias=False)",
                      "ConvTranspose2d(8, 1, kernel_size=3, stride=2, padding=1, output_padding=1, bias=True)",
                      "BatchNorm2d(8)", "ReLU()", "Sigmoid()", "Flatten()",
                      "Unflatten(2, 4, 4)", "ConcatLabels(10)", "Latent(2)", "Latent(2, 4, 4)", "Gaussian(2)"])
    func printsWhatItReads(_ text: String) throws { #expect(try LayerText.parse(text).text == text) }

    /// Names and places of arguments, and what may be left out, as in Python.
    @Test func arguments() throws {
        #expect(try LayerText.parse("Linear(out_features=3,in_features = 2)").text == "Linear(2, 3)")
        #expect(try LayerText.parse("Conv2d(1, 2, 3)").text == "Conv2d(1, 2, kernel_size=3, stride=1, padding=0, bias=True)")
        #expect(try LayerText.parse("ConvTranspose2d(1, 2, 3, 2, 1, 1)").text.contains("stride=2, padding=1, output_padding=1, bias=True"))
        #expect(try LayerText.parse("ReLU( )").text == "ReLU()")
    }

    @Test(arguments: [
        ("", "Type(arguments)"), ("Linear", "Type(arguments)"), ("Linear(1, 2", "Type(arguments)"),
        ("(", "Type(arguments)"), (")(", "Type(arguments)"),
        ("()", "no layer is called ''"), ("LSTM(1, 2)", "no layer is called 'LSTM'"), ("linear(1, 2)", "no layer is called 'linear'"),
        ("Linear(1)", "lacks out_features"), ("Linear()", "lacks in_features"), ("Linear(1, 2, 3)", "does not take 3"),
        ("ReLU(inplace=True)", "does not take inplace=True"), ("Linear(1, 2, in_features=3)", "does not take in_features=3"),
        ("Linear(1, two)", "neither"), ("Linear(1, 2.5)", "neither"), ("Linear(1,,2)", "neither"),
        ("Linear(1, True)", "must be an integer"), ("Conv2d(1, 1, 3, bias=1)", "True or False"),
        ("Linear(0, 1)", "not within"), ("Linear(-1, 1)", "not within"),
        ("Linear(1, 1048577)", "not within"), ("Linear(1, 99999999999999999999999999)", "neither"), ("Linear(9223372036854775807, 1)", "not within"),
        ("Conv2d(1, 1, 16)", "kernel_size"), ("Conv2d(1, 1, 3, 0)", "stride"), ("Conv2d(1, 1, 3, 1, -1)", "padding"),
        ("Conv2d(1, 1, 3, 16)", "stride is 16"), ("ConvTranspose2d(1, 1, 3, 99)", "stride is 99"),
        ("ConvTranspose2d(1, 1, 3, 2, 1, 2)", "output_padding"), ("Unflatten()", "one to three"), ("Unflatten(1, 2, 3, 4)", "one to three"),
        ("Latent(x=3)", "lacks"),
        ("Linear(1, \u{1b}[31m)", "neither"), ("Line\nar(1, 2)", "no layer"), ("ReLU(a\nb=3)", "does not take"), ("Gaussian(\u{2028})", "neither"),
        ("ReLU(\(String(repeating: "x", count: 5000))=3)", "does not take"), (String(repeating: "é", count: 5000), "Type(arguments)"),
    ])
    func errorsAreOneLine(_ text: String, _ part: String) {
        let error = #expect(throws: LayerError.self) { _ = try LayerText.parse(text) }
        guard let message = error?.description else { return }
        #expect(message.contains(part), "\(message)")
        #expect(message.count < 250)
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
        for (text, input) in [("Linear(2, 3)", [3]), ("Linear(2, 3)", [2, 1, 1]),
                              ("Conv2d(1, 1, 3)", [2, 8, 8]), ("Conv2d(1, 1, 9)", [1, 8, 8]), ("Conv2d(1, 1, 3)", [8]),
                              ("ConvTranspose2d(1, 1, 3, 1, 2)", [1, 2, 2]), ("BatchNorm2d(3)", [2, 4, 4]), ("Unflatten(2, 2)", [5]),
                              ("ConcatLabels(10)", [1, 2, 2]), ("Latent(2)", [3]), ("Gaussian(2)", [2])] {
            #expect(throws: LayerError.self, "\(text) of \(input)") { try shape(text, input) }
        }
    }
}
