"""Learning rates and momenta of every step by torch.optim.lr_scheduler (PyTorch 1.13), for PaceTest.

Usage: python3 schedules.py > engine/src/test/resources/dev/mettle/engine/schedules.txt
A line has a name, "rate" or "momentum", and a number for each step of 12 epochs of 3 mini-batches. Schedules by epoch step after
the third mini-batch. A warm-up is LinearLR, stepped after each mini-batch; then the schedule begins as if nothing had been.
Losses of epoch e (from 0) that reduce_on_plateau sees: LOSSES[e].
"""
import warnings

import torch
from torch.optim import lr_scheduler as S

EPOCHS, STEPS, LR = 12, 3, 0.02
LOSSES = [1.0, 0.8, 0.8, 0.79999, 0.9, 0.7, 0.7, 0.7, 0.7, float("nan"), 0.7, 0.7]
warnings.filterwarnings("ignore")


def make(name="SGD"):
    w = torch.zeros(1, requires_grad=True)
    return getattr(torch.optim, name)([w], LR, **({"momentum": 0.5} if name == "SGD" else {}))


def momentum(group):
    return group["betas"][0] if "betas" in group else group["momentum"]


def rates(name, optimizer, schedule, by_step=False, warmup=0, start=1 / 3):
    lrs, momenta, group = [], [], optimizer.param_groups[0]
    warm = S.LinearLR(optimizer, start, 1.0, warmup * STEPS) if warmup else None
    for epoch in range(EPOCHS):
        if epoch == warmup:
            if warm is not None:
                group["lr"] = group["initial_lr"]
            plan = schedule(optimizer)
        for _ in range(STEPS):
            lrs.append(group["lr"])
            momenta.append(momentum(group))
            optimizer.step()
            if epoch < warmup:
                warm.step()
            elif by_step:
                plan.step()
        if epoch >= warmup and not by_step and plan is not None:
            if isinstance(plan, S.ReduceLROnPlateau):
                plan.step(LOSSES[epoch])
            else:
                plan.step()
    print(name, "rate", *["%.17g" % r for r in lrs])
    if by_step:
        print(name, "momentum", *["%.17g" % m for m in momenta])


constant = lambda o: None
step = lambda o: S.StepLR(o, 5, 0.3)
exponential = lambda o: S.ExponentialLR(o, 0.8)
plateau = lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=1, cooldown=0)
cooling = lambda o: S.ReduceLROnPlateau(o, factor=0.1, patience=0, threshold=0.05, cooldown=2, min_lr=0.05 * LR)


def cosine(warmup, least):
    return lambda o: S.CosineAnnealingLR(o, EPOCHS - warmup, least * LR)


def one_cycle(warmup, **settings):
    return lambda o: S.OneCycleLR(o, LR, total_steps=(EPOCHS - warmup) * STEPS, **settings)


rates("constant", make(), constant)
rates("step", make(), step)
rates("exponential", make(), exponential)
rates("cosine", make(), cosine(0, 0))
rates("cosine-min", make(), cosine(0, 0.1))
rates("one-cycle", make(), one_cycle(0), True)
rates("one-cycle-adam", make("Adam"), one_cycle(0, pct_start=0.5, div_factor=10, final_div_factor=100,
                                               base_momentum=0.8, max_momentum=0.9), True)
rates("one-cycle-falls", make(), one_cycle(0, pct_start=0.0, cycle_momentum=False), True)
rates("one-cycle-short", make(), one_cycle(0, pct_start=0.02), True)
rates("plateau", make(), plateau)
rates("plateau-cooldown", make(), cooling)
rates("warmup-constant", make(), constant, warmup=4)
rates("warmup-step", make(), step, warmup=3, start=0.1)
rates("warmup-exponential", make(), exponential, warmup=2, start=0.5)
rates("warmup-cosine", make(), cosine(5, 0.01), warmup=5)
rates("warmup-plateau", make(), plateau, warmup=4)
