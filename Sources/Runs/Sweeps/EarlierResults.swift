import SystemFiles
import YAMLFiles

/// The rows that an earlier sweep left in a folder's results.json, by their file's name.
struct EarlierResults {
    let readerSeal: String?
    let rows: [String: Row]

    struct Row {
        let seal: String, accuracy: Double, sampledAccuracy: Double?, meanSquaredError: Double, seconds: Double?
    }

    /// Nothing where there is no such file. Throws `SystemError`, and `YAMLError` for one that no sweep wrote.
    init(_ folder: String) throws {
        let path = "\(folder)/results.json"
        guard FileIdentity(path) != nil else {
            (readerSeal, rows) = (nil, [:])
            return
        }
        let root = try YAMLFile.read(path, factor: 64).mapping("the results", keys: ["reader", "rows", "subspaces"])
        readerSeal = try root.required("reader").mapping("reader", keys: ["file", "accuracy", "seal"]).required("seal").text("seal")
        var rows: [String: Row] = [:]
        guard case .sequence(let items) = try root.required("rows").content else { throw root.node.error("rows are no list") }
        for item in items {
            guard case .mapping(let pairs) = item.content else { throw item.error("a row is no mapping") }
            let values = Dictionary(try pairs.map { (try $0.key.text("a key"), $0.value) }) { $1 }
            func number(_ key: String) throws -> Double? {
                guard let node = values[key], try node.text(key) != "null" else { return nil }
                return try node.number(key)
            }
            guard let file = try values["file"]?.text("file"), let seal = try values["seal"]?.text("seal"), let accuracy = try number("accuracy"),
                  let error = try number("test_mse") else { throw item.error("a row lacks file, seal, accuracy or test_mse") }
            rows[file] = Row(seal: seal, accuracy: accuracy, sampledAccuracy: try number("accuracy_sampled"), meanSquaredError: error, seconds: try number("seconds"))
        }
        self.rows = rows
    }
}
