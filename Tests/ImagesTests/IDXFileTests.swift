import Foundation
import Images
import TestSupport
import Testing

@Suite struct IDXFileTests {
    /// Noise, black, white and edges, enlarged by us and by Pillow; packed by Python in two gzip members and not packed.
    @Test func enlargesAsPillowDoes() throws {
        let folder = try Folder()
        let script = """
            import gzip, sys, numpy as np
            from PIL import Image
            folder = sys.argv[1]
            rng = np.random.default_rng(3)
            images = rng.integers(0, 256, (300, 28, 28), dtype=np.uint8)
            images[0], images[1], images[2, :, :14], images[3] = 0, 255, 0, np.where(images[3] > 127, 255, 0)
            raw = bytes([0, 0, 8, 3]) + np.array(images.shape, ">u4").tobytes() + images.tobytes()
            open(f"{folder}/plain", "wb").write(raw)
            open(f"{folder}/packed", "wb").write(gzip.compress(raw[:5000]) + gzip.compress(raw[5000:]))
            np.stack([np.asarray(Image.fromarray(a).resize((32, 32), Image.BILINEAR)) for a in images]).tofile(f"{folder}/expected")
            """
        _ = try Python.run(script, [folder.path])
        let expected = try folder.bytes("expected")
        for name in ["plain", "packed"] {
            let other = try Folder()
            try other.write(folder.bytes(name), to: "train-images-idx3-ubyte")
            let source = try #require(IDXFolder(ifAt: other.path)), stream = try source.stream(.train, limit: nil, .report)
            var pixels: [UInt8] = []
            for portion in [7, 200, 93] { pixels += try stream.next(portion)?.pixels ?? [] }
            #expect(pixels == expected && stream.count == 300)
            // What is packed begins again where images are wanted that lie behind.
            #expect(try source.load(.train, limit: nil).pixels == expected)
        }
    }

    /// MNIST itself, as the oracle resizes it, where the data are at hand.
    @Test(.enabled(if: hasMNIST, "no MNIST at ../shared/data/mnist"))
    func readsMNISTAsTheOracleDoes() throws {
        let folder = try Folder()
        let script = """
            import sys
            sys.path.insert(0, sys.argv[1] + "/../../reference")
            import mnist
            images, labels = mnist.load(sys.argv[1], "t10k")
            images.tofile(sys.argv[2] + "/images")
            labels.tofile(sys.argv[2] + "/labels")
            """
        _ = try Python.run(script, [mnistFolder, folder.path])
        let set = try #require(IDXFolder(ifAt: mnistFolder)).load(.test, limit: nil)
        #expect(set.count == 10_000)
        #expect(try set.pixels == folder.bytes("images"))
        #expect(try set.labels == folder.bytes("labels").map { UInt16($0) })
        #expect(set.classNames == (0...9).map(String.init))
    }

    @Test func takes32AsTheyAre() throws {
        let folder = try Folder()
        let pixels = noise(3 * 1024)
        let path = try folder.write(idx([3, 32, 32], pixels), to: "train-images-idx3-ubyte")
        #expect(try images(path) == pixels)
    }

    @Test func refusesWhatIsNoIDXFile() throws {
        let folder = try Folder()
        let good = idx([2, 28, 28], noise(2 * 784))
        let gzip = try packed(good)
        let cases: [([UInt8], String)] = [
            ([], "the file ends too early"),
            ([0, 0, 8], "the file ends too early"),
            (Array("not an IDX file, but long enough".utf8), "not an IDX file"),
            (idx([2, 28, 28], noise(2 * 784), type: 13), "IDX type 13, where bytes (type 8) are read"),
            (idx([28, 28], noise(784)), "IDX file of 2 dimensions; images have 3"),
            (idx([1, 0, 28], []), "images of 0 x 28 pixels; sides are 1 to 16384"),
            (idx([1, 28, 20_000], noise(560)), "the file ends too early: its header speaks of 560000 bytes"),
            (idx([0, 28, 28], []), "the file holds no images"),
            (Array(good.dropLast()), "the file ends too early: its header speaks of 1568 bytes"),
            (good + [0], "there are bytes after the data"),
            (idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], []), "more than 1099511627776 bytes of images"),
            (idx([0xFFFF_FFFF, 28, 28], []), "more than 1099511627776 bytes of images"),
            (idx([2_000_000, 28, 28], noise(784)), "the file ends too early: its header speaks of 1568000000 bytes"),
            (Array(gzip.dropLast(9)), "the gzip data end too early"),
            (Array(gzip.prefix(12)), "the gzip data end too early"),
            (gzip + [0], "there are bytes after the gzip data"),
            (gzip.enumerated().map { $0 == gzip.count - 6 ? $1 ^ 1 : $1 }, "the gzip data are damaged"),
            ([0x1F, 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9], "the gzip data are damaged"),
            (try packed(good + [0]), "there are bytes after the data"),
            (try packed(Array(good.dropLast())), "the file ends too early"),
            (try packed(idx([2_000_000, 28, 28], [])), "the file ends too early: its header speaks of 1568000000 bytes"),
        ]
        for (bytes, problem) in cases {
            let path = try folder.write(bytes, to: "train-images-idx3-ubyte")
            let error = #expect(throws: ImageError.self) { try images(path) }
            #expect(error?.description == "\(path): \(problem)")
            #expect(error?.kind == .badData)
        }
    }

    /// Any byte of a packed file changed: an error, or for the bytes that say nothing the same images.
    @Test func noChangedByteGoesUnseen() throws {
        let folder = try Folder()
        let pixels = noise(1024)
        let gzip = try packed(idx([1, 32, 32], pixels))
        for position in gzip.indices.filter({ $0 < 40 || $0 % 17 == 0 || $0 > gzip.count - 12 }) {
            var bytes = gzip
            bytes[position] ^= 0x10
            let path = try folder.write(bytes, to: "train-images-idx3-ubyte")
            if let read = try? images(path) { #expect(read == pixels) }
        }
    }

    @Test func saysWhatIsMissing() throws {
        let folder = try Folder()
        let missing = #expect(throws: ImageError.self) { try IDXFile(images: "\(folder.path)/none") }
        #expect(missing?.description == "\(folder.path)/none: No such file or directory")
        #expect(missing?.kind == .noInput)
        #expect(throws: ImageError.self) { try IDXFile(labels: folder.path) }
    }

    /// The images of a file in a folder of its own.
    private func images(_ path: String) throws -> [UInt8] {
        let folder = String(path.dropLast("/train-images-idx3-ubyte".count))
        return try #require(IDXFolder(ifAt: folder)).load(.train, limit: nil).pixels
    }

    private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try Folder()
        try folder.write(bytes, to: "plain")
        let script = "import gzip, sys; open(sys.argv[1] + '.gz', 'wb').write(gzip.compress(open(sys.argv[1], 'rb').read()))"
        _ = try Python.run(script, ["\(folder.path)/plain"])
        return try folder.bytes("plain.gz")
    }
}
