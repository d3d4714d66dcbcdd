"""Times one network in PyTorch on one thread; prints microseconds of CPU time per row and training step (eager, TorchScript or,
of images with several channels, eager with channels last: whichever is fastest). Arguments: the network's name (BenchmarkNetwork.java has the same ones), and seconds each."""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)


def conv(first, second, kernel, padding, hidden, flat):
    return nn.Sequential(nn.Conv2d(1, first, kernel, padding=padding), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Conv2d(first, second, kernel, padding=padding), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(second * flat, hidden), nn.ReLU(), nn.Linear(hidden, 1))


class Residual(nn.Module):
    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(inputs, channels, 3, stride, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
                                  nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))
        self.shortcut = nn.Identity() if stride == 1 else nn.Sequential(
            nn.Conv2d(inputs, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def residual(depth):
    layers, inputs = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for channels in (16, 32, 64):
        for block in range((depth - 2) // 6):
            layers.append(Residual(inputs, channels, 2 if channels > 16 and block == 0 else 1))
            inputs = channels
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 1))


NETWORKS = {
    "small": (lambda: conv(8, 16, 3, "valid", 64, 4), (1, 15, 15), 256),
    "wide": (lambda: conv(16, 32, 3, "valid", 128, 4), (1, 15, 15), 256),
    "five": (lambda: conv(4, 8, 5, "same", 64, 9), (1, 15, 15), 256),
    "batch32": (lambda: conv(8, 16, 3, "valid", 64, 4), (1, 15, 15), 32),
    "same": (lambda: conv(8, 16, 3, "same", 64, 9), (1, 15, 15), 256),
    "largest": (lambda: conv(12, 32, 5, "same", 64, 9), (1, 15, 15), 256),
    "dense": (lambda: nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1)),
              (8,), 64),
    "resnet20": (lambda: residual(20), (3, 32, 32), 128),
}


def time_per_row(net, shape, batch, seconds, layout=torch.contiguous_format):
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    rows_in_all, fewest = (12800, 2048) if shape[0] < 3 or len(shape) < 3 else (512, 512)
    inputs, targets = torch.randn(rows_in_all, *shape), torch.randn(rows_in_all, 1)
    if layout != torch.contiguous_format:
        net, inputs = net.to(memory_format=layout), inputs.to(memory_format=layout)
    times, end = [], time.perf_counter() + 1.5 * seconds
    warm = time.perf_counter() + 0.5 * seconds
    while True:
        order = torch.randperm(rows_in_all)
        start, rows = time.thread_time(), 0
        for i in range(0, rows_in_all, batch):
            index = order[i:i + batch]
            optimizer.zero_grad(set_to_none=True)
            nn.functional.mse_loss(net(inputs[index]), targets[index]).backward()
            optimizer.step()
            rows += len(index)
            if rows >= fewest and time.perf_counter() > end and times:
                break
        spent, now = time.thread_time() - start, time.perf_counter()
        if now > warm:
            times.append(spent / rows * 1e6)
        if now > end and times:
            return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    make, shape, batch = NETWORKS[sys.argv[1]]
    seconds = float(sys.argv[2])
    eager = time_per_row(make(), shape, batch, seconds / 2)
    script = time_per_row(torch.jit.script(make()), shape, batch, seconds / 2)
    times = [eager, script]
    if len(shape) == 3 and shape[0] > 1:
        times.append(time_per_row(make(), shape, batch, seconds / 2, torch.channels_last))
    print("%.4f" % min(times))
