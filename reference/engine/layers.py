"""Whole trainings with convolutions, pools and activations of every kind by PyTorch, for LayerTrainingTest.

Usage: python3 layers.py > engine/src/test/resources/dev/mettle/engine/layers.txt
Written with PyTorch 1.13. Inputs, targets and initial weights as in training.py.
"""
import contextlib
import io

import torch

with contextlib.redirect_stdout(io.StringIO()):  # the trainings of the other file are not wanted
    from training import numbers, targets

N, O = torch.nn, torch.optim
torch.set_num_threads(1)


def weighted(net, seed):
    for layer in net:
        if hasattr(layer, "weight"):
            w = layer.weight.data
            w.copy_((numbers(w.numel(), seed) * (3.0 / w[0].numel()) ** 0.5).reshape(w.shape))
            if layer.bias is not None:
                layer.bias.data.copy_(numbers(layer.bias.numel(), seed + 1) * 0.1)
            seed += 2


def train(name, rows, shape, batch, epochs, make_optimizer, *layers):
    net = N.Sequential(*layers)
    n = 1
    for s in shape:
        n *= s
    x = numbers(rows * n, 1).reshape(rows, *shape)
    t = targets(x, n, 1)
    weighted(net, 7)
    opt = make_optimizer(net.parameters())
    curve = []
    for _ in range(epochs):
        total = 0.0
        for i in range(0, rows, batch):
            opt.zero_grad()
            loss = N.functional.mse_loss(net(x[i:i + batch]), t[i:i + batch])
            loss.backward()
            opt.step()
            total += loss.item() * min(batch, rows - i)
        curve.append(total / rows)
    with torch.no_grad():
        prediction = net(x)[:5].flatten()
    print(name, "curve", *["%.9g" % v for v in curve])
    print(name, "prediction", *["%.9g" % v for v in prediction.tolist()])


adam = lambda p: O.Adam(p, 0.005)
sgd = lambda p: O.SGD(p, 0.02, momentum=0.9)
image = (3, 11, 10)

train("windows", 70, image, 32, 6, adam,
      N.Conv2d(3, 6, (3, 5), padding=(1, 2)), N.Tanh(),
      N.Conv2d(6, 5, (4, 3), stride=(2, 1), padding=(2, 1)), N.SELU(),
      N.Conv2d(5, 4, (2, 3), dilation=(2, 3), padding=(1, 3)), N.GELU(),
      N.Conv2d(4, 3, 3, dilation=2, padding="same"), N.ReLU(),
      N.Conv2d(3, 5, 3, stride=2, dilation=2, padding=2), N.Softplus(),
      N.Flatten(), N.Linear(75, 1))
train("groups", 70, (6, 9, 8), 24, 6, adam,
      N.Conv2d(6, 12, 3, padding=1, groups=6, bias=False), N.GELU(),
      N.Conv2d(12, 8, 1), N.ReLU(),
      N.Conv2d(8, 8, 3, padding=1, groups=2), N.ReLU(), N.MaxPool2d(2),
      N.Conv2d(8, 10, 3, padding="same", groups=2, bias=False), N.SELU(),
      N.Conv2d(10, 10, (3, 2), stride=(2, 1), groups=10), N.SiLU(),
      N.Flatten(), N.Linear(30, 1))
train("pools", 70, image, 32, 6, sgd,
      N.Conv2d(3, 6, 3, padding=1), N.ReLU(), N.MaxPool2d(3, 2, padding=1),
      N.Conv2d(6, 8, 3, padding=1), N.Softplus(), N.AvgPool2d((3, 2), (2, 1), padding=(1, 0)),
      N.Conv2d(8, 6, 1), N.GELU(), N.AdaptiveAvgPool2d(1), N.Flatten(), N.Linear(6, 1))
train("global-maximum", 70, image, 32, 6, sgd,
      N.AvgPool2d(2), N.Conv2d(3, 7, 3), N.SELU(), N.AdaptiveMaxPool2d(1), N.Flatten(), N.Linear(7, 1))
train("sequences", 90, (4, 31), 32, 6, adam,
      N.Conv1d(4, 8, 5, stride=2, padding=2), N.ReLU(), N.MaxPool1d(3, 2, padding=1),
      N.Conv1d(8, 6, 3, dilation=2, padding="same", bias=False), N.Tanh(), N.AvgPool1d(2),
      N.Conv1d(6, 6, 3, groups=3), N.ReLU(), N.Flatten(), N.Linear(12, 1))
train("softmax", 70, (3, 6, 5), 32, 6, adam,
      N.Conv2d(3, 5, 3, padding=1), N.Softmax(dim=1), N.Conv2d(5, 4, 3), N.ReLU(), N.Flatten(),
      N.Linear(48, 6), N.Softmax(dim=1), N.Linear(6, 1))
