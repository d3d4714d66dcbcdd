"""Whole trainings with the new optimisers, clipped gradients and schedules by PyTorch 1.13, for RecipeTrainingTest.

Usage: python3 recipes.py > engine/src/test/resources/dev/mettle/engine/recipes.txt
Network, rows and initial weights of training.py: conv 3 x 3 x 4, pool, conv 3 x 3 x 6, pool, dense 16, dense 1 with tanh on 300
images, mini-batches of 64, 8 epochs.
"""
import contextlib
import io
import warnings

import torch

with contextlib.redirect_stdout(io.StringIO()):
    import training as T

from optimisers import Lion

O, S, N = torch.optim, torch.optim.lr_scheduler, torch.nn
ROWS, BATCH, EPOCHS = 300, 64, 8
STEPS = (ROWS + BATCH - 1) // BATCH
warnings.filterwarnings("ignore")


def train(name, make_optimizer, make_schedule=None, each="epoch", clip=None, outlier=1.0):
    net = T.conv(N.Tanh())
    x = T.numbers(ROWS * 225, 1).reshape(ROWS, *T.big)
    t = T.targets(x, 225, 1)
    t[::37] *= outlier
    T.weighted(net, 7)
    optimizer = make_optimizer(net.parameters())
    schedule = make_schedule(optimizer) if make_schedule else None
    curve = []
    for _ in range(EPOCHS):
        total = 0.0
        for i in range(0, ROWS, BATCH):
            optimizer.zero_grad()
            loss = N.functional.mse_loss(net(x[i:i + BATCH]), t[i:i + BATCH])
            loss.backward()
            if clip:
                clip(net.parameters())
            optimizer.step()
            if schedule and each == "step":
                schedule.step()
            total += loss.item() * min(BATCH, ROWS - i)
        curve.append(total / ROWS)
        if schedule and each == "epoch":
            schedule.step()
        if schedule and each == "loss":
            schedule.step(curve[-1])
    with torch.no_grad():
        prediction = net(x)[:5].flatten()
    print(name, "curve", *["%.9g" % v for v in curve])
    print(name, "prediction", *["%.9g" % v for v in prediction.tolist()])


def both(parameters):
    parameters = list(parameters)
    N.utils.clip_grad_value_(parameters, 0.05)
    N.utils.clip_grad_norm_(parameters, 0.3)


def cycle(o):
    return S.OneCycleLR(o, 0.01, total_steps=EPOCHS * STEPS)


train("adagrad", lambda p: O.Adagrad(p, 0.02, lr_decay=0.01))
train("lion", lambda p: Lion(p, 0.0005, weight_decay=0.1))
train("clip-norm", lambda p: O.SGD(p, 0.05, momentum=0.9), clip=lambda p: N.utils.clip_grad_norm_(p, 0.5), outlier=4)
train("clip-value", lambda p: O.SGD(p, 0.05, momentum=0.9), clip=lambda p: N.utils.clip_grad_value_(p, 0.03), outlier=4)
train("clip-both", lambda p: O.Adam(p, 0.003), clip=both, outlier=4)
train("one-cycle-sgd", lambda p: O.SGD(p, 0.01), cycle, "step")
train("one-cycle-adam", lambda p: O.Adam(p, 0.01), cycle, "step")
train("one-cycle-adamw", lambda p: O.AdamW(p, 0.01, weight_decay=0.1), cycle, "step")
train("one-cycle-rmsprop", lambda p: O.RMSprop(p, 0.01), lambda o: S.OneCycleLR(o, 0.002, total_steps=EPOCHS * STEPS), "step")
train("cosine-adamw", lambda p: O.AdamW(p, 0.003, weight_decay=0.1), lambda o: S.CosineAnnealingLR(o, EPOCHS, 0.00003))
train("plateau-adam", lambda p: O.Adam(p, 0.02), lambda o: S.ReduceLROnPlateau(o, factor=0.2, patience=0, threshold=0.2), "loss")
train("step-adagrad", lambda p: O.Adagrad(p, 0.03), lambda o: S.StepLR(o, 3, 0.3))
