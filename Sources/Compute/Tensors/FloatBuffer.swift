import CKernels
import Platform

/// Float32 memory, zeroed, aligned to a cache line of 64 bytes, as the kernels want it.
public final class FloatBuffer {
    public let count: Int
    public let pointer: UnsafeMutablePointer<Float>
    private let memory: UnsafeMutableRawPointer

    /// - Parameter count: the number of floats; the caller has checked that so much memory is wanted.
    public init(count: Int) {
        self.count = count
        // Rounded up to whole rows of 16, so that a kernel may touch the last row whole.
        let rows = (count + Lanes.count - 1) / Lanes.count
        let size = max(rows, 1) * Lanes.count * MemoryLayout<Float>.stride
        // Large pieces come from the system, which zeroes each page when it is first touched: what a pass leaves alone takes no time and no memory.
        guard let memory = calloc(size + Self.alignment, 1) else { fatalError("out of memory: \(size) bytes") }
        self.memory = memory
        pointer = memory.alignedUp(toMultipleOf: Self.alignment).bindMemory(to: Float.self, capacity: max(rows, 1) * Lanes.count)
    }

    public convenience init(_ values: some Collection<Float>) {
        self.init(count: values.count)
        for (index, value) in values.enumerated() { pointer[index] = value }
    }

    private static let alignment = 64

    deinit { free(memory) }

    public var elements: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }
}

/// The images of one block: the innermost axis of every activation.
public enum Lanes {
    public static let count = Int(AEK_LANES)

    /// The blocks that `images` images fill.
    public static func blocks(_ images: Int) -> Int { (images + count - 1) / count }

    /// `floats` in whole rows of 16.
    public static func padded(_ floats: Int) -> Int { blocks(floats) * count }
}

/// Numbers or structs that kernels read through a pointer and nobody changes.
public final class ConstantTable<Element: BitwiseCopyable> {
    public let pointer: UnsafePointer<Element>
    private let memory: UnsafeMutablePointer<Element>

    public init(_ elements: [Element]) {
        memory = .allocate(capacity: max(elements.count, 1))
        memory.initialize(from: elements, count: elements.count)
        pointer = UnsafePointer(memory)
    }

    deinit { memory.deallocate() }
}
