import HDF5Reader
import Networks

extension ModelRecord {
    /// The statistics of every tensor of a network that `description` gave, in its order, numbers that are not finite included: for those who
    /// look for what is wrong. Takes memory for one tensor at a time.
    ///
    /// Throws `HDF5Error` for a tensor that is missing, has another type or shape, or is damaged.
    public static func statistics(_ model: ModelDescription, of root: StoredGroup) throws -> [(name: String, shape: [Int], statistics: TensorStatistics)] {
        let weights = try root.group("model/weights")
        return try model.parameters.map { name, parameter in
            if parameter.role == .counter {
                return (name, parameter.shape, TensorStatistics(try weights.values(name, shape: [], as: Int64.self)[0]))
            }
            let values: [Float] = try weights.values(name, shape: parameter.shape)
            return (name, parameter.shape, values.withUnsafeBufferPointer { TensorStatistics($0) })
        }
    }
}
