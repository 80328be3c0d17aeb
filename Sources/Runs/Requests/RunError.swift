/// An option of a run, by its key in a plan: what the command line calls `--learning-rate` is `learning_rate` there.
public enum RunOption: String, Sendable, CaseIterable {
    case model, bottleneck, size, channels, epochs, batchSize = "batch_size", learningRate = "learning_rate"
    case klWeight = "kl_weight", reconstructionWeight = "reconstruction_weight"
    case seed, noShuffle = "no_shuffle", noise, record, recipe, limit, threads, standardize
    case initial = "init", resume, force, data, output

    /// The key of a plan.
    public var key: String { rawValue }
    /// The flag of a command line.
    public var flag: String { "--" + String(rawValue.map { $0 == "_" ? "-" : $0 }) }
}

/// Why a run cannot be: what is asked of it, or what it is to be done with, does not fit. It says which options it speaks of; who tells the user words
/// them as flags or as a plan's keys.
public struct RunError: Error, Sendable {
    public enum Kind: Sendable {
        /// What is asked for cannot be done.
        case request
        /// A file or a data set is not what the run needs.
        case badData
        /// A file that may not be replaced stands at the output.
        case exists
    }

    public let kind: Kind
    public let message: Message

    public init(_ kind: Kind, _ message: Message) { (self.kind, self.message) = (kind, message) }

    /// What cannot be asked for.
    public static func request(_ message: Message) -> RunError { RunError(.request, message) }
    public static func badData(_ message: Message) -> RunError { RunError(.badData, message) }

    /// One line, in which `name` words the options.
    public func text(_ name: (RunOption) -> String) -> String {
        message.parts.map { part in
            switch part {
            case .text(let text): text
            case .option(let option): name(option)
            }
        }.joined()
    }

    /// Text with options in it: `"\(.epochs) is 0"`.
    public struct Message: Sendable, ExpressibleByStringInterpolation {
        enum Part: Sendable {
            case text(String), option(RunOption)
        }

        let parts: [Part]

        public init(stringLiteral value: String) { parts = [.text(value)] }
        public init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

        public struct Interpolation: StringInterpolationProtocol {
            var parts: [Part] = []

            public init(literalCapacity: Int, interpolationCount: Int) {}
            public mutating func appendLiteral(_ literal: String) { parts.append(.text(literal)) }
            public mutating func appendInterpolation(_ option: RunOption) { parts.append(.option(option)) }
            public mutating func appendInterpolation(_ message: Message) { parts += message.parts }
            public mutating func appendInterpolation(_ value: some CustomStringConvertible) { parts.append(.text(value.description)) }
        }
    }
}

extension RunError: CustomStringConvertible {
    /// In the words of a plan.
    public var description: String { text(\.key) }
}
