import CKernels
import Images
import Layers
import Networks
import Tensors

/// The images of a data set in the order in which an epoch takes them, batch by batch.
struct Batches {
    let images: PreparedImages
    let size: Int
    /// The images' order; nil for that of the file.
    let order: [Int32]?
    /// What went wrong where images are read in place.
    let failure = FirstError()

    var count: Int { (images.count + size - 1) / size }

    func range(_ batch: Int) -> Range<Int> { batch * size..<min((batch + 1) * size, images.count) }

    /// The labels of a batch, in its order; empty where the data have none.
    func labels(_ batch: Int) -> [UInt16] {
        guard let labels = images.labels else { return [] }
        return range(batch).map { labels[index($0)] }
    }

    /// Writes this thread's part of a batch, pixels and labels, where the network reads them. Where reading fails, they are black, and `failure` says why.
    func load(_ batch: Int, _ labels: [UInt16], _ workspace: Workspace, _ pass: Pass) {
        let own = pass.part(of: images.shape.count)
        for block in pass.ownBlocks {
            let first = range(batch).lowerBound + block * Lanes.count, target = workspace.input.row(own.lowerBound, block: block)
            let indices = (0..<pass.images(inBlock: block)).map { index(first + $0) }
            load(indices, own, target)
        }
        guard workspace.network.description.isConditional, pass.leadsRuns else { return }
        labels.withUnsafeBufferPointer { labels in
            for block in pass.ownBlocks {
                let lanes = block * Lanes.count..<block * Lanes.count + pass.images(inBlock: block)
                workspace.setLabels(UnsafeBufferPointer(rebasing: labels[lanes]), block: block)
            }
        }
    }

    /// The numbers `own` of some images. Of those in place each thread reads all, for they may have to be resized.
    private func load(_ indices: [Int], _ own: Range<Int>, _ target: UnsafeMutablePointer<Float>) {
        let size = images.shape.count
        switch images.values {
        case .memory(.bytes(let bytes)):
            bytes.withUnsafeBufferPointer { bytes in loadBytes(indices.map { bytes.baseAddress! + $0 * size }, own, target) }
        case .memory(.floats(let floats)):
            floats.withUnsafeBufferPointer { floats in
                loadFloats(indices.count, own, target) { lane, row in row.update(from: floats.baseAddress! + indices[lane] * size, count: size) }
            }
        case .stored(let stored) where stored.isFloat:
            loadFloats(indices.count, own, target) { lane, row in read(row) { try stored.read(indices[lane]..<indices[lane] + 1, into: row) } }
        case .stored(let stored):
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: indices.count * size) { rows in
                let rows = indices.indices.map { rows.baseAddress! + $0 * size }
                for (row, index) in zip(rows, indices) { read(row) { try stored.read(index..<index + 1, into: row) } }
                loadBytes(rows.map { UnsafePointer($0) }, own, target)
            }
        }
    }

    /// Reads an image to `row`; where that fails it is black.
    private func read<Number: Numeric>(_ row: UnsafeMutablePointer<Number>, _ body: () throws -> Void) {
        if failure.noting(body) == nil { row.update(repeating: 0, count: images.shape.count) }
    }

    private func loadBytes(_ rows: [UnsafePointer<UInt8>], _ own: Range<Int>, _ target: UnsafeMutablePointer<Float>) {
        Kernels.table.load_pixels(rows.map { $0 + own.lowerBound }, rows.count, own.count, target)
    }

    private func loadFloats(_ count: Int, _ own: Range<Int>, _ target: UnsafeMutablePointer<Float>, _ fill: (_ lane: Int, _ row: UnsafeMutablePointer<Float>) -> Void) {
        let size = images.shape.count
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count * size) { rows in
            for lane in 0..<count { fill(lane, rows.baseAddress! + lane * size) }
            // The kernel takes whole images one after the other: each thread's part is moved together.
            if own.count < size {
                for lane in 0..<count { (rows.baseAddress! + lane * own.count).update(from: rows.baseAddress! + lane * size + own.lowerBound, count: own.count) }
            }
            Kernels.table.load_images(rows.baseAddress!, count, own.count, target)
        }
    }

    private func index(_ position: Int) -> Int { order.map { Int($0[position]) } ?? position }
}
