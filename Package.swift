// swift-tools-version: 6.1
import PackageDescription

/// A library in its room of `Sources`, which imports only libraries of its own room and of those that stand above it here.
func library(_ name: String, in room: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(room)/\(name)")
}

/// The tests of one library.
func tests(_ library: String, _ others: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(library)Tests", dependencies: [.byName(name: library), "TestSupport"] + others)
}

/// A command-line tool in its own folder under `Tools`.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: ["ToolSupport"] + dependencies, path: "Tools/\(name)")
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "aekit",
    products: [
        .library(name: "AEKit", targets: ["AEKit"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .systemLibrary(name: "CNettle", path: "Sources/System/CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        library("Platform", in: "System"),
        library("Texts", in: "System", ["Platform"]),
        library("SystemFiles", in: "System", ["CNettle", "Platform", "Texts"]),

        .systemLibrary(name: "CHDF5", path: "Sources/Formats/CHDF5", providers: [.apt(["libhdf5-dev"])]),
        .systemLibrary(name: "CPNG", path: "Sources/Formats/CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/Formats/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CYAML", path: "Sources/Formats/CYAML", providers: [.apt(["libyaml-dev"])]),
        library("HDF5Types", in: "Formats", ["Texts"]),
        library("HDF5Reader", in: "Formats", ["HDF5Types", "Platform", "SystemFiles", "Texts"]),
        library("HDF5Library", in: "Formats", ["CHDF5", "HDF5Reader", "HDF5Types", "Platform", "SystemFiles"]),
        library("HDF5Foreign", in: "Formats", ["HDF5Library", "HDF5Types", "Platform", "SystemFiles"]),
        library("NPYFiles", in: "Formats"),
        library("PNGFiles", in: "Formats", ["CPNG"]),
        library("YAMLFiles", in: "Formats", ["CYAML", "SystemFiles", "Texts"]),

        .systemLibrary(name: "CLAPACK", path: "Sources/Compute/CLAPACK", providers: [.apt(["liblapacke-dev"])]),
        .systemLibrary(name: "CARPACK", path: "Sources/Compute/CARPACK", providers: [.apt(["libarpack2-dev"])]),
        library("CKernels", in: "Compute"),
        library("Tensors", in: "Compute", ["CKernels", "Platform"]),
        library("Layers", in: "Compute", ["CKernels", "Tensors"]),
        library("Networks", in: "Compute", ["CKernels", "Layers", "Tensors"]),
        library("Optimization", in: "Compute", ["CKernels", "Layers", "Networks", "Platform", "Tensors"]),
        library("Components", in: "Compute", ["CARPACK", "CKernels", "CLAPACK", "Networks", "Platform", "Tensors"]),
        library("Information", in: "Compute", ["Platform"]),

        library("Images", in: "Data", ["CZlib", "HDF5Foreign", "HDF5Types", "NPYFiles", "Platform", "PNGFiles", "SystemFiles", "Tensors", "Texts"]),

        library("ModelFiles", in: "Files", ["HDF5Foreign", "HDF5Library", "HDF5Reader", "HDF5Types", "Images", "Layers", "Networks", "NPYFiles", "Optimization", "Platform", "SystemFiles", "Tensors", "Texts"]),
        library("NetworkFiles", in: "Files", ["Layers", "Networks", "Tensors", "YAMLFiles"]),

        library("Requests", in: "Runs", ["Images", "ModelFiles", "Networks", "Optimization", "Platform", "Tensors", "Texts"]),
        library("Training", in: "Runs", ["CKernels", "Components", "Evaluation", "Images", "Layers", "ModelFiles", "NetworkFiles", "Networks", "Optimization", "Platform", "Requests", "SystemFiles", "Tensors", "Texts"]),
        library("Evaluation", in: "Runs", ["HDF5Library", "Images", "Information", "ModelFiles", "Networks", "Platform", "SystemFiles", "Tensors"]),
        library("Sweeps", in: "Runs", ["Components", "Evaluation", "Images", "ModelFiles", "NetworkFiles", "Networks", "Optimization", "Platform", "Requests", "SystemFiles", "Tensors", "Texts", "Training", "YAMLFiles"]),
        library("Pages", in: "Runs", ["Optimization", "Platform", "SystemFiles", "Texts"]),
        library("AEKit", in: "Runs", ["Images", "Layers", "ModelFiles", "Networks", "Optimization", "Tensors", "Training"]),

        .systemLibrary(name: "CCairo", path: "Sources/Pictures/CCairo", providers: [.apt(["libcairo2-dev"])]),
        library("Plots", in: "Pictures", ["PNGFiles", "Tensors"]),
        library("Charts", in: "Pictures", ["CCairo", "Platform", "Plots", "PNGFiles", "SystemFiles", "Texts"]),

        library("ToolSupport", in: "CommandLine", [argumentParser, "HDF5Foreign", "HDF5Reader", "HDF5Types", "Images", "ModelFiles", "Networks", "Optimization", "Platform", "PNGFiles", "Requests", "SystemFiles", "Tensors", "Texts"]),

        tool("aeconvert", [argumentParser, "HDF5Foreign", "HDF5Types", "ModelFiles", "SystemFiles", "Texts"]),
        tool("aedecode", [argumentParser, "Images", "ModelFiles", "Networks", "Platform", "Plots", "PNGFiles", "SystemFiles", "Tensors", "Texts"]),
        tool("aeencode", [argumentParser, "Evaluation", "Images", "ModelFiles", "Networks", "Platform", "SystemFiles", "Texts"]),
        tool("aeinspect", [argumentParser, "HDF5Reader", "HDF5Types", "Layers", "ModelFiles", "Networks", "SystemFiles", "Texts"]),
        tool("aeplot", [argumentParser, "Charts", "Components", "Evaluation", "Images", "Layers", "ModelFiles", "Networks", "Optimization", "Plots", "PNGFiles", "SystemFiles", "Tensors", "Texts"]),
        tool("aereconstruct", [argumentParser, "Evaluation", "Images", "ModelFiles", "Networks", "Platform", "Plots", "SystemFiles", "Texts"]),
        tool("aescore", [argumentParser, "Evaluation", "Images", "ModelFiles", "Networks", "Platform", "Requests", "SystemFiles", "Texts"]),
        tool("aesweep", [argumentParser, "Optimization", "Pages", "Platform", "Requests", "Sweeps", "SystemFiles", "Texts"]),
        tool("aetrain", [argumentParser, "Images", "ModelFiles", "Networks", "Optimization", "Requests", "Texts", "Training"]),

        .executableTarget(name: "aeflips", dependencies: ["ModelFiles", "Platform"], path: "Tests/Flips"),
        .executableTarget(name: "aebench", dependencies: ["Images", "ModelFiles", "Networks", "Platform", "Texts", "ToolSupport"], path: "Tests/Benchmarks"),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        tests("AEKit", ["Optimization", "Training"]),
        tests("Charts", ["PNGFiles"]),
        tests("Components", ["Networks", "Tensors"]),
        tests("HDF5Foreign", ["HDF5Types", "SystemFiles"]),
        tests("HDF5Library", ["HDF5Reader", "HDF5Types", "SystemFiles"]),
        tests("HDF5Reader", ["HDF5Library", "HDF5Types", "Layers", "ModelFiles", "Networks", "Optimization", "SystemFiles"]),
        tests("Images", ["HDF5Library", "HDF5Types", "PNGFiles"]),
        tests("Information"),
        tests("Layers", ["CKernels", "Tensors"]),
        tests("ModelFiles", ["HDF5Reader", "Networks", "Tensors"]),
        tests("NPYFiles"),
        tests("Networks", ["Layers", "Tensors"]),
        tests("PNGFiles"),
        tests("Pages", ["aeplot", "aedecode", "aeinspect", "aetrain"]),
        tests("Plots", ["PNGFiles", "Tensors"]),
        tests("SystemFiles", ["Texts"]),
        tests("Tensors", ["CKernels"]),
        .testTarget(name: "ToolTests", dependencies: [
            "Evaluation", "Images", "Layers", "ModelFiles", "Networks", "Requests", "SystemFiles", "Tensors", "TestSupport",
            "ToolSupport", "Training",
            "aeconvert", "aedecode", "aeencode", "aeinspect", "aeplot", "aereconstruct", "aescore", "aesweep", "aetrain",
        ]),
        tests("Training", ["Images", "Layers", "Networks", "Optimization", "Tensors", "Texts"]),
        tests("YAMLFiles"),
    ],
    swiftLanguageModes: [.v6]
)
