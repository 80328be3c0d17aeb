import Tensors

extension Philox {
    /// Fills one block of `target` [k][16] with N(0, 1): image i of the sequence always gets the same k numbers.
    public func fillNormals(_ target: Activations, block: Int, firstImage: Int) {
        let images = firstImage + block * Lanes.count..<firstImage + (block + 1) * Lanes.count
        for feature in 0..<target.features {
            let row = target.row(feature, block: block)
            // A counter serves 4 neighbouring images.
            for quad in images.lowerBound / 4...(images.upperBound - 1) / 4 {
                let four = normals(quad * target.features + feature)
                for image in images.clamped(to: quad * 4..<quad * 4 + 4) { row[image - images.lowerBound] = four[image % 4] }
            }
        }
    }
}
