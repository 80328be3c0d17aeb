/// What a training run keeps in its file besides weights and history.
public struct Recording: Sendable, Equatable, CustomStringConvertible {
    /// The latents of the test split at the end of the run: /latents/test.
    public var finalLatents: Bool
    /// Of every epoch, under /epochs/NNN.
    public var epochs: Set<Part>

    public enum Part: String, CaseIterable, Sendable {
        case latents, reconstructions, weights
    }

    /// The latents of the test split at the end, and nothing of single epochs.
    public static let final = Recording(finalLatents: true, epochs: [])
    public static let none = Recording(finalLatents: false, epochs: [])

    public init(finalLatents: Bool, epochs: Set<Part>) { (self.finalLatents, self.epochs) = (finalLatents, epochs) }

    /// `final`, `none`, or parts separated by commas; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "final": self = .final
        case "none": self = .none
        default:
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Part(rawValue: String($0)) }
            guard parts.allSatisfy({ $0 != nil }) else { return nil }
            self.init(finalLatents: true, epochs: Set(parts.compactMap { $0 }))
        }
    }

    /// Every description that there is.
    static let texts: [String] = (1..<1 << Part.allCases.count).reduce(into: [Recording.none.description, Recording.final.description]) { texts, bits in
        let parts = Part.allCases.indices.filter { bits >> $0 & 1 == 1 }.map { Part.allCases[$0] }
        texts.append(Recording(finalLatents: true, epochs: Set(parts)).description)
    }

    public var description: String {
        if epochs.isEmpty { return finalLatents ? "final" : "none" }
        return Part.allCases.filter(epochs.contains).map(\.rawValue).joined(separator: ",")
    }
}
