"""200 steps of six trainings by PyTorch in float32 and in float64: the loss of each mini-batch, for RoundingGrowthTest.

Usage: python3 rounding_growth.py > engine/src/test/resources/dev/mettle/engine/rounding-growth.txt
Written with PyTorch 1.13. The two runs start from the same float32 numbers, so their difference is what float32 rounding grows to.
Inputs, targets, weights and the order of rows as in training.py.
"""
import contextlib
import io

import torch

with contextlib.redirect_stdout(io.StringIO()):  # importing it prints its own trainings
    from training import N, O, SAME, numbers, weighted

ROWS, BATCH, STEPS = 300, 60, 200


def steps(activation, make_optimizer, kind):
    net = N.Sequential(N.Conv2d(1, 4, 3), activation, N.MaxPool2d(2), N.Conv2d(4, 6, 3, padding=SAME), activation,
                       N.MaxPool2d(2), N.Flatten(), N.Linear(6 * 3 * 3, 16), activation, N.Linear(16, 1))
    x = numbers(ROWS * 225, 1).reshape(ROWS, 1, 15, 15)
    t = (x.reshape(ROWS, -1)[:, :112].double() ** 2).mean(1, keepdim=True).float() * 3 - 1
    weighted(net, 7)
    net, x, t = net.to(kind), x.to(kind), t.to(kind)
    optimizer = make_optimizer(net.parameters())
    losses = []
    for step in range(STEPS):
        first = step * BATCH % ROWS
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(net(x[first:first + BATCH]), t[first:first + BATCH])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


for name, activation, optimizer in [
        ("relu-adam", N.ReLU(), lambda p: O.Adam(p, 0.003)),
        ("leaky_relu-adam-decay", N.LeakyReLU(), lambda p: O.Adam(p, 0.002, weight_decay=0.02)),
        ("elu-adamw", N.ELU(), lambda p: O.AdamW(p, 0.002, weight_decay=0.05)),
        ("silu-nesterov", N.SiLU(), lambda p: O.SGD(p, 0.02, momentum=0.9, nesterov=True, weight_decay=0.001)),
        ("tanh-rmsprop", N.Tanh(), lambda p: O.RMSprop(p, 0.001, momentum=0.5, weight_decay=0.01)),
        ("sigmoid-sgd", N.Sigmoid(), lambda p: O.SGD(p, 0.05))]:
    for kind in (torch.float32, torch.float64):
        print(name, str(kind).split(".")[1], *["%.12g" % loss for loss in steps(activation, optimizer, kind)])
