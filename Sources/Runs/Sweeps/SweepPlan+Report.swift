import YAMLFiles

extension SweepPlan {
    /// The report's experiment: its 25 rows with the accuracies that it reached, principal components beside them, and the networks of its figures 11, 16 and 17.
    public static let report = """
        epochs: 10
        seeds: 0
        runs:
          - {table: "Auto-encoders", model: ae, bottleneck: [2, 3, 4], report_accuracy: [78.11, 82.94, 86.42]}
          - {table: "Auto-encoders", model: conv, bottleneck: [2, 3, 4], report_accuracy: [91.78, 95.37, 96.31]}
          - {table: "Auto-encoders", model: simple, bottleneck: [2, 3, 4], report_accuracy: [36.86, 39.12, 48.33]}
          - {table: "Variational, bottleneck 4", model: conv-vae, bottleneck: 4, kl_weight: [0.75, 1, 1.25, 1.5], report_accuracy: [71.19, 71.07, 71.44, 22.80]}
          - {table: "Variational, bottleneck 4", model: vae, bottleneck: 4, kl_weight: [0.75, 1, 1.25, 1.5], report_accuracy: [83.52, 84.98, 84.99, 25.10]}
          - {table: "Variational, bottleneck 3", model: conv-vae, bottleneck: 3, kl_weight: [0.75, 1, 1.25, 1.5], report_accuracy: [62.25, 63.86, 64.02, 63.62]}
          - {table: "Variational, bottleneck 3", model: vae, bottleneck: 3, kl_weight: [0.75, 1, 1.25, 1.5], report_accuracy: [78.46, 84.32, 84.54, 85.39]}
          - {table: "Principal components", model: pca, bottleneck: [2, 3, 4]}
          - {table: "Figure 11", model: vae, bottleneck: 2, kl_weight: [1, 50]} # 50: almost all weight on the KL divergence
          - {table: "Figures 16 and 17", model: cvae, bottleneck: 2}
          - {table: "Figures 16 and 17", model: conv-cvae, bottleneck: 2}

        """

    /// What the command line calls it.
    public static let reportName = "report"

    /// The plan that the command line names: `report`, or a file. Throws as `init` does.
    public static func named(_ name: String, _ overrides: Overrides) throws -> SweepPlan {
        try name == reportName ? SweepPlan(YAMLFile.parse(Array(report.utf8), path: reportName), overrides) : SweepPlan(name, overrides)
    }
}
