import Components
import Evaluation
import Images
import ModelFiles
import Networks
import Optimization
import Platform
import Requests
import Synchronization
import SystemFiles
import Tensors
import Texts
import Training

/// Runs what a plan asks for and a folder lacks. Every run saves its model file after each epoch, and every row is written as it is made, so that a sweep which was
/// killed goes on where it stopped, to the same files and rows; a finished one changes nothing.
public final class Sweep {
    private let plan: SweepPlan, folder: String, jobs: Int, threads: Int
    private let data: LoadedImages, dataDigest: [UInt8]
    private let lock: FileLock
    private let earlier: EarlierResults

    fileprivate struct State {
        var results: SweepResults
        var next = 0, failures: [any Error] = []
    }

    /// Makes the folder and takes its lock, reads the data and what an earlier sweep left. Throws `RunError`, and what reading data and files throws.
    ///
    /// - Parameters:
    ///   - force: drops what results.json has of runs that the plan lacks, which is otherwise refused. Model files always stay.
    ///   - jobs: runs at a time, each with `threads` threads.
    public init(_ plan: SweepPlan, _ source: any DataSource, _ preparation: Preparation = .init(), folder: String, force: Bool, jobs: Int, threads: Int) throws {
        (self.plan, self.folder, self.jobs, self.threads) = (plan, folder, jobs, threads)
        if mkdir(folder, 0o777) != 0, errno != EEXIST { throw SystemError(path: folder, what: "cannot create", errno: errno) }
        lock = try FileLock(beside: "\(folder)/results.json")
        earlier = try EarlierResults(folder)
        let names = Set(plan.runs.map(\.fileName))
        if !force, let stranger = earlier.rows.keys.sorted().first(where: { !names.contains($0) }) {
            throw RunError.request("\(folder.printable)/results.json has rows that this plan lacks, \(stranger.printable) among them: give another folder, or \(.force) to drop them")
        }
        data = try LoadedImages(source, limit: plan.limit, Preparation(preparation.shape(over: Architecture.reportShape)))
        let classes = Architecture.reportClasses
        for set in [data.train, data.test] {
            guard let labels = set.labels else { throw RunError.badData("\(source): has no labels, which the reader needs") }
            if let label = labels.first(where: { $0 >= classes }) { throw RunError.badData("\(source): has label \(label), but the reader knows \(classes) classes") }
        }
        dataDigest = try PreparedImages.digest([data.train, data.test])
        // Before anything runs; a file that cannot be read is its own run's failure.
        for run in [plan.reader] + plan.runs {
            do { _ = try finished(run) } catch let error as RunError { throw error } catch {}
        }
    }

    /// Trains the reader, then all runs, some at a time.
    ///
    /// - Returns: the results, and what ended the runs that failed; nil where the observer stopped the sweep. What was done is saved.
    /// - Throws: where the reader cannot be had, or the results not be written.
    public func run(_ observer: any SweepObserver) throws -> (results: SweepResults, failures: [any Error])? {
        let runs = [plan.reader] + plan.runs, epochs = runs.map { (try? $0.epochs(in: folder)) ?? (all: $0.epochs, done: 0) }
        // The reader is alone, with the threads of all.
        let threads = min(jobs * self.threads, TrainingRequest.mostThreads)
        observer.begin(images: epochs.map { $0.done * data.train.count }, total: epochs.reduce(0) { $0 + $1.all } * data.train.count)
        guard let reader = try trained(plan.reader, 0, threads: threads, observer) else { return nil }
        let accuracy = try ReaderEvaluation.accuracy(of: reader.network, on: data.test, threads: threads)
        let rows = plan.runs.map { kept($0, readerSeal: reader.seal) }
        observer.skip(rows.count { $0 != nil })
        observer.end(0, images: epochs[0].all * data.train.count, "\(SweepResults.readerFile)  \(accuracy.fixed(2)) % of the test images themselves")
        let state = Mutex(State(results: SweepResults(readerAccuracy: accuracy, readerSeal: reader.seal, rows: rows)))
        Team(size: jobs, flushesDenormals: false).run { _ in
            while !observer.isStopping, let index = state.withLock({ $0.takeNext(plan.runs.count) }) {
                guard state.withLock({ $0.results.rows[index] == nil }) else { continue }
                do {
                    guard let row = try row(index, reader, observer) else { continue }
                    try state.withLock {
                        $0.results.rows[index] = row
                        try $0.results.write(to: folder)
                    }
                    observer.end(index + 1, images: epochs[index + 1].all * data.train.count, Self.line(row))
                } catch {
                    state.withLock { $0.failures.append(error) }
                    observer.fail(error)
                }
            }
        }
        guard !observer.isStopping else { return nil }
        var results = state.withLock { $0.results }
        results.subspaces = try Subspaces.compare(results.rows.compactMap { $0?.run }, folder)
        try results.write(to: folder)
        return (results, state.withLock { $0.failures })
    }

    private static func line(_ row: SweepResults.Row) -> String {
        let sampled = row.sampledAccuracy.map { " (sampled \($0.fixed(2)) %)" } ?? ""
        return "\(row.run.fileName)  \(row.accuracy.fixed(2)) %\(sampled)  squared error \(row.meanSquaredError.significant(4))" + (row.seconds.map { "  \($0.fixed(2)) s" } ?? "")
    }

    // MARK: One run

    /// A network, and what its file is known by.
    private struct Trained {
        let network: Network, seal: String
        /// Seconds of training, where some of it was done now.
        var seconds: Double?
    }

    /// The row of an earlier sweep, as long as its files are the same.
    private func kept(_ run: SweepRun, readerSeal: String) -> SweepResults.Row? {
        guard let row = earlier.rows[run.fileName], earlier.readerSeal == readerSeal, let file = try? finished(run), (try? SHA256.hex(file.seal)) == row.seal else { return nil }
        return SweepResults.Row(run: run, accuracy: row.accuracy, sampledAccuracy: row.sampledAccuracy, meanSquaredError: row.meanSquaredError, seconds: row.seconds, seal: row.seal)
    }

    /// Trains and scores a run, or what of it is left; nil where the observer stopped it.
    private func row(_ index: Int, _ reader: Trained, _ observer: any SweepObserver) throws -> SweepResults.Row? {
        let run = plan.runs[index]
        guard let trained = try trained(run, index + 1, threads: threads, observer) else { return nil }
        let evaluation = try ReaderEvaluation(trained.network, reader: reader.network, images: data.test, threads: threads)
        return SweepResults.Row(run: run, accuracy: evaluation.accuracy, sampledAccuracy: evaluation.sampledAccuracy, meanSquaredError: evaluation.meanSquaredError,
                                seconds: trained.seconds ?? earlier.rows[run.fileName]?.seconds, seal: trained.seal)
    }

    /// A run's file where it is whole; nil where there is none yet, or training has to go on. Throws where the file is of another run or of other data.
    private func finished(_ run: SweepRun) throws -> StoredFile? {
        let request = run.request(in: folder, threads: threads)
        guard FileIdentity(request.output) != nil else { return nil }
        let file = try StoredFile(request.output)
        if run.isComponents {
            guard let record = try ComponentRecord(file.root), record.analysis.kept == run.bottleneck, !record.analysis.isStandardized, record.dataDigest == dataDigest else {
                throw RunError.badData("\(request.output.printable): is not of these data or of this plan; it may be removed")
            }
            return file
        }
        let stored = try TrainingRecord(file.root), options: TrainingOptions
        do {
            options = try TrainingSession.resumedOptions(request, stored, ModelRecord.description(file.root))
        } catch let error as RunError {
            throw RunError.badData("\(error.message); in another folder the run begins anew")
        }
        guard stored.dataDigest == dataDigest else { throw RunError.badData("\(request.output.printable): was trained on other data than \(data.description)") }
        return stored.state.epochsDone >= options.epochs ? file : nil
    }

    private func trained(_ run: SweepRun, _ number: Int, threads: Int, _ observer: any SweepObserver) throws -> Trained? {
        if let file = try finished(run) { return Trained(network: try ModelRecord.network(of: file), seal: SHA256.hex(try file.seal)) }
        let request = run.request(in: folder, threads: threads), seconds: Double?
        if run.isComponents {
            seconds = try ComponentSession(request, data).run().losses.seconds
        } else {
            guard case .finished(let time) = try train(request, number, observer) else { return nil }
            seconds = time
        }
        let file = try StoredFile(request.output)
        return Trained(network: try ModelRecord.network(of: file), seal: SHA256.hex(try file.seal), seconds: seconds)
    }

    private enum Training {
        case stopped
        /// Seconds of all epochs, after those that were trained now from their beginning; nil where there is none.
        case finished(seconds: Double?)
    }

    private func train(_ request: TrainingRequest, _ number: Int, _ observer: any SweepObserver) throws -> Training {
        let session = try TrainingSession(request, data)
        // An epoch that an earlier start began was timed from where this one took it up.
        var isWhole = session.trainer.state.stepInEpoch == 0, times: [Double] = []
        let finished = try session.run(
            afterStep: { done, _ in
                observer.update(number, images: session.trainer.state.epochsDone * data.train.count + done)
                return !observer.isStopping
            },
            afterEpoch: {
                if isWhole { times.append($0.seconds) }
                isWhole = true
            })
        guard finished else { return .stopped }
        return .finished(seconds: times.isEmpty ? nil : times.reduce(0, +) / Double(times.count) * Double(session.options.epochs))
    }
}

extension Sweep.State {
    /// The next run that nobody has taken; nil after the last.
    fileprivate mutating func takeNext(_ count: Int) -> Int? {
        guard next < count else { return nil }
        defer { next += 1 }
        return next
    }
}
