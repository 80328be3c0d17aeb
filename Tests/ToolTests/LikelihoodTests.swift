import Foundation
import TestSupport
import Testing

/// aescore --likelihood against PyTorch's network, and against the likelihood of a linear decoder, which can be computed.
struct LikelihoodTests {
    private let scratch = try! Scratch()
    private let data: String

    init() throws { data = try DigitFolder.make(in: scratch) }

    private func train(_ model: String, epochs: Int = 4, _ options: [String] = []) throws -> String {
        let path = scratch.path("model.h5")
        try succeed("aetrain", ["--model", model, "--data", data, "--epochs", "\(epochs)", "--batch-size", "32", "--learning-rate", "0.003", "-q", "-o", path] + options)
        return path
    }

    /// KL, the variance of mu and what follows from them to the digit; the squared error of samples as near as PyTorch's own samples allow. Labels are used.
    @Test(arguments: [("vae", ["--kl-weight", "0.75", "--reconstruction-weight", "2"]), ("conv-cvae", [])])
    func partsAreThoseOfPyTorch(model: String, options: [String]) throws {
        let path = try train(model, options + ["--bottleneck", "3"]), chunks = try succeed("aescore", ["--likelihood", "7", "--model", path, "--data", data, "--json", "-q"])
        let script = """
            import h5py, json, math, torch, mnist
            from model_files import load_model
            from networks import one_hot
            torch.manual_seed(0), torch.set_grad_enabled(False)
            network, (images, labels) = load_model(sys.argv[1])[2], mnist.load(sys.argv[2], "test")
            score, x = json.loads(sys.argv[3])["scores"][0], mnist.pixels(images)
            r, b = (float(h5py.File(sys.argv[1])["training"].attrs[key]) for key in ("reconstruction_weight", "kl_weight"))
            errors, weights, variance = [], [], b / (2 * r)
            for _ in range(200):
                z, x_hat, mu, logvar = network(x, one_hot(labels), torch.randn(200, 3))
                errors.append(((x - x_hat) ** 2).flatten(1).sum(1).double())
                mu, logvar, z = mu.double(), logvar.double(), z.double()
                ratio = (-z ** 2 / 2 + (z - mu) ** 2 / logvar.exp() / 2 + logvar / 2).sum(1)
                weights.append(-errors[-1] / (2 * variance) - 512 * math.log(2 * math.pi * variance) + ratio)
            kl = (-0.5 * (1 + logvar - mu ** 2 - logvar.exp())).mean(0)
            errors, weights = torch.stack(errors), torch.stack(weights)
            near = lambda a, b, tolerance=2e-5: abs(a - b) <= tolerance * max(1, abs(b))
            assert (score["count"], score["samples"], score["kl_weight"], score["reconstruction_weight"]) == (200, 7, b, r)
            assert all(near(*pair) for pair in zip(score["kl_by_number"], kl.tolist(), strict=True)), (score, kl)
            assert all(near(*pair) for pair in zip(score["mu_variance"], mu.var(0, unbiased=False).tolist(), strict=True))
            assert near(score["kl"], float(kl.sum())) and score["active"] == int((mu.var(0, unbiased=False) > 0.01).sum())
            assert near(score["loss"], r * score["squared_error"] + b * score["kl"]) and near(score["pixel_variance"], variance)
            assert near(score["elbo"], -score["squared_error"] / (2 * variance) - 512 * math.log(2 * math.pi * variance) - score["kl"])
            # Means of seven samples, whose noise is ours: five of their standard errors.
            spread = float(errors.var(0).mean() / 7 / 200) ** 0.5
            assert abs(score["squared_error"] - float(errors.mean())) < 5 * spread, (score, float(errors.mean()), spread)
            groups = weights[:196].unflatten(0, (28, 7)).logsumexp(1) - math.log(7)
            spread = float(groups.var(0).mean() / 200) ** 0.5
            assert abs(score["log_likelihood"] - float(groups.mean())) < 5 * spread, (score, float(groups.mean()), spread)
            assert near(score["log_likelihood_error"], float(groups.mean(0).std() / 200 ** 0.5), 0.1)
            assert score["elbo"] < score["log_likelihood"]
            print("equal")
            """
        #expect(try Python.oracle(script, [path, data, chunks]) == "equal\n")
    }

    /// With a linear decoder x is normal, N(b, W W' + s^2), and the estimate comes to its density.
    @Test func manySamplesComeToTheLikelihood() throws {
        try Data("""
            encoder: [Flatten(), "Linear(1024, 32)", ReLU()]
            latent: Gaussian(1)
            decoder: ["Linear(1, 1024)", "Unflatten(1, 32, 32)"]

            """.utf8).write(to: URL(fileURLWithPath: scratch.path("linear.yaml")))
        let path = try train(scratch.path("linear.yaml"), epochs: 40), score = ["--model", path, "--data", data, "--json", "-q", "--limit", "50", "--likelihood"]
        let few = try succeed("aescore", score + ["5000"]), text = try succeed("aescore", score + ["1"])
        let script = """
            import h5py, json, numpy as np, mnist
            from scipy.stats import multivariate_normal
            weights = h5py.File(sys.argv[1])["model/weights"]
            w, b = weights["decoder.0.weight"][()].astype(float), weights["decoder.0.bias"][()].astype(float)
            x = mnist.pixels(mnist.load(sys.argv[2], "test")[0][:50]).flatten(1).numpy()
            exact = multivariate_normal(b, w @ w.T + 0.5 * np.eye(1024)).logpdf(x).mean()
            many, one = (json.loads(text)["scores"][0]["log_likelihood"] for text in sys.argv[3:5])
            # In the mean the estimate rises to the likelihood, and with a single sample it is the bound.
            assert one + 0.3 < exact - 0.2 < many < exact + 0.05, (many, one, exact)
            print("near")
            """
        #expect(try Python.oracle(script, [path, data, few, text]) == "near\n")
    }

    @Test func printsATable() throws {
        let path = try train("vae"), table = try succeed("aescore", ["--likelihood", "2", "--model", path, "--data", data, "-q"]).split(separator: "\n")
        #expect(table.count == 4 && table[0].split(separator: " ").joined(separator: " ") == "loss squared error KL ELBO log p(x) +- active")
        #expect(table[1].hasPrefix(path) && table[1].hasSuffix(" of 2") && table[3].split(separator: " ").count == 3)
    }

    @Test(arguments: [
        (["--likelihood", "0", "--model", "m.h5"], "--likelihood is 0, not within 1 to 10000", 64),
        (["--likelihood", "9", "m.h5"], "--likelihood needs --model: files of reconstructions have no latents", 64),
        (["--likelihood", "9", "--model", "m.h5", "--reader", "r.h5"], "--reader has no meaning with --likelihood", 64),
        (["--likelihood", "9", "--model", "m.h5", "--record"], "--record has no meaning with --likelihood", 64),
        (["--likelihood", "9", "--model", "m.h5", "--sample"], "--sample has no meaning with --likelihood", 64),
        (["--model", "m.h5"], "--reader is needed: a reader's model file", 64),
        (["--likelihood", "9", "--model", "model.h5"], "model.h5 is not variational (simple): its images have no likelihood", 64),
    ] as [([String], String, Int32)])
    func refusals(arguments: [String], message: String, status: Int32) throws {
        _ = try train("simple")
        let run = try Tools.run("aescore", arguments.map { $0.hasSuffix(".h5") ? scratch.path($0) : $0 } + ["--data", data])
        #expect(run.status == status && run.errors.contains(message), "\(run.errors)")
    }
}
