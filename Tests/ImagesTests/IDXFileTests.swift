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
            let file = try IDXFile(images: "\(folder.path)/\(name)")
            #expect(file.count == 300)
            #expect(try file.images(7) + file.images(200) + file.images(93) == expected)
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
        let path = try folder.write(idx([3, 32, 32], pixels), to: "images")
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
            (idx([1, 20, 28], noise(560)), "images of 20 x 28 pixels; 28 x 28 or 32 x 32 are read"),
            (idx([0, 28, 28], []), "the file holds no images"),
            (Array(good.dropLast()), "the file ends too early: its header speaks of 1568 bytes"),
            (good + [0], "there are bytes after the data"),
            (idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], []), "more than 2147483648 bytes of images"),
            (idx([0x7FFF_FFFF, 28, 28], []), "more than 2147483648 bytes of images"),
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
            let path = try folder.write(bytes, to: "images")
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
            let path = try folder.write(bytes, to: "images")
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

    private func images(_ path: String) throws -> [UInt8] {
        let file = try IDXFile(images: path)
        return try file.images(file.count)
    }

    private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try Folder()
        try folder.write(bytes, to: "plain")
        let script = "import gzip, sys; open(sys.argv[1] + '.gz', 'wb').write(gzip.compress(open(sys.argv[1], 'rb').read()))"
        _ = try Python.run(script, ["\(folder.path)/plain"])
        return try folder.bytes("plain.gz")
    }
}
