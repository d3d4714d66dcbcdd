"""Six steps of every optimiser on four weights, by PyTorch 1.13, for OptimizerStepsTest.

Usage: python3 optimisers.py > engine/src/test/resources/dev/mettle/engine/optimisers.txt
Weights start at 1, -2, 0.5, 0; gradient i of step t is sin(3 t + i) * 10^(i - 2), rounded to float32.
"""
import math

import torch

O = torch.optim
CASES = {
    "sgd": lambda p: O.SGD(p, 0.1),
    "sgd-decay": lambda p: O.SGD(p, 0.1, weight_decay=0.05),
    "sgd-momentum": lambda p: O.SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
    "sgd-nesterov": lambda p: O.SGD(p, 0.1, momentum=0.8, nesterov=True, weight_decay=0.01),
    "rmsprop": lambda p: O.RMSprop(p, 0.01),
    "rmsprop-momentum": lambda p: O.RMSprop(p, 0.02, alpha=0.9, momentum=0.7, weight_decay=0.03),
    "adam": lambda p: O.Adam(p, 0.01),
    "adam-decay": lambda p: O.Adam(p, 0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "adamw": lambda p: O.AdamW(p, 0.02, weight_decay=0.2),
}
for name, make in CASES.items():
    w = torch.tensor([1.0, -2.0, 0.5, 0.0], requires_grad=True)
    optimizer = make([w])
    for t in range(1, 7):
        w.grad = torch.tensor([math.sin(3 * t + i) * 10.0 ** (i - 2) for i in range(4)], dtype=torch.float32)
        optimizer.step()
    print(name, *["%.9g" % v for v in w.tolist()])
