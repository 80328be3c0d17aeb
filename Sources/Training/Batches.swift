import CKernels
import Images
import Layers
import Models
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
    func labels(_ batch: Int) -> [UInt8] {
        guard let labels = images.labels else { return [] }
        return range(batch).map { labels[index($0)] }
    }

    /// Writes this thread's part of a batch, pixels and labels, where the network reads them.
    func load(_ batch: Int, _ labels: [UInt8], _ workspace: Workspace, _ pass: Pass) {
        let range = range(batch), own = pass.part(of: ImageSet.pixelsPerImage)
        images.pixels.withUnsafeBufferPointer { pixels in
            for block in pass.ownBlocks {
                let first = range.lowerBound + block * Lanes.count
                withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>?.self, capacity: Lanes.count) { rows in
                    for lane in 0..<pass.images(inBlock: block) {
                        rows[lane] = pixels.baseAddress! + index(first + lane) * ImageSet.pixelsPerImage + own.lowerBound
                    }
                    Kernels.table.load_pixels(rows.baseAddress!, pass.images(inBlock: block), own.count,
                                              workspace.input.row(own.lowerBound, block: block))
                }
            }
        }
        guard workspace.network.description.isConditional, pass.leadsRuns else { return }
        labels.withUnsafeBufferPointer { labels in
            for block in pass.ownBlocks {
                let lanes = block * Lanes.count..<block * Lanes.count + pass.images(inBlock: block)
                workspace.setLabels(UnsafeBufferPointer(rebasing: labels[lanes]), block: block)
            }
        }
    }

    private func index(_ position: Int) -> Int { order.map { Int($0[position]) } ?? position }
}
