import Optimization
import Testing
import TestSupport

/// What changes from step to step.
struct ScheduleTests {
    private func schedule(_ recipe: Recipe, epochs: Int, stepsPerEpoch: Int, peak: Double = 1e-3) -> Schedule {
        var options = TrainingOptions()
        (options.recipe, options.epochs, options.learningRate) = (recipe, epochs, peak)
        return Schedule(options, stepsPerEpoch: stepsPerEpoch)
    }

    @Test(arguments: [(10, 93), (3, 5), (1, 8)]) func oneCycleIsPyTorchs(_ epochs: Int, _ stepsPerEpoch: Int) throws {
        let steps = epochs * stepsPerEpoch
        let text = try Python.oracle("""
            import torch
            optimizer = torch.optim.Adam([torch.zeros(1, requires_grad=True)], lr=1e-3)
            cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=4e-3, total_steps=int(sys.argv[1]), pct_start=0.15, cycle_momentum=False)
            for _ in range(int(sys.argv[1])):
                print(repr(optimizer.param_groups[0]["lr"]))
                optimizer.step()
                if cycle.last_epoch + 1 < int(sys.argv[1]):
                    cycle.step()
            """, ["\(steps)"], in: Scratch())
        let want = text.split(separator: "\n").compactMap { Double($0) }
        #expect(want.count == steps)
        let schedule = schedule(.best, epochs: epochs, stepsPerEpoch: stepsPerEpoch, peak: 4e-3)
        for (step, rate) in want.enumerated() { #expect(abs(schedule.learningRate(step: step) - rate) < 1e-9 * 4e-3, "step \(step)") }
    }

    /// The KL divergence has all of its weight long before the last five of ten epochs begin.
    @Test func divergenceGainsItsWeight() {
        let schedule = schedule(.best, epochs: 10, stepsPerEpoch: 100)
        let shares = (0..<1000).map(schedule.klShare)
        #expect(shares[0] > 0 && shares[0] < 0.01 && shares[499] == 1)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 } && shares.allSatisfy { $0 <= 1 })
    }

    @Test func reportIsConstant() {
        let schedule = schedule(.report, epochs: 10, stepsPerEpoch: 10)
        for step in 0..<100 { #expect(schedule.learningRate(step: step) == 1e-3 && schedule.klShare(step: step) == 1) }
    }
}
