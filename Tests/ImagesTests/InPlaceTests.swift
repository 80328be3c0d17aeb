import Foundation
import HDF5Library
import Images
import TestSupport
import Testing

/// Images that are read from where they lie, against the same in memory.
@Suite struct InPlaceTests {
    private let scratch = try! Scratch()

    /// Sources of 300 images, among them several of the same.
    private func sources() throws -> [any DataSource] {
        _ = try Python.run("""
            import gzip, h5py, numpy as np, os
            rng = np.random.default_rng(4)
            images = rng.integers(0, 256, (300, 3, 20, 24), dtype=np.uint8)
            np.save("bytes.npy", images), np.save("last.npy", images.transpose(0, 2, 3, 1))
            for name, type in [("half", "<f2"), ("float", "<f4"), ("big", ">f4"), ("double", "<f8"), ("reversed", ">f8")]: np.save(name + ".npy", (images / 255).astype(type))
            for name, options in [("contiguous", {}), ("chunked", {"chunks": (7, 3, 20, 24), "compression": "gzip"})]:
                with h5py.File(name + ".h5", "w", userblock_size=512 if name == "contiguous" else 0) as f:
                    f["train/labels"] = np.arange(300) % 7
                    f.create_dataset("train/images", data=images, **options)
                    f.create_dataset("test/images", data=(images[:50] / 255).astype("<f4"), **options)
            for name, open_ in [("idx", open), ("packed", gzip.open)]:
                os.mkdir(name)
                with open_(name + "/train-images-idx3-ubyte" + (".gz" if name == "packed" else ""), "wb") as f: f.write(bytes([0, 0, 8, 3]) + np.array([300, 20, 24], ">u4").tobytes() + images[:, 0].tobytes())
                with open(name + "/train-labels-idx1-ubyte", "wb") as f: f.write(bytes([0, 0, 8, 1]) + np.array([300], ">u4").tobytes() + bytes(range(100)) * 3)
            """, in: scratch)
        let arrays: [any DataSource] = ["bytes", "last", "half", "float", "big", "double", "reversed"].map { NPYImages(scratch.path("\($0).npy")) }
        return try arrays + ["contiguous", "chunked"].map { HDF5Images(scratch.path("\($0).h5")) } + ["idx", "packed"].map { try #require(IDXFolder(ifAt: scratch.path($0))) }
    }

    @Test func givesWhatMemoryGives() throws {
        for source in try sources() {
            for preparation in [Preparation(), Preparation(size: ImageSize(height: 30, width: 11), channels: 1), Preparation(channels: 3)] {
                let loaded = try source.load(.train, limit: 290, as: preparation), place = try source.inPlace(.train, limit: 290, preparation)
                #expect(place.count == 290 && place.shape == loaded.shape && place.labels == loaded.labels && place.classNames == loaded.classNames)
                for range in [0..<290, 17..<33, 289..<290, 5..<6, 100..<100] {
                    let part = try place[range]
                    #expect(part.values == loaded[range].values && part.labels == loaded[range].labels, "\(source) \(range)")
                }
                #expect(try PreparedImages.digest([place]) == PreparedImages.digest([PreparedImages(loaded)]))
                #expect(try place.begins(like: PreparedImages(loaded)) && !place.begins(like: source.load(.train, limit: nil, Preparation(size: ImageSize(height: 9, width: 9)))))
            }
        }
    }

    /// From several threads at once, each in an order of its own.
    @Test func isReadByManyThreads() throws {
        for source in try sources() {
            let preparation = Preparation(size: ImageSize(height: 16, width: 16), channels: 1), place = try source.inPlace(.train, limit: nil, preparation)
            let loaded = try source.load(.train, limit: nil, as: preparation), wrong = Mutexed(0)
            DispatchQueue.concurrentPerform(iterations: 4) { thread in
                for step in 0..<60 {
                    let image = (step * 37 + thread * 101) % 300
                    if (try? place[image..<image + 1].values) != loaded[image..<image + 1].values { wrong.add(1) }
                }
            }
            #expect(wrong.value == 0, "\(source)")
        }
    }

    /// A file that is cut while it is read is an error, whatever reads it.
    @Test func aFileThatShrinksIsAnError() throws {
        for source in try sources().filter({ !["chunked.h5", "packed"].contains(where: $0.description.hasSuffix) }) {
            let place = try source.inPlace(.train, limit: nil, Preparation()), file = source is IDXFolder ? "\(source)/train-images-idx3-ubyte" : "\(source)"
            _ = try place[299..<300]
            #expect(truncate(file, 5000) == 0)
            let error = #expect(throws: (any Error).self) { try place[0..<300] }
            #expect(error.map { "\($0)" }?.hasSuffix("the file became shorter while it was read") == true, "\(source): \(String(describing: error))")
        }
    }

    /// What lies beyond the file, or beyond sense, is refused before memory is taken.
    @Test func refusesWhatCannotBe() throws {
        func said(_ shape: String, _ type: String = "|u1", bytes: Int = 100) throws -> String? {
            _ = try Python.run("""
                import numpy as np
                with open("x.npy", "wb") as f:
                    np.lib.format.write_array_header_1_0(f, {"descr": "\(type)", "fortran_order": False, "shape": \(shape)})
                    f.write(bytes(\(bytes)))
                """, in: scratch)
            let source = NPYImages(scratch.path("x.npy"))
            return (#expect(throws: ImageError.self) { try source.open(.train) }).map { String($0.description.dropFirst(source.path.count + 2)) }
        }
        let size = 228
        #expect(try said("(1, 10, 11)") == "is \(size) bytes long, too short for shape [1, 10, 11]")
        #expect(try said("(2**40, 10, 10)") == "is \(size) bytes long, too short for shape [1099511627776, 10, 10]")
        #expect(try said("(2**40, 2**40, 2**40)") == "its shape [1099511627776, 1099511627776, 1099511627776] is out of range")
        #expect(try said("(1, 1, 9, 9)") == "has bytes after the array")
        #expect(try said("(0, 10, 10)") == "holds no images")
        #expect(try said("(1, 0, 10)") == "has shape [1, 0, 10]; sides are 1 to 16384 pixels, 100 million in all")
        #expect(try said("(1, 20000, 2)") == "has shape [1, 20000, 2]; sides are 1 to 16384 pixels, 100 million in all")
        #expect(try said("(100,)") == "has 1 dimensions; [N, C, H, W], [N, H, W, C] and [N, H, W] are read, and [N, 784] and [N, 1024] of digits")
        #expect(try said("(1, 10, 10)", "<i4") == "its numbers are '<i4'; uint8 (0 to 255) and floats (0 to 1) are read")
        #expect(try said("(1, 10, 10)", "|O") == "its numbers are '|O'; uint8 (0 to 255) and floats (0 to 1) are read")
    }
}

/// A number that threads add to.
private final class Mutexed: @unchecked Sendable {
    private let lock = NSLock()
    private var number: Int
    init(_ number: Int) { self.number = number }
    var value: Int { lock.withLock { number } }
    func add(_ more: Int) { lock.withLock { number += more } }
}
