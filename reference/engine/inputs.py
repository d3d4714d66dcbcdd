"""Whole trainings by PyTorch of networks that append features and categories: curves and predictions for
InputTrainingTest.

Usage: /usr/bin/python3 inputs.py > engine/src/test/resources/dev/mettle/engine/inputs.txt
Written with PyTorch 1.13. Numbers are made as in training.py; row i has the code i*i mod 7 in the column "region" (so
codes 3, 5 and 6 never occur) and 5*i mod 12 in "month". Features are appended to images as constant channels.
"""
import torch
from torch import nn

torch.set_num_threads(1)


def numbers(count, seed):
    x, out = seed, []
    for _ in range(count):
        x = (1664525 * x + 1013904223) % 2**32
        out.append(((x >> 16) % 65536) / 32768.0 - 1.0)
    return torch.tensor(out, dtype=torch.float32)


def weighted(layers, seed=7):
    """Embeddings uniform in +-1, other weights in +-sqrt(3 / fan in), biases 0.1 of that."""
    for layer in layers:
        w = layer.weight.data
        if isinstance(layer, nn.Embedding):
            w.copy_(numbers(w.numel(), seed).reshape(w.shape))
        else:
            w.copy_((numbers(w.numel(), seed) * (3.0 / w[0].numel()) ** 0.5).reshape(w.shape))
            layer.bias.data.copy_(numbers(layer.bias.numel(), seed + 1) * 0.1)
        seed += 2


def appended(x, v):
    """Values behind a row, or channels behind those of an image."""
    if x.dim() == 2:
        return torch.cat([x, v], 1)
    return torch.cat([x, v[:, :, None, None].expand(-1, -1, *x.shape[2:])], 1)


class Table(nn.Module):
    def __init__(self):
        super().__init__()
        self.region, self.month = nn.Embedding(7, 3), nn.Embedding(12, 18)
        self.one, self.two = nn.Linear(29, 20), nn.Linear(20, 1)
        weighted([self.region, self.month, self.one, self.two])

    def forward(self, x, features, region, month):
        x = appended(appended(x, self.region(region)), self.month(month))
        return self.two(torch.tanh(self.one(x)))


class Late(nn.Module):
    def __init__(self):
        super().__init__()
        self.one, self.region = nn.Linear(8, 6), nn.Embedding(7, 4)
        self.two, self.again, self.three = nn.Linear(12, 5), nn.Embedding(7, 1), nn.Linear(6, 1)
        weighted([self.one, self.region, self.two, self.again, self.three])

    def forward(self, x, features, region, month):
        x = appended(appended(torch.tanh(self.one(x)), self.region(region)), features)
        return self.three(appended(nn.functional.silu(self.two(x)), self.again(region)))


class Image(nn.Module):
    def __init__(self):
        super().__init__()
        self.one, self.month = nn.Conv2d(4, 5, 3, padding="same"), nn.Embedding(12, 2)
        self.two, self.three = nn.Conv2d(7, 3, 3), nn.Linear(3 * 2 * 2 + 2, 1)
        weighted([self.one, self.month, self.two, self.three])

    def forward(self, x, features, region, month):
        x = torch.tanh(self.one(appended(x, features)))
        x = nn.functional.max_pool2d(torch.relu(self.two(appended(x, self.month(month)))), 2)
        return self.three(appended(x.flatten(1), features))


def train(name, net, rows, shape, batch, epochs, make_optimizer):
    n = 1
    for s in shape:
        n *= s
    x = numbers(rows * n, 1).reshape(rows, *shape)
    features = numbers(rows * 2, 2).reshape(rows, 2)
    region = torch.tensor([i * i % 7 for i in range(rows)])
    month = torch.tensor([5 * i % 12 for i in range(rows)])
    t = (x.reshape(rows, -1)[:, : max(1, n // 2)].double() ** 2).mean(1, keepdim=True).float() * 3 - 1
    opt = make_optimizer(net.parameters())
    curve = []
    for _ in range(epochs):
        total = 0.0
        for i in range(0, rows, batch):
            s = slice(i, i + batch)
            opt.zero_grad()
            loss = nn.functional.mse_loss(net(x[s], features[s], region[s], month[s]), t[s])
            loss.backward()
            opt.step()
            total += loss.item() * min(batch, rows - i)
        curve.append(total / rows)
    with torch.no_grad():
        prediction = net(x, features, region, month)[:5].flatten()
    print(name, "curve", *["%.9g" % v for v in curve])
    print(name, "prediction", *["%.9g" % v for v in prediction.tolist()])


O = torch.optim
train("table", Table(), 101, (8,), 20, 8, lambda p: O.Adam(p, 0.01))
train("late", Late(), 140, (8,), 50, 8, lambda p: O.SGD(p, 0.02, momentum=0.9, weight_decay=0.001))
train("image", Image(), 130, (2, 7, 6), 64, 8, lambda p: O.AdamW(p, 0.003, weight_decay=0.05))
