"""Six steps of every optimiser on four weights, by PyTorch 1.13, for OptimizerStepsTest. Lion, which PyTorch lacks, is written
after algorithm 2 of Chen et al., Symbolic discovery of optimization algorithms (2023).

Usage: python3 optimisers.py > engine/src/test/resources/dev/mettle/engine/optimisers.txt
Weights start at 1, -2, 0.5, 0; gradient i of step t is sin(3 t + i) * 10^(i - 2), rounded to float32.
"""
import math

import torch

O = torch.optim


class Lion(O.Optimizer):
    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for w in group["params"]:
                m = self.state[w].setdefault("mean", torch.zeros_like(w))
                direction = (beta1 * m + (1 - beta1) * w.grad).sign()
                w.mul_(1 - group["lr"] * group["weight_decay"]).sub_(group["lr"] * direction)
                m.mul_(beta2).add_(w.grad, alpha=1 - beta2)


CASES = {
    "sgd": lambda p: O.SGD(p, 0.1),
    "sgd-decay": lambda p: O.SGD(p, 0.1, weight_decay=0.05),
    "sgd-momentum": lambda p: O.SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
    "sgd-nesterov": lambda p: O.SGD(p, 0.1, momentum=0.8, nesterov=True, weight_decay=0.01),
    "rmsprop": lambda p: O.RMSprop(p, 0.01),
    "rmsprop-momentum": lambda p: O.RMSprop(p, 0.02, alpha=0.9, momentum=0.7, weight_decay=0.03),
    "adagrad": lambda p: O.Adagrad(p, 0.1),
    "adagrad-decays": lambda p: O.Adagrad(p, 0.2, lr_decay=0.3, weight_decay=0.05, eps=1e-6),
    "adagrad-accumulator": lambda p: O.Adagrad(p, 0.1, initial_accumulator_value=0.5),
    "adam": lambda p: O.Adam(p, 0.01),
    "adam-decay": lambda p: O.Adam(p, 0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "adamw": lambda p: O.AdamW(p, 0.02, weight_decay=0.2),
    "lion": lambda p: Lion(p, 0.01, betas=(0.6, 0.2)),
    "lion-decay": lambda p: Lion(p, 0.03, betas=(0.8, 0.95), weight_decay=0.5),
}


def run():
    for name, make in CASES.items():
        w = torch.tensor([1.0, -2.0, 0.5, 0.0], requires_grad=True)
        optimizer = make([w])
        for t in range(1, 7):
            w.grad = torch.tensor([math.sin(3 * t + i) * 10.0 ** (i - 2) for i in range(4)], dtype=torch.float32)
            optimizer.step()
        print(name, *["%.9g" % v for v in w.tolist()])


if __name__ == "__main__":
    run()
