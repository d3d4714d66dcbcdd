"""Times single layers in PyTorch on one thread: for each name the name and the microseconds of CPU time that a mini-batch of
128 rows takes forward and backward (gradients by weight and by input). LayerBenchmark.java has the same ones.
Arguments: seconds of each of warm-up and measurement, and names. With LAYOUT=channels_last images lie so."""
import os
import sys
import time

import torch
from torch import nn

BATCH = 128
torch.set_num_threads(1)
wide = (16, 32, 32)
LAYERS = {
    "conv16": (nn.Conv2d(16, 16, 3, padding=1), wide),
    "conv32": (nn.Conv2d(32, 32, 3, padding=1), (32, 16, 16)),
    "conv64": (nn.Conv2d(64, 64, 3, padding=1), (64, 8, 8)),
    "conv128": (nn.Conv2d(128, 128, 3, padding=1), (128, 8, 8)),
    "conv64x16": (nn.Conv2d(64, 64, 3, padding=1), (64, 16, 16)),
    "first": (nn.Conv2d(3, 16, 3, padding=1), (3, 32, 32)),
    "pointwise": (nn.Conv2d(64, 64, 1), (64, 16, 16)),
    "depthwise": (nn.Conv2d(64, 64, 3, padding=1, groups=64), (64, 16, 16)),
    "groups": (nn.Conv2d(32, 32, 3, padding=1, groups=4), (32, 16, 16)),
    "strided": (nn.Conv2d(16, 32, 3, stride=2, padding=1), wide),
    "dilated": (nn.Conv2d(16, 16, 3, dilation=2, padding=2), wide),
    "conv1d": (nn.Conv1d(16, 16, 9, padding=4), (16, 256)),
    "maxpool": (nn.MaxPool2d(3, 2, padding=1), wide),
    "avgpool": (nn.AvgPool2d(3, 2, padding=1), wide),
    "batchnorm": (nn.BatchNorm2d(16), wide),
    "layernorm": (nn.LayerNorm(wide), wide),
    "dropout": (nn.Dropout(0.3), wide),
    "global": (nn.AdaptiveAvgPool2d(1), wide),
    "relu": (nn.ReLU(), wide),
    "leaky_relu": (nn.LeakyReLU(), wide),
    "elu": (nn.ELU(), wide),
    "selu": (nn.SELU(), wide),
    "gelu": (nn.GELU(), wide),
    "silu": (nn.SiLU(), wide),
    "softplus": (nn.Softplus(), wide),
    "tanh": (nn.Tanh(), wide),
    "sigmoid": (nn.Sigmoid(), wide),
    "softmax": (nn.Softmax(dim=1), wide),
}


def micros(work, seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        work()
    times, end = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = time.thread_time()
        work()
        times.append((time.thread_time() - start) * 1e6)
    return sorted(times)[len(times) // 2]


seconds = float(sys.argv[1])
for name in sys.argv[2:]:
    layer, shape = LAYERS[name]
    x = torch.randn(BATCH, *shape, requires_grad=True)
    if os.environ.get("LAYOUT") == "channels_last" and len(shape) == 3:
        x = x.detach().to(memory_format=torch.channels_last).requires_grad_()
        layer = layer.to(memory_format=torch.channels_last)
    y = layer(x)
    d = torch.randn_like(y)
    wanted = [x, *layer.parameters()]
    forward = micros(lambda: layer(x), seconds)
    backward = micros(lambda: torch.autograd.grad(y, wanted, d, retain_graph=True), seconds)
    print("%s %.1f %.1f" % (name, forward, backward), flush=True)
