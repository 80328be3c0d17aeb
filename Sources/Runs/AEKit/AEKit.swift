/// The core as one import, for another Swift package: a first sketch of what it is to be.
///
///     let file = try StoredFile("conv2.h5"), network = try ModelRecord.network(of: file)
///     let inference = Inference(network)
///     let digits = SyntheticDigits().load(.test, limit: 10)
///     let latents = digits.withPixels { inference.encode($0) }
///
/// - `ModelRecord.network(of:)` loads a model, `ModelRecord.decoder(of:)` its decoder alone;
/// - `Inference` encodes, decodes and reconstructs, on as many threads as it is given;
/// - `SyntheticDigits`, `DataSelection` and `ImageSet` are images;
/// - `Trainer` trains with a callback after every step, `ModelFile` saves.
@_exported import Images
@_exported import Layers
@_exported import ModelFiles
@_exported import Networks
@_exported import Optimization
@_exported import Tensors
@_exported import Training
