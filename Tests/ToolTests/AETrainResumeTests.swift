import Foundation
import TestSupport
import Testing

/// Runs that repeat, stop and go on, to the same bytes.
struct AETrainResumeTests {
    private let scratch = try! Scratch()
    private let data: String

    init() throws { data = try DigitFolder.make(in: scratch) }

    private func train(_ name: String, _ options: [String]) throws -> Data {
        try succeed("aetrain", ["--data", data, "-q", "-o", scratch.path(name)] + options)
        return try bytes(name)
    }

    private func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: scratch.path(name))) }

    /// Starts aetrain, waits for `file` to appear and gives the running process.
    private func start(_ options: [String], until file: String) throws -> Process {
        let process = Process()
        process.executableURL = Tools.folder.appendingPathComponent("aetrain")
        process.arguments = ["--data", data, "-q"] + options
        try process.run()
        while process.isRunning, !FileManager.default.fileExists(atPath: scratch.path(file)) { usleep(2000) }
        try #require(process.isRunning)
        return process
    }

    private func end(_ process: Process, _ signal: Int32) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
    }

    @Test(arguments: ["simple", "conv-vae"]) func repeatsWhateverTheThreads(_ model: String) throws {
        let options = ["--model", model, "--limit", "150", "--epochs", "2", "--seed", "5"]
        let runs = try (1...3).map { try train("\($0).h5", options + ["--threads", "\($0)"]) }
        #expect(runs[0] == runs[1] && runs[0] == runs[2])
        #expect(try train("other.h5", options + ["--seed", "6"]) != runs[0])
    }

    /// SIGINT and SIGTERM save in mid-epoch; SIGKILL leaves the last epoch, and files that the next run clears away.
    @Test(arguments: [("simple", SIGINT), ("conv-vae", SIGTERM), ("simple", SIGKILL)])
    func goesOnAfterASignal(_ model: String, _ signal: Int32) throws {
        let options = ["--model", model, "--limit", "160", "--batch-size", "16", "--epochs", model == "simple" ? "150" : "40", "--record", "latents"]
            + (model == "simple" ? [] : ["--recipe", "best"])
        let whole = try train("whole.h5", options), path = scratch.path("stopped.h5")
        let process = try start(options + ["-o", path], until: "stopped.h5")
        #expect(end(process, signal) == 128 + signal)
        if signal != SIGKILL {
            let script = "import h5py\nprint(0 < h5py.File(sys.argv[1])['training/state'].attrs['step_in_epoch'] < 10)"
            #expect(try Python.oracle(script, [path]) == "True\n")
            #expect(try scratch.names() == ["digits", "stopped.h5", "whole.h5"])
        }
        #expect(try Tools.run("aeinspect", [path]).status == 0)
        try succeed("aetrain", ["--data", data, "--resume", path])
        #expect(try bytes("stopped.h5") == whole)
        #expect(try scratch.names() == ["digits", "stopped.h5", "whole.h5"])
    }

    @Test func leavesAFinishedRunAlone() throws {
        let options = ["--model", "vae", "--limit", "64", "--epochs", "2"]
        let before = try train("a.h5", options)
        let run = try Tools.run("aetrain", ["--data", data, "--resume", scratch.path("a.h5")] + options)
        #expect(run.status == 0 && run.errors == "aetrain: \(scratch.path("a.h5")): all 2 epochs are done\n")
        #expect(try bytes("a.h5") == before)
    }

    /// A schedule runs over all epochs: with more of them, it would have been another from the start.
    @Test func keepsItsSchedule() throws {
        _ = try train("a.h5", ["--model", "ae", "--limit", "64", "--epochs", "2", "--recipe", "best"])
        let run = try Tools.run("aetrain", ["--data", data, "--limit", "64", "--resume", scratch.path("a.h5"), "--epochs", "3"])
        #expect(run.status == 64 && run.errors.contains("--epochs is 3") && run.errors.contains("a schedule of 2 epochs"))
    }

    /// Into the same file or another: as if the run had been that long from the start.
    @Test func takesMoreEpochs() throws {
        let options = ["--model", "vae", "--limit", "64", "--record", "weights"]
        let whole = try train("whole.h5", options + ["--epochs", "4"])
        let short = try train("a.h5", options + ["--epochs", "2"])
        #expect(try train("b.h5", ["--resume", scratch.path("a.h5"), "--limit", "64", "--epochs", "4"]) == whole)
        #expect(try bytes("a.h5") == short)
        #expect(try train("a.h5", ["--resume", scratch.path("a.h5"), "--limit", "64", "--epochs", "4"]) == whole)
        let taken = try Tools.run("aetrain", ["--data", data, "--limit", "64", "--resume", scratch.path("a.h5"), "-o", scratch.path("b.h5")])
        #expect(taken.status == 73 && taken.errors == "aetrain: \(scratch.path("b.h5")): exists: --force replaces it, --resume goes on with a run\n")
        // Nothing is left to train, but the output is to be there.
        _ = try train("c.h5", ["--resume", scratch.path("a.h5")])
        #expect(try Tools.run("aeinspect", ["--diff", scratch.path("a.h5"), scratch.path("c.h5")]).status == 0)
    }

    @Test func refusesOtherOptionsAndData() throws {
        let path = scratch.path("a.h5"), before = try train("a.h5", ["--model", "vae", "--limit", "64", "--epochs", "2"])
        func refused(_ options: [String]) throws -> String {
            let run = try Tools.run("aetrain", ["--resume", path, "--epochs", "3"] + options)
            #expect(run.status == 64 && run.output == "" && run.errors.split(separator: "\n").count == 1, "\(options): \(run.errors)")
            return run.errors
        }
        for (option, value, stored) in [
            ("--model", "ae", "vae"), ("--bottleneck", "3", "2"), ("--batch-size", "32", "64"), ("--learning-rate", "0.5", "0.001"),
            ("--kl-weight", "2.0", "1.0"), ("--reconstruction-weight", "0.0", "1.0"), ("--seed", "1", "0"), ("--noise", "none", "gaussian"),
            ("--record", "none", "final"), ("--epochs", "1", "2 epochs"),
        ] {
            let expected = "\(option) is \(value), but \(path) was trained with \(stored): a resumed run keeps its options"
            #expect(try refused(["--data", data, "--limit", "64", option, value]) == "aetrain: \(expected)\n")
        }
        #expect(try refused(["--data", data, "--limit", "64", "--no-shuffle"]).contains("--no-shuffle is true"))
        #expect(try refused(["--data", data, "--limit", "64", "--init", path]).contains("exclude each other"))
        #expect(try refused(["--data", data, "--limit", "63"]).contains("a.h5 was trained on 64 images, not on 63"))
        // As many images, but others.
        let other = scratch.path("digits/train-images-idx3-ubyte"), file = try #require(FileHandle(forUpdatingAtPath: other))
        try file.seek(toOffset: 400)
        try file.write(contentsOf: Data([7]))
        try file.close()
        #expect(try refused(["--data", data]).contains("a.h5 was trained on other images than those of"))
        #expect(try bytes("a.h5") == before)
    }

    /// Before the first epoch is saved and after it, with --force and without.
    @Test func lockedOutputIsLeftToItsTrainer() throws {
        let path = scratch.path("a.h5"), options = ["--model", "simple", "--epochs", "100000", "-o", path]
        let first = try start(options, until: ".a.h5.lock")
        for file in [".a.h5.lock", "a.h5"] {
            while !FileManager.default.fileExists(atPath: scratch.path(file)) { usleep(2000) }
            for others in [[], ["--force"]] {
                let run = try Tools.run("aetrain", ["--data", data] + options + others)
                #expect(run.status == 75)
                #expect(run.errors.hasPrefix("aetrain: \(path): is in use by another process") && run.errors.split(separator: "\n").count == 1)
            }
        }
        #expect(end(first, SIGTERM) == 143)
        #expect(try scratch.names() == ["a.h5", "digits"])
    }
}
