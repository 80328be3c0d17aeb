/// A run of a sweep, as its results.json has it.
public struct PageRow: Sendable {
    /// The heading of the table that it stands in.
    public let table: String
    /// aekit's name of the network: `conv-vae`.
    public let model: String
    public let bottleneck: Int
    /// Nil where the loss has no such weight.
    public let klWeight: Double?, reconstructionWeight: Double?
    public let seed: UInt64?
    /// Percent of the test images that the reader reads right in the reconstructions, with z = mu; and with z sampled, where the network samples.
    public let accuracy: Double, sampledAccuracy: Double?
    /// What the report reached, percent; nil where it has no such row.
    public let reportAccuracy: Double?
    /// The mean squared error of the reconstructions of the test images, a pixel.
    public let testError: Double
    /// Seconds of training; nil where they are not known.
    public let seconds: Double?
    /// The model file's name in the sweep's folder.
    public let file: String

    public init(table: String, model: String, bottleneck: Int, klWeight: Double?, reconstructionWeight: Double?, seed: UInt64?, accuracy: Double, sampledAccuracy: Double?,
                reportAccuracy: Double?, testError: Double, seconds: Double?, file: String) {
        (self.table, self.model, self.bottleneck, self.seed) = (table, model, bottleneck, seed)
        (self.klWeight, self.reconstructionWeight) = (klWeight, reconstructionWeight)
        (self.accuracy, self.sampledAccuracy, self.reportAccuracy) = (accuracy, sampledAccuracy, reportAccuracy)
        (self.testError, self.seconds, self.file) = (testError, seconds, file)
    }
}

/// A network that a figure shows, whatever its seed.
public struct ReportModel: Sendable, Equatable {
    public let model: String
    public let bottleneck: Int
    /// Nil for any.
    public let klWeight: Double?

    public init(_ model: String, _ bottleneck: Int, kl klWeight: Double? = nil) {
        (self.model, self.bottleneck, self.klWeight) = (model, bottleneck, klWeight)
    }

    /// Whether a row is one of its runs.
    public func matches(_ row: PageRow) -> Bool {
        row.model == model && row.bottleneck == bottleneck && (klWeight == nil || klWeight == row.klWeight)
    }
}
