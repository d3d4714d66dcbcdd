"""Whole trainings by PyTorch: initial weights, curves and predictions for WholeTrainingTest.

Usage: python3 training.py > engine/src/test/resources/dev/mettle/engine/training.txt
Written with PyTorch 1.13. Inputs, targets and initial weights are made from an integer recurrence that the test repeats
exactly; mini-batches take the rows in their order, without a shuffle.
"""
import torch

torch.set_num_threads(1)
torch.manual_seed(0)


def numbers(count, seed):
    """(x mod 2^16) / 2^15 - 1 of x -> 1664525 x + 1013904223 mod 2^32: exact in float32."""
    x, out = seed, []
    for _ in range(count):
        x = (1664525 * x + 1013904223) % 2**32
        out.append(((x >> 16) % 65536) / 32768.0 - 1.0)
    return torch.tensor(out, dtype=torch.float32)


def weighted(net, seed):
    """Weights uniform in +-sqrt(3 / fan in), biases 0.1 of that."""
    for layer in net:
        if hasattr(layer, "weight"):
            w = layer.weight.data
            fan_in = w[0].numel()
            w.copy_((numbers(w.numel(), seed) * (3.0 / fan_in) ** 0.5).reshape(w.shape))
            layer.bias.data.copy_(numbers(layer.bias.numel(), seed + 1) * 0.1)
            seed += 2


def targets(x, n, outputs):
    """Output o: a straight function of the mean square of the first half of the inputs."""
    t = (x.reshape(len(x), -1)[:, : max(1, n // 2)].double() ** 2).mean(1, keepdim=True).float() * 3 - 1
    return torch.cat([t * (o + 1) - 0.25 * o for o in range(outputs)], 1)


def labels(rows, classes):
    return torch.tensor([i * 7 % 43 % classes for i in range(rows)])


def train(name, net, rows, shape, batch, epochs, make_optimizer, loss_of=torch.nn.functional.mse_loss, t=None):
    n = 1
    for s in shape:
        n *= s
    x = numbers(rows * n, 1).reshape(rows, *shape)
    if t is None:
        t = targets(x, n, net[-1].out_features)
    weighted(net, 7)
    opt = make_optimizer(net.parameters())
    curve = []
    for _ in range(epochs):
        total = 0.0
        for i in range(0, rows, batch):
            opt.zero_grad()
            loss = loss_of(net(x[i:i + batch]), t[i:i + batch])
            loss.backward()
            opt.step()
            total += loss.item() * min(batch, rows - i)
        curve.append(total / rows)
    with torch.no_grad():
        prediction = net(x)[:5].flatten()
    print(name, "curve", *["%.9g" % v for v in curve])
    print(name, "prediction", *["%.9g" % v for v in prediction.tolist()])


N = torch.nn
SAME = "same"
O = torch.optim
conv = lambda act: N.Sequential(N.Conv2d(1, 4, 3), act, N.MaxPool2d(2), N.Conv2d(4, 6, 3, padding=SAME), act,
                                N.MaxPool2d(2), N.Flatten(), N.Linear(6 * 3 * 3, 16), act, N.Linear(16, 1))
big = (1, 15, 15)
train("relu-adam", conv(N.ReLU()), 300, big, 64, 8, lambda p: O.Adam(p, 0.003))
train("elu-adamw", conv(N.ELU()), 300, big, 64, 6, lambda p: O.AdamW(p, 0.002, weight_decay=0.05))
train("tanh-rmsprop", conv(N.Tanh()), 300, big, 64, 6, lambda p: O.RMSprop(p, 0.001, momentum=0.5, weight_decay=0.01))
train("silu-nesterov", conv(N.SiLU()), 300, big, 64, 6,
      lambda p: O.SGD(p, 0.02, momentum=0.9, nesterov=True, weight_decay=0.001))
train("sigmoid-sgd", conv(N.Sigmoid()), 300, big, 64, 6, lambda p: O.SGD(p, 0.05))
train("leaky-adam-decay", conv(N.LeakyReLU()), 300, big, 50, 6, lambda p: O.Adam(p, 0.002, weight_decay=0.02))
train("strided", N.Sequential(N.Conv2d(2, 5, 3, stride=2), N.ReLU(), N.Conv2d(5, 4, 4, padding=SAME), N.Tanh(),
                              N.MaxPool2d(3, 1), N.Conv2d(4, 3, 2, stride=2), N.SiLU(), N.MaxPool2d(2, 1), N.Flatten(),
                              N.Linear(3, 1)), 70, (2, 15, 13), 16, 6, lambda p: O.Adam(p, 0.01))
train("dense", N.Sequential(N.Linear(8, 20), N.Tanh(), N.Linear(20, 7), N.ELU(), N.Linear(7, 1)),
      101, (8,), 10, 8, lambda p: O.SGD(p, 0.05, momentum=0.5))
train("kernel5", N.Sequential(N.Conv2d(1, 4, 5, padding=SAME), N.ReLU(), N.MaxPool2d(2),
                              N.Conv2d(4, 8, 5, padding=SAME), N.ReLU(), N.MaxPool2d(2), N.Flatten(), N.Linear(72, 16),
                              N.ReLU(), N.Linear(16, 1)), 130, big, 128, 6, lambda p: O.Adam(p, 0.003))

F = N.functional
tanh = lambda outputs: N.Sequential(N.Linear(8, 20), N.Tanh(), N.Linear(20, outputs))
adam = lambda p: O.Adam(p, 0.01)


def pinball(p, t):
    return torch.maximum(0.9 * (t - p), -0.1 * (t - p)).mean()


def log_cosh(p, t):
    d = (p - t).abs()
    return (d + F.softplus(-2 * d) - 0.6931471805599453).mean()


def dense(name, outputs, loss, t=None):
    train(name, tanh(outputs), 101, (8,), 20, 8, adam, loss, t)


dense("mse-3", 3, F.mse_loss)
dense("mae", 1, F.l1_loss)
dense("mae-2", 2, F.l1_loss)
dense("huber", 1, N.HuberLoss(delta=0.3))
dense("log-cosh", 2, log_cosh)
dense("quantile", 1, pinball)
dense("cross-entropy", 10, F.cross_entropy, labels(101, 10))
dense("cross-entropy-smooth", 3, N.CrossEntropyLoss(label_smoothing=0.1), labels(101, 3))
dense("bce", 1, N.BCEWithLogitsLoss(), labels(101, 2).float().reshape(-1, 1))
