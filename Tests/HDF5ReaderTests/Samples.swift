import Foundation
import HDF5Library
import HDF5Reader
import Layers
import ModelFiles
import Networks
import Optimization
import SystemFiles
import Testing
import TestSupport

/// All suites of this target, one test at a time: libhdf5 serves one thread.
@Suite(.serialized) enum HDF5ReaderTests {}

/// Whether the optimizer was on, so that loops of many thousand runs take seconds.
let isFast: Bool = {
    var isDebug = false
    assert({ isDebug = true; return true }())
    return !isDebug
}()

/// The processor's time that `body` takes on this thread, in seconds, whatever else the machine does.
func processorTime(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    try body()
    return now() - start
}

func contents(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

func save(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

/// Writes a checkpoint of an auto-encoder with one number between, as `aetrain` leaves it after two epochs.
func writeCheckpoint(_ path: String, _ architecture: Architecture = .conv) throws {
    let network = Network(try! architecture.model(bottleneck: 1))
    network.initialize(seed: 1)
    network.memory.prepareToTrain(stateCount: Adam().stateCount)
    var options = TrainingOptions(), state = TrainingState()
    options.epochs = 2
    state.history = [EpochRecord(epoch: 1, trainLoss: 0.25, evalLoss: 0.5), EpochRecord(epoch: 2, trainLoss: 0.125, evalLoss: 0.25)]
    state.step = 8
    let record = TrainingRecord(options: options, state: state, images: 256, dataDigest: [UInt8](repeating: 7, count: 32), record: .none)
    try ModelFile.save(network, training: record, to: path)
}

/// Writes a file with one of everything that `HDF5Library` can.
func writeVariety(_ path: String) throws {
    try File.replace(path) { file in
        let root = file.root
        try root.setAttribute("empty", to: "")
        try root.setAttribute("names", to: ["eins", "größer"])
        try root.setAttribute("none", to: [String]())
        try root.setAttribute("large", to: (0..<65_000).map { UInt8(truncatingIfNeeded: $0) })
        try root.setAttribute("rate", to: 0.001)
        let group = try root.createGroup("group").createGroup("größe")
        try group.write([Double](), shape: [0, 2], as: "no rows")
        try group.write([1.5, -2.5], shape: [2], as: "float64")
        try group.write([Float(1), 2, 3, 4, 5, 6], shape: [1, 2, 3], as: "float32")
        try group.write([Int8.min, .max], shape: [2], as: "int8")
        try group.write([Int16.min, .max], shape: [2], as: "int16")
        try group.write([Int32.min, .max], shape: [2], as: "int32")
        try group.write(Int64.min, as: "int64")
        try group.write([UInt8.min, .max], shape: [2, 1], as: "uint8")
        try group.write([UInt16.min, .max], shape: [2], as: "uint16")
        try group.write([UInt32.min, .max], shape: [2], as: "uint32")
        try group.write(UInt64.max, as: "uint64")
        try group.write(["one", "three"], as: "texts")
        try group.write("schema é", as: "text").setAttribute("rank 2", to: Int64(3))
    }
}

/// Writes many objects, links and attributes, some of them replaced, so that structures are spread over blocks and more than libhdf5's cache holds.
func writeMany(_ path: String) throws {
    try File.replace(path) { file in
        for number in 0..<150 {
            let group = try file.root.createGroup("group \(number)")
            try file.root.setAttribute("attribute \(number)", to: Int64(number))
            for member in 0..<(number % 40) {
                let dataset = try group.write([Float](repeating: 1, count: member * number), shape: [member, number], as: "member \(member)")
                for (name, count) in [("sha256", 32), ("long", number), ("long", member * 30), ("sha256", 31)] {
                    try dataset.setAttribute(name, to: [UInt8](repeating: 0xFF, count: count))
                }
                if member % 3 == 0 { try group.setAttribute("growing", to: [Double](repeating: 1, count: member * 20)) }
            }
        }
    }
}

/// The rules that `bytes` violate, [] for a file that is admitted.
func problems(_ bytes: [UInt8]) throws -> [Problem] {
    do {
        _ = try VerifiedFile(bytes, named: "test.h5")
        return []
    } catch let error as VerificationError {
        return error.problems
    }
}

/// Puts the right checksum at the end of each structure that lies in `bytes`.
func repairChecksums(_ bytes: inout [UInt8], _ structures: [Range<Int>]) {
    for structure in structures where structure.upperBound <= bytes.count {
        let end = structure.upperBound - Lookup3.byteCount
        let checksum = Lookup3.checksum(bytes[structure.lowerBound..<end])
        for index in 0..<Lookup3.byteCount { bytes[end + index] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * index)) }
    }
}
