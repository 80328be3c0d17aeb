import NetworkFiles
import Networks
import Requests

extension TrainingRequest {
    /// Takes what `--model` names: a network, or a YAML file that describes one. Throws `SystemError` or `YAMLError` for a file.
    public mutating func choose(_ name: String) throws {
        guard NetworkFile.isFile(name) else { return model = name }
        let description = try NetworkFile.read(name)
        (network, model) = (description, description.architecture)
    }
}
