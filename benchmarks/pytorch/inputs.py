"""Times one case of InputBenchmark.java in PyTorch on one thread; prints microseconds of CPU time per row and training step
(eager). Augmentation changes a whole mini-batch at a time: padding, one index per row, column and image, flips by torch.where.
Arguments: the case's name, and seconds of warm-up, and again of measurement."""
import sys
import time

import torch
from torch import nn

ROWS = 12800
torch.set_num_threads(1)


class Table(nn.Module):
    def __init__(self, embedded):
        super().__init__()
        self.tables = nn.ModuleList([nn.Embedding(24, 4), nn.Embedding(12, 3)] if embedded else [])
        self.rest = nn.Sequential(nn.Linear(15 if embedded else 8, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(),
                                  nn.Linear(64, 1))

    def forward(self, x, features, codes):
        return self.rest(torch.cat([x] + [t(codes[:, i]) for i, t in enumerate(self.tables)], 1) if self.tables else x)


class Image(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.channels = channels
        self.first = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2))
        self.rest = nn.Sequential(nn.Conv2d(10 if channels else 8, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                                  nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))

    def forward(self, x, features, codes):
        x = self.first(x)
        if self.channels:
            x = torch.cat([x, features[:, :, None, None].expand(-1, -1, *x.shape[2:])], 1)
        return self.rest(x)


def moved(x):
    n, _, h, w = x.shape
    padded = nn.functional.pad(x, (2, 2, 2, 2))
    rows = torch.arange(h) + torch.randint(0, 5, (n, 1))
    columns = torch.arange(w) + torch.randint(0, 5, (n, 1))
    out = padded[torch.arange(n)[:, None, None], 0, rows[:, :, None], columns[:, None, :]][:, None]
    return torch.where(torch.rand(n, 1, 1, 1) < 0.5, out.flip(3), out)


CASES = {
    "table": (lambda: Table(False), (8,), 64, None),
    "embeddings": (lambda: Table(True), (8,), 64, None),
    "image": (lambda: Image(False), (1, 15, 15), 256, None),
    "channels": (lambda: Image(True), (1, 15, 15), 256, None),
    "moves": (lambda: Image(False), (1, 15, 15), 256, moved),
    "noise": (lambda: Image(False), (1, 15, 15), 256, lambda x: x + 0.1 * torch.randn_like(x)),
}


def main(name, seconds):
    make, shape, batch, change = CASES[name]
    net = make()
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    x, features, t = torch.randn(ROWS, *shape), torch.randn(ROWS, 2), torch.randn(ROWS, 1)
    codes = torch.stack([torch.randint(0, 24, (ROWS,)), torch.randint(0, 12, (ROWS,))], 1)
    times, begin = [], time.perf_counter()
    while not times or time.perf_counter() - begin < 2 * seconds:
        order, start = torch.randperm(ROWS), time.thread_time()
        for i in range(0, ROWS, batch):
            rows = order[i:i + batch]
            optimizer.zero_grad(set_to_none=True)
            inputs = x[rows] if change is None else change(x[rows])
            nn.functional.mse_loss(net(inputs, features[rows], codes[rows]), t[rows]).backward()
            optimizer.step()
        if time.perf_counter() - begin > seconds:
            times.append((time.thread_time() - start) / ROWS * 1e6)
    print("%.4f" % sorted(times)[len(times) // 2])


main(sys.argv[1], float(sys.argv[2]))
