import Foundation
import Images
import PNGFiles
import Testing

@Suite struct DataSourceTests {
    @Test func findsWhatAnArgumentNames() throws {
        let folder = try Folder()
        try folder.write(idx([1, 28, 28], noise(784)), to: "mnist/t10k-images.idx3-ubyte")
        try folder.write([], to: "table.CSV")
        try folder.write([], to: "notes.txt")
        try folder.write([], to: "pictures/3/a.png")
        #expect(try DataSelection("synthetic").source is SyntheticDigits)
        #expect(try DataSelection("\(folder.path)/mnist").source is IDXFolder)
        #expect(try DataSelection("\(folder.path)/pictures").source is PNGFolder)
        #expect(try DataSelection("\(folder.path)/table.CSV").source is CSVMatrix)
        #expect(throws: ImageError.self) { try DataSelection("\(folder.path)/notes.txt") }
        let missing = #expect(throws: ImageError.self) { try DataSelection("\(folder.path)/none") }
        #expect(missing?.description == "\(folder.path)/none: no such file or folder" && missing?.kind == .noInput)
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["AEKIT_DATA"] == nil))
    func looksForMNISTElseTellsOfTheBuiltInDigits() throws {
        let folder = try Folder()
        try folder.write(idx([1, 28, 28], noise(784)), to: "train-images-idx3-ubyte")
        let found = try DataSelection(nil, places: ["\(folder.path)/none", folder.path])
        #expect(found.source.description == folder.path && found.notice == nil)
        let none = try DataSelection(nil, places: ["\(folder.path)/none"])
        #expect(none.source is SyntheticDigits && none.notice?.contains("built-in digits") == true)
    }

    @Test func pairsIDXImagesWithLabels() throws {
        let folder = try Folder()
        try folder.write(idx([3, 32, 32], noise(3 * 1024)), to: "train-images-idx3-ubyte")
        func source() throws -> IDXFolder { try #require(IDXFolder(ifAt: folder.path)) }
        #expect(try source().load(.train, limit: nil).labels == nil)
        let labels = try folder.write(idx([3], [4, 11, 0]), to: "train-labels-idx1-ubyte")
        let set = try source().load(.train, limit: 2)
        #expect(set.count == 2 && set.labels == [4, 11] && set.classNames.count == 12)
        // Classes are counted over both splits.
        try folder.write(idx([1], [16]), to: "t10k-labels-idx1-ubyte")
        #expect(try source().load(.train, limit: 2).classNames.count == 17)
        try folder.write(idx([4], [4, 11, 0, 1]), to: "train-labels-idx1-ubyte")
        let error = #expect(throws: ImageError.self) { try source().load(.train, limit: 2) }
        #expect(error?.description == "\(labels): 4 labels for 3 images")
        let missing = #expect(throws: ImageError.self) { try source().load(.test, limit: nil) }
        #expect(missing?.description == "\(folder.path): no t10k-images-idx3-ubyte[.gz]")
    }

    @Test func readsAFolderOfPNGs() throws {
        let folder = try Folder()
        func png(_ side: Int, _ level: UInt8, channels: Int = 1) throws -> [UInt8] {
            try PNGImage(width: side, height: side, channels: channels, pixels: [UInt8](repeating: level, count: side * side * channels)).encode()
        }
        try folder.write(png(32, 10), to: "train/7/b.png")
        try folder.write(png(28, 20), to: "train/7/a.PNG")
        try folder.write(png(32, 30, channels: 3), to: "train/12/z.png")
        try folder.write([1], to: "train/12/notes.txt")
        try folder.write(png(32, 60), to: "flat/x.png")
        try folder.write(png(32, 40), to: "named/train/cat/x.png")
        try folder.write(png(32, 45), to: "named/train/ant/x.png")
        try folder.write(png(32, 50), to: "named/test/cat/x.png")
        let source = PNGFolder(folder.path)

        let train = try source.load(.train, limit: nil)
        #expect(train.labels == [12, 7, 7] && train.classNames.count == 13)
        let levels = [500, 1524, 2548].map { place in train.pixels[place] }
        #expect(levels == [30, 20, 10])
        #expect(try source.load(.train, limit: 1).labels == [12])
        // Classes have one number in all splits.
        let named = PNGFolder("\(folder.path)/named")
        #expect(try named.load(.train, limit: nil).labels == [0, 1])
        let test = try named.load(.test, limit: nil)
        #expect(test.labels == [1] && test.classNames == ["ant", "cat"] && test.pixels[0] == 50)
        #expect(try named.open(.test).name(of: 0) == "\(folder.path)/named/test/cat/x.png")
        let flat = try PNGFolder("\(folder.path)/flat").load(.test, limit: nil)
        #expect(flat.labels == nil && flat.count == 1)

        let other = try folder.write(png(20, 1), to: "named/test/cat/y.png")
        #expect(try PNGFolder(named.path).load(.test, limit: nil).count == 2)
        #expect(problem { try PNGFolder(named.path).load(.test, limit: nil, as: Preparation()) } == "\(named.path): its images differ in size; --size makes them equal")
        try folder.write([1, 2, 3], to: "named/test/cat/y.png")
        #expect(problem { try PNGFolder(named.path).load(.test, limit: nil) } == "\(other): not a PNG file")
        let none = "\(folder.path)/named/test/none"
        #expect(problem { try PNGFolder(none).load(.test, limit: nil) } == "\(none): No such file or directory")
    }

    @Test func refusesAnEmptyFolder() throws {
        let folder = try Folder()
        let said = problem { try DataSelection(folder.path).source.load(.train, limit: nil) }
        #expect(said == "\(folder.path): the folder holds neither IDX files nor PNGs")
    }

    @Test func refusesWhatIsNoFolderOfPNGs() throws {
        let folder = try Folder()
        func said(_ name: String, _ split: Split = .train) -> String? { problem { try PNGFolder("\(folder.path)/\(name)").load(split, limit: nil) } }
        try folder.write([], to: "half/train/x.png")
        #expect(said("half", .test) == "\(folder.path)/half: no subfolder test")
        let large = try folder.write([], to: "large/x.png")
        #expect(truncate(large, 1 << 40) == 0)
        #expect(said("large") == "\(large): 1099511627776 bytes, more than the 268435456 that are read")
        try FileManager.default.createDirectory(atPath: "\(folder.path)/pipe", withIntermediateDirectories: true)
        #expect(mkfifo("\(folder.path)/pipe/x.png", 0o600) == 0)
        #expect(said("pipe") == "\(folder.path)/pipe/x.png: not a regular file")
    }

    @Test func readsCSV() throws {
        let folder = try Folder()
        let row = noise(1024), other = [UInt8](repeating: 9, count: 784)
        func text(_ values: some Sequence<UInt8>) -> String { values.map(String.init).joined(separator: ",") }
        func load(_ content: String, limit: Int? = nil) throws -> ImageSet {
            try CSVMatrix(folder.write(content.utf8, to: "x.csv")).load(.train, limit: limit)
        }
        let names = (0..<1024).map { "p\($0)" }.joined(separator: ",")
        #expect(try load("\(text(row))\n").pixels == row)
        #expect(try load("\(names)\r\n\(text(row))\r\n\r\n\(text(row))").pixels == row + row)
        #expect(try load("Label,\(names)\n3,\(text(row))\n4, \(text(row))\n", limit: 1).labels == [3])
        #expect(try load("\(names),label\n\(text(row)),11\n").labels == [11])
        #expect(try load("\(names),label\n\(text(row)),11\n").classNames.count == 12)
        #expect(try load("\u{FEFF}label,\(names)\n3,\(text(row))\n").labels == [3])
        #expect(try load("\u{FEFF}\(text(row))").count == 1)
        let plain = try load("7,\(text(other))\n")
        #expect(plain.labels == [7] && plain.pixels == [UInt8](repeating: 9, count: 1024))

        let path = "\(folder.path)/x.csv"
        #expect(problem { try load("") } == "\(path): 1 pixels a line; 784 (28 x 28) or 1024 (32 x 32) are read")
        #expect(problem { try load("\(names)\n") } == "\(path): the file holds no images")
        #expect(problem { try load("\(text(row))\n1,2\n") } == "\(path): line 2: 2 values, fewer than in the first line")
        #expect(problem { try load("\(text(row))\n\(text(row)),5\n") } == "\(path): line 2: more values than in the first line")
        #expect(problem { try load("\(names)\n256,\(text(row))\n") } == "\(path): line 2: value 1 is no whole number 0...255")
        #expect(problem { try load("\(names)\n99999999999999999999,\(text(row))\n") } == "\(path): line 2: value 1 is no whole number 0...255")
        #expect(problem { try load("\(names)\n1,-5,\(text(row))\n") } == "\(path): line 2: value 2 is no whole number 0...255")
        #expect(problem { try load("\(names)\n1,2.5,\(text(row))\n") } == "\(path): line 2: value 2 is no whole number 0...255")
        #expect(problem { try load("-1,\(text(row.dropLast()))\n") } == "\(path): line 1: value 1 is no whole number 0...255")
        #expect(problem { try load("a,label,\(names)\n") } == "\(path): label is neither the first nor the last column")
    }

    private func problem(_ body: () throws -> ImageSet) -> String? {
        (#expect(throws: ImageError.self) { try body() })?.description
    }
}
