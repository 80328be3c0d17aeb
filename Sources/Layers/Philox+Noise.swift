import Tensors

extension Philox {
    /// Fills one block of `target` [k][16] with N(0, 1): image i of the sequence always gets the same k numbers.
    public func fillNormals(_ target: Activations, block: Int, firstImage: Int) {
        for feature in 0..<target.features {
            let row = target.row(feature, block: block)
            for quad in 0..<Lanes.count / 4 {
                // A counter serves 4 neighbouring images; batches begin at multiples of 16.
                let image = (firstImage + block * Lanes.count) / 4 + quad
                let four = normals(image * target.features + feature)
                for lane in 0..<4 { row[quad * 4 + lane] = four[lane] }
            }
        }
    }
}
