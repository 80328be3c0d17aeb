import ArgumentParser
import Images
import ModelFiles
import Optimization

// What the command line makes of a library's choices.

extension Split: ExpressibleByArgument {}
extension Recipe: ExpressibleByArgument {}
extension TrainingOptions.Noise: ExpressibleByArgument {}
extension Recording: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// A number from the command line or a file, with nothing around it. Nil for anything else, for NaN and for numbers beyond Float's range.
public func finiteNumber(_ text: some StringProtocol) -> Float? {
    guard let value = Float(NegativeNumbers.restore(String(text))), value.isFinite else { return nil }
    return value
}
