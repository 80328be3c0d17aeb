// swift-tools-version: 6.1
import PackageDescription

/// A library, which imports only libraries that stand above it in `targets`.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies)
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
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .systemLibrary(name: "CHDF5", providers: [.apt(["libhdf5-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapacke-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"])]),
        library("CKernels"),
        library("SystemFiles", ["CNettle"]),
        library("HDF5Files", ["CHDF5", "SystemFiles"]),
        library("HDF5Verifier", ["SystemFiles"]),
        library("YAMLFiles", ["CYAML", "SystemFiles"]),
        library("PNGFiles", ["CPNG", "SystemFiles"]),
        library("Tensors", ["CKernels"]),
        library("Layers", ["CKernels", "Tensors"]),
        library("Models", ["Layers", "Tensors"]),
        library("Components", ["CKernels", "CLAPACK", "Models", "Tensors"]),
        library("Information"),
        library("Images", ["CZlib", "HDF5Files", "PNGFiles", "SystemFiles", "Tensors"]),
        library("Training", ["CKernels", "Images", "Layers", "Models", "Tensors"]),
        library("ModelFiles", ["CNettle", "HDF5Files", "HDF5Verifier", "Images", "Information", "Layers", "Models", "SystemFiles", "Tensors", "Training"]),
        library("Plots", ["PNGFiles"]),
        library("Reports", ["Plots", "SystemFiles"]),
        library("Charts", ["CCairo", "PNGFiles", "Plots", "SystemFiles"]),
        library("ToolSupport", ["HDF5Files", "HDF5Verifier", "Images", "Layers", "ModelFiles", "Models", "PNGFiles", "Plots", "SystemFiles", "Tensors", "Training", argumentParser]),
        library("Experiments", ["Components", "Images", "Layers", "ModelFiles", "Models", "Plots", "SystemFiles", "Tensors", "ToolSupport", "Training", "YAMLFiles"]),
        tool("aetrain", ["Experiments", "Images", "ModelFiles", "Models", "Training", argumentParser]),
        tool("aeinspect", ["HDF5Files", "HDF5Verifier", "Layers", "ModelFiles", "Models", "SystemFiles", "Training", argumentParser]),
        tool("aeencode", ["Images", "ModelFiles", "Models", "SystemFiles", argumentParser]),
        tool("aedecode", ["ModelFiles", "Models", "PNGFiles", "Plots", "SystemFiles", argumentParser]),
        tool("aereconstruct", ["Images", "ModelFiles", "Models", "Plots", "SystemFiles", argumentParser]),
        tool("aescore", ["Images", "ModelFiles", "Models", "SystemFiles", argumentParser]),
        tool("aeplot", ["Charts", "Images", "Layers", "ModelFiles", "Models", "PNGFiles", "Plots", "SystemFiles", argumentParser]),
        tool("aeconvert", ["HDF5Files", "ModelFiles", "SystemFiles", argumentParser]),
        tool("aesweep", ["Experiments", "Reports", "SystemFiles", "Training", argumentParser]),
        .executableTarget(name: "aeflips", dependencies: ["ModelFiles"], path: "Tests/Flips"),
        .executableTarget(name: "aebench", dependencies: ["Images", "ModelFiles", "Models", "ToolSupport"], path: "Tests/Benchmarks"),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        tests("SystemFiles"),
        tests("HDF5Files", ["SystemFiles"]),
        tests("HDF5Verifier", ["HDF5Files", "Layers", "ModelFiles", "Models", "SystemFiles", "Training"]),
        tests("PNGFiles"),
        tests("Tensors", ["CKernels"]),
        tests("Layers", ["CKernels", "Tensors"]),
        tests("Models", ["Layers", "Tensors"]),
        tests("Components", ["Models"]),
        tests("Information"),
        tests("YAMLFiles"),
        tests("Training", ["CKernels", "Images", "Layers", "Models", "Tensors"]),
        tests("ModelFiles", ["HDF5Files", "Layers", "Models", "Training"]),
        tests("Images", ["HDF5Files"]),
        tests("Plots", ["PNGFiles"]),
        tests("Charts", ["PNGFiles"]),
        tests("Reports", ["aeplot", "aedecode", "aeinspect", "aetrain"]),
        .testTarget(name: "ToolTests", dependencies: [
            "HDF5Files", "Images", "Layers", "ModelFiles", "Models", "SystemFiles", "TestSupport", "ToolSupport",
            "aeconvert", "aedecode", "aeencode", "aeinspect", "aeplot", "aereconstruct", "aescore", "aesweep", "aetrain",
        ]),
    ],
    swiftLanguageModes: [.v6]
)
