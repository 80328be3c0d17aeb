import PNGFiles
import Plots
import Tensors
import TestSupport
import Testing

@Suite struct ContactSheetTests {
    private static let digit = ImageShape(channels: 1, height: 32, width: 32)

    /// Every level and many values, against matplotlib's own colours.
    @Test func viridisIsMatplotlibs() throws {
        let script = """
            import matplotlib, numpy as np
            viridis = matplotlib.colormaps["viridis"]
            values = np.arange(4001, dtype=np.float32) / np.float32(4000)
            colors = np.concatenate([viridis(range(256), bytes=True), viridis(values, bytes=True)])
            print(*colors[:, :3].ravel())
            """
        let expected = try Python.run(script).split(whereSeparator: \.isWhitespace).map { UInt8($0)! }
        let levels = (0...255).map { UInt8($0) } + (0...4000).map { Colormap.viridis.level(Float($0) / 4000) }
        let colors = levels.flatMap(Colormap.viridis.samples)
        #expect(colors.count == expected.count)
        #expect(zip(colors, expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }

    @Test func levelsOfOddValues() {
        for map in Colormap.allCases {
            #expect([-Float.infinity, -1, 0, 1, 2, .infinity, .nan].map(map.level) == [0, 0, 0, 255, 255, 255, 0])
        }
        #expect([0.25 / 255, 0.75 / 255, 254.6 / 255].map(Colormap.gray.level) == [0, 1, 255])
    }

    /// Five images of 2 x 2 in three columns, twice as large, one pixel apart.
    @Test func laysOutInReadingOrder() throws {
        let images = (0..<5).flatMap { image in (0..<4).map { UInt8(image * 10 + $0) } }
        let sheet = try ContactSheet(ImageShape(channels: 1, height: 2, width: 2), columns: 3, scale: 2, background: 99).render(levels: images)
        #expect(sheet.width == 14 && sheet.height == 9 && sheet.channels == 1)
        let rows = (0..<9).map { Array(sheet.pixels[$0 * 14..<($0 + 1) * 14]) }
        #expect(rows[0] == [0, 0, 1, 1, 99, 10, 10, 11, 11, 99, 20, 20, 21, 21])
        #expect(rows[1] == rows[0])
        #expect(rows[3] == [2, 2, 3, 3, 99, 12, 12, 13, 13, 99, 22, 22, 23, 23])
        #expect(rows[4] == [UInt8](repeating: 99, count: 14))
        #expect(rows[5] == [30, 30, 31, 31, 99, 40, 40, 41, 41, 99, 99, 99, 99, 99])
    }

    /// Two images in colour of 1 x 2 pixels, planes one after the other, which a colormap leaves alone.
    @Test(arguments: Colormap.allCases) func coloursAreInterleaved(_ colormap: Colormap) throws {
        let sheet = try ContactSheet(ImageShape(channels: 3, height: 1, width: 2), columns: 2, colormap: colormap).render(levels: [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60])
        #expect(sheet.width == 5 && sheet.height == 1 && sheet.channels == 3)
        #expect(sheet.pixels == [1, 3, 5, 2, 4, 6, 64, 64, 64, 10, 30, 50, 20, 40, 60])
    }

    @Test func keepsColumnsWhereImagesAreFewer() throws {
        let sheet = try ContactSheet(Self.digit, columns: 4, gap: 0, colormap: .viridis).render([Float](repeating: 1, count: 1024))
        #expect(sheet.width == 128 && sheet.height == 32 && sheet.channels == 3)
        #expect(Array(sheet.pixels.prefix(3)) == [0xFD, 0xE7, 0x25])
        #expect(Array(sheet.pixels.suffix(3)) == [64, 64, 64])
    }

    @Test(arguments: [(513, 1), (1, 513), (.max, 1), (1, .max), (.max, .max)])
    func refusesSheetsTooLarge(columns: Int, scale: Int) {
        let error = #expect(throws: PNGError.self) {
            try ContactSheet(Self.digit, columns: columns, scale: scale, gap: .max).render([Float](repeating: 0, count: 1024))
        }
        #expect(error?.description == "a sheet of more than 16384 pixels")
    }

    @Test(arguments: [(1, 1), (12, 12), (13, 4), (20, 10), (100, 10), (110, 11), (144, 12), (145, 13)])
    func suitsColumnsToCounts(count: Int, columns: Int) throws {
        #expect(ContactSheet.columns(for: count) == columns)
        let size = try ContactSheet(Self.digit, columns: columns).size(of: count), rows = (count + columns - 1) / columns
        #expect(size.width == 33 * columns - 1 && size.height == 33 * rows - 1)
    }
}
