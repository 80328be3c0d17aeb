import Images
import TestSupport
import Testing

/// Tools/fetch-mnist.sh with folders of this machine as mirrors.
@Suite(.enabled(if: hasMNIST, "no MNIST at ../shared/data/mnist"))
struct FetchMNISTTests {
    /// Runs it; gives its exit status, its messages and the names in the folder.
    private func fetch(_ folder: Folder, mirrors: [String]) throws -> (status: String, messages: String, names: String) {
        let script = """
            import os, subprocess, sys
            environment = dict(os.environ, AEKIT_MNIST_MIRRORS=" ".join("file://" + mirror for mirror in sys.argv[3:]))
            ran = subprocess.run([sys.argv[1], sys.argv[2]], env=environment, capture_output=True, text=True)
            print(ran.returncode, ran.stderr.strip(), " ".join(sorted(os.listdir(sys.argv[2]))), sep="\\n")
            """
        let tool = Python.root.appendingPathComponent("Tools/fetch-mnist.sh").path
        let lines = try Python.run(script, [tool, folder.path] + mirrors).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return (lines[0], lines[1], lines[2])
    }

    @Test func takesTheFirstMirrorThatIsRight() throws {
        let folder = try Folder(), corrupted = try Folder()
        try corrupted.write([1, 2, 3], to: "train-images-idx3-ubyte.gz")
        let ran = try fetch(folder, mirrors: [corrupted.path, "/nowhere", mnistFolder])
        #expect(ran.status == "0" && ran.messages == "")
        #expect(try #require(IDXFolder(ifAt: folder.path)).load(.test, limit: nil).count == 10_000)
        // What is right stays, without any mirror.
        #expect(try fetch(folder, mirrors: ["/nowhere"]).status == "0")
    }

    @Test func keepsNothingCorrupted() throws {
        let folder = try Folder(), corrupted = try Folder()
        try corrupted.write([1, 2, 3], to: "train-images-idx3-ubyte.gz")
        let ran = try fetch(folder, mirrors: [corrupted.path])
        #expect(ran.status == "74" && ran.names == "")
        let reason = "what was downloaded is not MNIST's file (wrong SHA-256); tried: file://\(corrupted.path)"
        #expect(ran.messages == "fetch-mnist.sh: train-images-idx3-ubyte.gz: \(reason)")
        #expect(try fetch(folder, mirrors: ["/nowhere"]).messages.contains("could not be downloaded"))
    }
}
