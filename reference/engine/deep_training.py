"""Whole trainings of networks with normalisations and residual blocks by PyTorch, for DeepTrainingTest.

Usage: python3 deep_training.py > engine/src/test/resources/dev/mettle/engine/deep-training.txt
Written with PyTorch 1.13. As training.py, but scales start at 1 + 0.1 x and shifts at 0.1 x, x of the recurrence;
predictions are those of evaluation, by running moments, and the moments are printed too. No Adam before a batch norm: the
gradient by a bias that the norm takes away is rounding noise, of which Adam makes steps of full size.
"""
import contextlib
import io

import torch

with contextlib.redirect_stdout(io.StringIO()):  # the trainings of the other file are not wanted
    from training import numbers, targets

N, O = torch.nn, torch.optim
torch.set_num_threads(1)


class Residual(N.Module):
    def __init__(self, *body, shortcut=None):
        super().__init__()
        self.body = N.Sequential(*body)
        self.shortcut = shortcut or N.Sequential()

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


def weighted(net, seed):
    for layer in net.modules():
        if not hasattr(layer, "weight"):
            continue
        w = layer.weight.data
        x = numbers(w.numel(), seed).reshape(w.shape)
        norm = isinstance(layer, (N.BatchNorm1d, N.BatchNorm2d, N.LayerNorm))
        w.copy_(1 + 0.1 * x if norm else x * (3.0 / w[0].numel()) ** 0.5)
        layer.bias.data.copy_((numbers(layer.bias.numel(), seed + 1) * 0.1).reshape(layer.bias.shape))
        seed += 2


def train(name, net, rows, shape, batch, epochs, make_optimizer):
    n = 1
    for s in shape:
        n *= s
    x = numbers(rows * n, 1).reshape(rows, *shape)
    t = targets(x, n, 1)
    weighted(net, 7)
    opt = make_optimizer(net.parameters())
    curve = []
    for _ in range(epochs):
        net.train()
        total = 0.0
        for i in range(0, rows, batch):
            opt.zero_grad()
            loss = N.functional.mse_loss(net(x[i:i + batch]), t[i:i + batch])
            loss.backward()
            opt.step()
            total += loss.item() * min(batch, rows - i)
        curve.append(total / rows)
    net.eval()
    with torch.no_grad():
        prediction = net(x)[:5].flatten()
    print(name, "curve", *["%.9g" % v for v in curve])
    print(name, "prediction", *["%.9g" % v for v in prediction.tolist()])
    moments = [v for m in net.modules() if hasattr(m, "running_mean")
               for v in m.running_mean.tolist() + m.running_var.tolist()]
    if moments:
        print(name, "moments", *["%.9g" % v for v in moments])


same = lambda i, o, k=3: N.Conv2d(i, o, k, padding="same")
image = (2, 6, 5)
train("batchnorm", N.Sequential(same(2, 5), N.BatchNorm2d(5), N.ReLU(), N.MaxPool2d(2), N.Conv2d(5, 3, 2),
                                N.BatchNorm2d(3, eps=1e-3, momentum=0.3), N.SiLU(), N.Flatten(), N.Linear(6, 6),
                                N.BatchNorm1d(6), N.Tanh(), N.Linear(6, 1)),
      150, image, 64, 6, lambda p: O.SGD(p, 0.05, momentum=0.9))
train("one-block", N.Sequential(N.BatchNorm1d(7), N.Linear(7, 9), N.BatchNorm1d(9), N.ReLU(), N.Linear(9, 1)),
      45, (7,), 20, 6, lambda p: O.SGD(p, 0.05, momentum=0.9))
train("residual", N.Sequential(
    same(2, 5), N.BatchNorm2d(5), N.ReLU(),
    Residual(same(5, 5), N.BatchNorm2d(5), N.ReLU(), same(5, 5), N.BatchNorm2d(5)), N.ReLU(),
    Residual(same(5, 6), N.BatchNorm2d(6), N.ReLU(), N.Conv2d(6, 7, 2, stride=2), N.BatchNorm2d(7),
             shortcut=N.Sequential(N.Conv2d(5, 7, 2, stride=2),
                                   N.BatchNorm2d(7))), N.ReLU(),
    N.Flatten(), N.Linear(42, 1)), 140, image, 70, 6, lambda p: O.SGD(p, 0.02, momentum=0.9, nesterov=True))
train("pre-activation", N.Sequential(
    same(2, 5), Residual(N.BatchNorm2d(5), N.ReLU(), same(5, 5), N.BatchNorm2d(5), N.Tanh(), same(5, 5)),
    Residual(N.Tanh(), same(5, 5)), N.BatchNorm2d(5), N.ReLU(), N.Flatten(), N.Linear(150, 1)),
      70, image, 35, 6, lambda p: O.SGD(p, 0.02, weight_decay=0.001))
train("layernorm", N.Sequential(same(2, 5), N.LayerNorm([5, 6, 5]), N.Tanh(), N.Flatten(), N.Linear(150, 9),
                                N.LayerNorm(9, eps=1e-3), N.ReLU(), Residual(N.Linear(9, 9), N.Tanh()), N.Linear(9, 1)),
      70, image, 32, 6, lambda p: O.AdamW(p, 0.003, weight_decay=0.05))
