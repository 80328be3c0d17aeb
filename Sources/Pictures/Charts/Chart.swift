/// One panel of a figure: it draws into an area, and axes and their text around it.
public protocol Chart: Sendable {
    /// What stands above the panel; empty for nothing.
    var title: String { get }
    /// The area that it is made for.
    var size: Size { get }
    /// What a legend says of it; the figure shows equal entries of several panels once.
    var legend: [LegendEntry] { get }
    /// The room that it takes around an area of its `size`.
    func insets(_ font: Font) -> Insets
    /// The marks, in the drawing's units.
    func marks(in area: Rectangle, _ font: Font) -> [Mark]
}

extension Chart {
    public var legend: [LegendEntry] { [] }
}

/// A line of a legend: a sample of what is drawn, and what it stands for.
public struct LegendEntry: Sendable, Equatable {
    public enum Sample: Sendable, Equatable {
        case symbol(Symbol)
        case line(Stroke, Symbol? = nil)
        case area(Color)
    }

    public let sample: Sample
    public let label: String

    public init(_ sample: Sample, _ label: String) { (self.sample, self.label) = (sample, label) }
}
