import Foundation
import Information
import TestSupport
import Testing

struct NormalTests {
    /// Of two normal distributions and of a VAE's latent, as torch.distributions has them.
    @Test func divergencesAsPyTorch() throws {
        let printed = try Python.run("""
            import json, torch
            from torch.distributions import Normal, kl_divergence
            torch.manual_seed(0)
            numbers = torch.randn(50, 4, dtype=torch.float64)
            p, q = Normal(numbers[:, 0], numbers[:, 1].exp()), Normal(numbers[:, 2], numbers[:, 3].exp())
            latent = kl_divergence(Normal(numbers[:, 0], (numbers[:, 1] / 2).exp()), Normal(0.0, 1.0)).sum()
            print(json.dumps([numbers.flatten().tolist(), kl_divergence(p, q).tolist(), [latent.item()]]))
            """)
        let arrays = try #require(JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [[Double]])
        let numbers = stride(from: 0, to: 200, by: 4).map { Array(arrays[0][$0..<$0 + 4]) }
        let ours = try numbers.map { try Normal(mean: $0[0], deviation: exp($0[1])).divergence(from: Normal(mean: $0[2], deviation: exp($0[3]))) }
        #expect(largestDifference(ours, arrays[1]) < 1e-9 * largest(arrays[1]))
        let latent = try Normal.latentDivergence(mu: numbers.map { $0[0] }, logvar: numbers.map { $0[1] })
        #expect(abs(latent - arrays[2][0]) < 1e-10)
    }

    @Test func properties() throws {
        let normal = try Normal(mean: 2, deviation: 3)
        #expect(normal.divergence(from: normal) == 0 && Normal.standard.divergence(from: .standard) == 0)
        let latent = try Normal.latentDivergence(mu: [2], logvar: [2 * log(3)])
        #expect(abs(normal.divergence(from: .standard) - latent) < 1e-14)
        for (mean, deviation) in [(0, 0), (0, -1), (.nan, 1), (0, .infinity)] as [(Double, Double)] {
            #expect(throws: InformationError.self) { _ = try Normal(mean: mean, deviation: deviation) }
        }
        #expect(throws: InformationError.self) { _ = try Normal.latentDivergence(mu: [1], logvar: []) }
    }

    /// The report's Listings 3 and 4 in PyTorch, and by the formula.
    @Test func reparameterizationAsPyTorch() throws {
        let printed = try Python.run("""
            import json, torch
            def gradients(e):
                w1, w_mu, w_sd = (torch.tensor([value], dtype=torch.float64, requires_grad=True) for value in (2.0, 8.0, 9.0))
                hidden = torch.tensor([3.0], dtype=torch.float64) * w1
                mu, std = w_mu * hidden, w_sd * hidden
                z = torch.normal(mu, std) if e is None else mu + std * e
                z.backward()
                return [w1.grad.item(), w_mu.grad.item(), w_sd.grad.item()] + ([] if e is None else [z.item()])
            print(json.dumps([gradients(e) for e in (0.0, 1.0, -0.37, 2.5)] + [gradients(None)]))
            """)
        let expected = try #require(JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [[Double]])
        let example = Reparameterization(input: 3, w1: 2, wMu: 8, wSd: 9)
        #expect(example.mu == 48 && example.sigma == 54)
        for (noise, want) in zip([0, 1, -0.37, 2.5], expected) {
            let ours = example.gradients(noise: noise)
            #expect(largestDifference([ours.w1, ours.wMu, ours.wSd, example.sample(noise: noise)], want) < 1e-12)
        }
        let drawn = example.gradientsOfDrawnSample
        #expect([drawn.w1, drawn.wMu, drawn.wSd] == expected[4])
    }
}
