/// A number that datasets and attributes hold.
public protocol HDF5Element: AttributeElement, BitwiseCopyable, Sendable {
    /// How it is stored; it lies in memory alike, for the machines that Swift runs on are little-endian.
    static var elementType: ElementType { get }
}

extension Float: HDF5Element { public static var elementType: ElementType { .float32 } }
extension Double: HDF5Element { public static var elementType: ElementType { .float64 } }
extension Int8: HDF5Element { public static var elementType: ElementType { .int8 } }
extension Int16: HDF5Element { public static var elementType: ElementType { .int16 } }
extension Int32: HDF5Element { public static var elementType: ElementType { .int32 } }
extension Int64: HDF5Element { public static var elementType: ElementType { .int64 } }
extension UInt8: HDF5Element { public static var elementType: ElementType { .uint8 } }
extension UInt16: HDF5Element { public static var elementType: ElementType { .uint16 } }
extension UInt32: HDF5Element { public static var elementType: ElementType { .uint32 } }
extension UInt64: HDF5Element { public static var elementType: ElementType { .uint64 } }
