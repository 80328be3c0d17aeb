import Foundation
import HDF5Library
import HDF5Types
import TestSupport
import Testing

/// All suites of this target, one test at a time: libhdf5 serves one thread, except where it was built for several.
@Suite(.serialized) enum HDF5LibraryTests {}

/// Writes a file with one of everything.
func writeSample(_ path: String) throws {
    try File.replace(path) { file in
        let root = file.root
        try root.setAttribute("format", to: "aekit")
        try root.setAttribute("empty", to: "")
        try root.setAttribute("names", to: ["eins", "zwei", "größer"])
        try root.setAttribute("none", to: [String]())
        try root.setAttribute("count", to: Int64(-5))
        try root.setAttribute("counts", to: [Int64.min, 0, Int64.max])
        try root.setAttribute("rate", to: 0.001)
        try root.setAttribute("digest", to: (0..<32).map { UInt8($0) })
        let model = try root.createGroup("model")
        try model.setAttribute("count", to: Int64(1))
        try model.setAttribute("count", to: Int64(2))
        let weights = try model.createGroup("weights")
        try weights.write((0..<6).map { Float($0) / 4 }, shape: [2, 3], as: "fc.weight")
            .setAttribute("digest", to: [UInt8](repeating: 0xFF, count: 32))
        try weights.write(Int64(7), as: "num_batches_tracked")
        try root.write([Double](), shape: [0, 2], as: "latents")
        try root.write([1.5, -2.5], shape: [2], as: "doubles")
        try root.write([Int32.min, .max], shape: [2, 1], as: "int32")
        try root.write([Int8.min, .max], shape: [2], as: "int8")
        try root.write([UInt8.min, .max], shape: [2], as: "uint8")
        try root.write(["one", "three"], as: "texts")
        try root.write("schema é", as: "text")
        let rows = try root.createDataset("rows", of: Float.self, shape: [4, 2])
        try [Float](repeating: 2, count: 6).withUnsafeBufferPointer { try rows.write(rows: 1..<4, from: $0) }
    }
}
