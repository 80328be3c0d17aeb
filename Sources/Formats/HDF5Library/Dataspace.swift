import CHDF5
import HDF5Types

/// The extents of a dataset or an attribute. No dimension is a scalar, of one element; a dimension may be zero.
struct Dataspace {
    let handle: Handle
    let shape: [Int]
    /// The product of the dimensions, which fits.
    let count: Int

    /// New extents. Throws `HDF5Error` for a negative or an overflowing shape, or one of more than 32 dimensions.
    init(_ shape: [Int], at place: Place) throws {
        self.shape = shape
        count = try Self.product(shape, at: place)
        let sizes = shape.map { hsize_t($0) }
        handle = try place.open("H5Screate", shape.isEmpty ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(sizes.count), sizes, nil))
    }

    /// The extents that a file gives. Throws `HDF5Error` for none or overflowing ones.
    init(stored handle: Handle, at place: Place) throws {
        guard H5Sget_simple_extent_type(handle.id) != H5S_NULL else { throw place.error("holds no elements at all (a null dataspace)") }
        let rank = try place.check("H5Sget_simple_extent_ndims", H5Sget_simple_extent_ndims(handle.id))
        var sizes = [hsize_t](repeating: 0, count: Int(rank))
        try place.check("H5Sget_simple_extent_dims", H5Sget_simple_extent_dims(handle.id, &sizes, nil))
        self.handle = handle
        shape = try sizes.map { size in
            guard let size = Int(exactly: size) else { throw place.error("a dimension of \(size) is too large") }
            return size
        }
        count = try Self.product(shape, at: place)
    }

    /// Selects `rows` of the first dimension; gives the extents of the selection. Throws `HDF5Error` for rows outside.
    func select(rows: Range<Int>, at place: Place) throws -> Dataspace {
        guard let all = shape.first, rows.lowerBound >= 0, rows.upperBound <= all else {
            throw place.error("has no rows \(rows.lowerBound) to \(rows.upperBound): its shape is \(shape)")
        }
        let selected = [rows.count] + shape.dropFirst()
        let start = [hsize_t(rows.lowerBound)] + shape.dropFirst().map { _ in 0 }
        // libhdf5 refuses blocks without an element; nothing is then read or written anyway.
        if !selected.contains(0) {
            try place.check("H5Sselect_hyperslab", H5Sselect_hyperslab(handle.id, H5S_SELECT_SET, start, nil, selected.map { hsize_t($0) }, nil))
        }
        return try Dataspace(selected, at: place)
    }

    private static func product(_ shape: [Int], at place: Place) throws -> Int {
        // The zeros come last, so that an overflow beside one is seen.
        try shape.sorted(by: >).reduce(1) { product, size in
            let (next, overflows) = product.multipliedReportingOverflow(by: size)
            if size < 0 || overflows { throw place.error("the shape \(shape) is out of range") }
            return next
        }
    }
}
