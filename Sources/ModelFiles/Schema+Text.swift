extension Schema {
    /// The machine-readable schema, which every file carries a copy of: `Schemas/aekit-1.0.json`.
    static let text = #"""
        {"format": "aekit", "schema_version": "1.0"}
        """#
}
