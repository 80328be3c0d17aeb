/// A number that datasets and attributes hold.
public protocol HDF5Element: AttributeElement, BitwiseCopyable, Sendable {
    /// How it is stored; it lies in memory alike, for the machines that Swift runs on are little-endian.
    static var elementType: ElementType { get }

    /// Fills `target` with the numbers in `bytes`, of a type that converts to this one, as many as it holds.
    static func convert(_ bytes: UnsafeRawBufferPointer, of type: ElementType, into target: UnsafeMutableBufferPointer<Self>)
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

extension HDF5Element {
    public static func elements(of attribute: some ReadableAttribute) throws -> [Self] { try attribute.numbers() }

    /// Fills `target` with what `value` makes of the `Stored` numbers in `bytes`.
    fileprivate static func fill<Stored: BitwiseCopyable>(_ target: UnsafeMutableBufferPointer<Self>, _ bytes: UnsafeRawBufferPointer, _ value: (Stored) -> Self) {
        for index in target.indices { target[index] = value(bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Stored>.size, as: Stored.self)) }
    }
}

extension HDF5Element where Self: BinaryFloatingPoint {
    public static func convert(_ bytes: UnsafeRawBufferPointer, of type: ElementType, into target: UnsafeMutableBufferPointer<Self>) {
        switch type {
        case .float32: fill(target, bytes) { (value: Float) in Self(value) }
        case .float64: fill(target, bytes) { (value: Double) in Self(value) }
        default: preconditionFailure("\(type) does not convert to \(elementType)")
        }
    }
}

extension HDF5Element where Self: FixedWidthInteger {
    public static func convert(_ bytes: UnsafeRawBufferPointer, of type: ElementType, into target: UnsafeMutableBufferPointer<Self>) {
        switch type {
        case .int8: fill(target, bytes) { (value: Int8) in Self(truncatingIfNeeded: value) }
        case .int16: fill(target, bytes) { (value: Int16) in Self(truncatingIfNeeded: value) }
        case .int32: fill(target, bytes) { (value: Int32) in Self(truncatingIfNeeded: value) }
        case .int64: fill(target, bytes) { (value: Int64) in Self(truncatingIfNeeded: value) }
        case .uint8: fill(target, bytes) { (value: UInt8) in Self(truncatingIfNeeded: value) }
        case .uint16: fill(target, bytes) { (value: UInt16) in Self(truncatingIfNeeded: value) }
        case .uint32: fill(target, bytes) { (value: UInt32) in Self(truncatingIfNeeded: value) }
        case .uint64: fill(target, bytes) { (value: UInt64) in Self(truncatingIfNeeded: value) }
        default: preconditionFailure("\(type) does not convert to \(elementType)")
        }
    }
}
