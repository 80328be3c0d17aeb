import Foundation
import Images
import Requests
import Testing
import TestSupport
import ToolSupport
import Training

/// That no fault loses a checkpoint: a short selection of what Tools/faults.sh does.
@Suite struct FaultTests {
    @Test(arguments: [("kills", 8), ("calls", 80), ("sizes", 5), ("disks", 4)])
    func noCheckpointIsLost(kind: String, count: Int) throws {
        let script = "import faults, pathlib, sys\nfaults.main(pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])"
        #expect(try Python.oracle(script, [Tools.folder.path, "\(count)", kind]).hasPrefix("\(kind): "))
    }

    /// A step so long that the weights are no numbers any more, though its loss was one: a signal right after it must not save them.
    @Test func weightsThatAreNotFiniteAreNotSaved() throws {
        let scratch = try Scratch()
        var request = TrainingRequest(output: scratch.path("model.h5"))
        (request.model, request.learningRate, request.limit, request.batchSize, request.threads) = ("simple", 1e300, 64, 32, 1)
        let session = try TrainingSession(request, SyntheticDigits())
        let error = #expect(throws: RunError.self) { _ = try session.run(afterStep: { _, _ in false }, afterEpoch: { _ in }) }
        #expect(error?.description.hasSuffix("is not finite after step 1; nothing was saved") == true, "\(String(describing: error))")
        #expect(try !scratch.names().contains("model.h5"))
    }
}
