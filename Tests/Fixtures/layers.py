"""Expected numbers of each layer, loss and optimizer alone, computed by PyTorch in float64.

    layers.py [layers.json]

Inputs and weights are multiples of 1/64, so that float32 holds them exactly; everything else is rounded to 9 significant digits, as many
as tell any two float32 apart. Tensors are in PyTorch's order, batch first, each {"shape": [...], "values": [...]}, the last axis fastest.
A case is {"layer", "name", "options", "tensors"}. The gradients follow from the loss sum(output * output_gradient).
"""
import json
import platform
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(20)


def draw(*shape, scale=1.0):
    """Normal numbers of the given scale, rounded to multiples of 1/64."""
    return (torch.randn(*shape, dtype=torch.float64) * scale * 64).round() / 64


def plain(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}


def case(layer, name, options, **tensors):
    return {"layer": layer, "name": name, "options": options, "tensors": {key: plain(tensor) for key, tensor in tensors.items()}}


def passed(module, x):
    """One pass forward and back: input, output and the gradients, those of the parameters by their own names."""
    x = x.clone().requires_grad_()
    module.zero_grad()
    output = module(x)
    output_gradient = draw(*output.shape)
    output.backward(output_gradient)
    gradients = {f"{name}_gradient": parameter.grad.clone() for name, parameter in module.named_parameters()}
    return {"input": x, "output": output, "output_gradient": output_gradient, "input_gradient": x.grad} | gradients


def with_weights(module):
    """The module in float64 with weights that float32 holds, and a copy of them by name."""
    module.double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(*parameter.shape, scale=0.5))
    return module, {name: parameter.detach().clone() for name, parameter in module.named_parameters()}


def linears():
    for batch, inputs, outputs, bias in ((3, 7, 5, True), (16, 12, 10, True), (19, 33, 2, True), (16, 1, 17, False)):
        module, weights = with_weights(nn.Linear(inputs, outputs, bias=bias))
        options = {"in_features": inputs, "out_features": outputs, "bias": bias}
        yield case("Linear", f"{inputs} to {outputs}, batch {batch}", options, **weights, **passed(module, draw(batch, inputs)))


# batch, in and out channels, height, width, kernel, stride, padding, bias
CONVOLUTIONS = (
    (3, 1, 8, 8, 8, 3, 2, 1, False), (16, 2, 3, 6, 6, 3, 2, 1, True), (19, 3, 2, 5, 7, 3, 1, 1, True), (3, 2, 9, 7, 7, 5, 2, 2, True),
    (16, 2, 2, 6, 6, 4, 2, 1, True), (19, 5, 4, 3, 4, 1, 1, 0, True), (3, 2, 3, 9, 6, 3, 2, 0, True), (3, 1, 2, 5, 5, 5, 1, 0, False),
)
# the same, then output padding
TRANSPOSED = (
    (3, 8, 1, 4, 4, 3, 2, 1, True, 1), (16, 2, 3, 3, 3, 3, 2, 1, True, 1), (19, 2, 2, 3, 4, 3, 2, 1, True, 0), (16, 3, 2, 4, 4, 3, 1, 1, True, 0),
    (3, 2, 9, 3, 3, 5, 2, 2, True, 1), (3, 2, 3, 4, 3, 5, 2, 2, True, 0), (19, 2, 2, 3, 3, 4, 2, 1, True, 0), (3, 5, 4, 3, 4, 1, 1, 0, False, 0),
)


def convolutions():
    for batch, inputs, outputs, height, width, kernel, stride, padding, bias, *output_padding in CONVOLUTIONS + TRANSPOSED:
        layer = "ConvTranspose2d" if output_padding else "Conv2d"
        options = {"kernel_size": kernel, "stride": stride, "padding": padding, "bias": bias}
        options |= {"output_padding": output_padding[0]} if output_padding else {}
        module, weights = with_weights(getattr(nn, layer)(inputs, outputs, **options))
        name = f"{inputs} to {outputs}, {height}x{width}, kernel {kernel} stride {stride} padding {padding}"
        name += f" output padding {output_padding[0]}, batch {batch}" if output_padding else f", batch {batch}"
        options |= {"in_channels": inputs, "out_channels": outputs}
        yield case(layer, name, options, **weights, **passed(module, draw(batch, inputs, height, width)))


def statistics(module):
    return {"running_mean": module.running_mean.clone(), "running_var": module.running_var.clone()}


def batch_norms():
    """Two steps of training on different inputs, the running statistics after each, then evaluation of the second input."""
    for batch, channels, height, width in ((5, 3, 4, 4), (16, 2, 3, 5), (33, 2, 4, 3)):
        module, weights = with_weights(nn.BatchNorm2d(channels))
        tensors = dict(weights)
        for step in (1, 2):
            numbers = passed(module, draw(batch, channels, height, width, scale=2) + step / 2) | statistics(module)
            tensors |= {f"{name}_{step}": tensor.detach().clone() for name, tensor in numbers.items()}
        module.eval()
        tensors["evaluated_2"] = module(tensors["input_2"])
        yield case("BatchNorm2d", f"{channels}x{height}x{width}, batch {batch}", {"num_features": channels, "eps": 1e-5, "momentum": 0.1}, **tensors)


def activations():
    for layer in ("ReLU", "Sigmoid"):
        for batch in (3, 19):
            x = draw(batch, 11, scale=3)
            x[0, :3] = torch.tensor([0.0, 100.0, -100.0])
            yield case(layer, f"11 features, batch {batch}", {}, **passed(getattr(nn, layer)(), x))


def differentiated(value, **inputs):
    """The loss value(**inputs) and its gradient for each input."""
    inputs = {name: tensor.clone().requires_grad_() for name, tensor in inputs.items()}
    result = value(**inputs)
    result.backward()
    return inputs | {f"{name}_gradient": tensor.grad for name, tensor in inputs.items()} | {"loss": result}


def variational_loss(x_hat, mu, logvar, x, kl_weight, reconstruction_weight):
    """The report's Listing 5, of images flattened to rows."""
    reconstruction = ((x - x_hat) ** 2).sum(1).mean()
    kl = (-0.5 * (1 + logvar - mu ** 2 - logvar.exp()).sum(1)).mean()
    return reconstruction_weight * reconstruction + kl_weight * kl


def losses():
    for batch in (3, 19):
        x, x_hat = torch.sigmoid(draw(batch, 12)), torch.sigmoid(draw(batch, 12))
        x, x_hat = (x * 64).round() / 64, (x_hat * 64).round() / 64
        numbers = differentiated(lambda x_hat: F.mse_loss(x_hat, x), x_hat=x_hat)
        yield case("MSELoss", f"12 elements, batch {batch}", {}, x=x, **numbers)

        labels = torch.randint(0, 10, (batch,))
        numbers = differentiated(lambda logits: F.cross_entropy(logits, labels), logits=draw(batch, 10, scale=4))
        yield case("CrossEntropyLoss", f"10 classes, batch {batch}", {}, labels=labels, **numbers)

        for weights in ({"kl_weight": 1.0, "reconstruction_weight": 1.0}, {"kl_weight": 1.25, "reconstruction_weight": 0.5}):
            numbers = differentiated(lambda x_hat, mu, logvar: variational_loss(x_hat, mu, logvar, x, **weights),
                                     x_hat=x_hat, mu=draw(batch, 3), logvar=draw(batch, 3))
            yield case("VAELoss", f"12 elements, bottleneck 3, batch {batch}", weights, x=x, **numbers)


def adam():
    """Three steps, with gradients of zero and of the size of epsilon among them."""
    parameter = nn.Parameter(draw(20))
    gradients = draw(3, 20)
    gradients[:, 0], gradients[:, 1], gradients[1:, 2] = 0, 2.0 ** -27, 0
    tensors = {"parameter": parameter.detach().clone(), "gradients": gradients}
    options = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
    optimizer = torch.optim.Adam([parameter], lr=1e-3)
    for step in (1, 2, 3):
        parameter.grad = gradients[step - 1].clone()
        optimizer.step()
        state = optimizer.state[parameter]
        tensors |= {f"parameter_{step}": parameter.detach().clone(), f"m_{step}": state["exp_avg"].clone(), f"v_{step}": state["exp_avg_sq"].clone()}
    yield case("Adam", "20 numbers, three steps", options, **tensors)


def main():
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_suffix(".json")
    cases = [made for maker in (linears, convolutions, batch_norms, activations, losses, adam) for made in maker()]
    head = {"script": "Tests/Fixtures/layers.py", "versions": {"python": platform.python_version(), "torch": torch.__version__}}
    lines = ",\n".join(json.dumps(made, separators=(",", ":")) for made in cases)
    path.write_text(f'{json.dumps(head)[:-1]}, "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
