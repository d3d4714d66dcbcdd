"""Times one network in PyTorch on one thread; prints microseconds of CPU time per row and training step (eager or TorchScript,
whichever is faster). Arguments: the network's name (BenchmarkNetwork.java has the same ones), and seconds each."""
import sys
import time

import torch
from torch import nn

ROWS = 12800
torch.set_num_threads(1)


def conv(first, second, kernel, padding, hidden, flat):
    return nn.Sequential(nn.Conv2d(1, first, kernel, padding=padding), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Conv2d(first, second, kernel, padding=padding), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(second * flat, hidden), nn.ReLU(), nn.Linear(hidden, 1))


NETWORKS = {
    "small": (lambda: conv(8, 16, 3, "valid", 64, 4), (1, 15, 15), 256),
    "wide": (lambda: conv(16, 32, 3, "valid", 128, 4), (1, 15, 15), 256),
    "five": (lambda: conv(4, 8, 5, "same", 64, 9), (1, 15, 15), 256),
    "batch32": (lambda: conv(8, 16, 3, "valid", 64, 4), (1, 15, 15), 32),
    "same": (lambda: conv(8, 16, 3, "same", 64, 9), (1, 15, 15), 256),
    "largest": (lambda: conv(12, 32, 5, "same", 64, 9), (1, 15, 15), 256),
    "dense": (lambda: nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1)),
              (8,), 64),
}


def time_per_row(net, shape, batch, seconds):
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    inputs, targets = torch.randn(ROWS, *shape), torch.randn(ROWS, 1)
    times, end = [], time.perf_counter() + 1.5 * seconds
    warm = time.perf_counter() + 0.5 * seconds
    while True:
        order = torch.randperm(ROWS)
        start, rows = time.thread_time(), 0
        for i in range(0, ROWS, batch):
            index = order[i:i + batch]
            optimizer.zero_grad(set_to_none=True)
            nn.functional.mse_loss(net(inputs[index]), targets[index]).backward()
            optimizer.step()
            rows += len(index)
            if rows >= 2048 and time.perf_counter() > end and times:
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
    print("%.4f" % min(eager, script))
