import CKernels
import Images
import Layers
import Networks
import Tensors

/// The images of a data set in the order in which an epoch takes them, batch by batch.
struct Batches {
    let images: ImageSet
    let size: Int
    /// The images' order; nil for that of the file.
    let order: [Int32]?

    var count: Int { (images.count + size - 1) / size }

    func range(_ batch: Int) -> Range<Int> { batch * size..<min((batch + 1) * size, images.count) }

    /// The labels of a batch, in its order; empty where the data have none.
    func labels(_ batch: Int) -> [UInt16] {
        guard let labels = images.labels else { return [] }
        return range(batch).map { labels[index($0)] }
    }

    /// Writes this thread's blocks of a batch, pixels and labels, where the network reads them.
    func load(_ batch: Int, _ labels: [UInt16], _ workspace: Workspace, _ pass: Pass) {
        for block in pass.ownBlocks {
            let first = range(batch).lowerBound + block * Lanes.count, target = workspace.input.row(block: block)
            let indices = (0..<pass.images(inBlock: block)).map { index(first + $0) }
            switch images.values {
            case .bytes(let bytes): load(bytes, indices, target)
            case .floats(let floats): load(floats, indices, target)
            }
        }
        guard workspace.network.description.isConditional else { return }
        labels.withUnsafeBufferPointer { labels in
            for block in pass.ownBlocks {
                let lanes = block * Lanes.count..<block * Lanes.count + pass.images(inBlock: block)
                workspace.setLabels(UnsafeBufferPointer(rebasing: labels[lanes]), block: block)
            }
        }
    }

    private func load(_ bytes: [UInt8], _ indices: [Int], _ target: UnsafeMutablePointer<Float>) {
        let size = images.shape.count
        bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>?.self, capacity: Lanes.count) { rows in
                for (lane, index) in indices.enumerated() { rows[lane] = bytes.baseAddress! + index * size }
                Kernels.table.load_pixels(rows.baseAddress!, indices.count, size, target)
            }
        }
    }

    private func load(_ floats: [Float], _ indices: [Int], _ target: UnsafeMutablePointer<Float>) {
        let size = images.shape.count
        floats.withUnsafeBufferPointer { floats in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: indices.count * size) { rows in
                for (lane, index) in indices.enumerated() { (rows.baseAddress! + lane * size).update(from: floats.baseAddress! + index * size, count: size) }
                Kernels.table.load_images(rows.baseAddress!, indices.count, size, target)
            }
        }
    }

    private func index(_ position: Int) -> Int { order.map { Int($0[position]) } ?? position }
}
