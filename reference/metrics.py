"""Expected numbers of HeldOutLossTest, ClassificationHeldOutTest and RocAreaTest.

Run: python3 reference/metrics.py      (NumPy 1.24, SciPy 1.10, PyTorch 1.13)
"""
import numpy as np
import torch
from scipy import stats
from scipy.special import log_softmax

ROWS = 43
i = np.arange(ROWS)


def show(name, *values):
    print(name, *(repr(float(v)) for v in values))


def pinball(d, q):
    """d is prediction - target."""
    return np.maximum(-q * d, (1 - q) * d)


def best_constant(loss, t):
    """Least loss of a constant: it is reached at one of the targets, or for squares at the mean."""
    return min(loss(c - t).mean() for c in [*t, t.mean()])


LOSSES = {"mse": lambda d: d**2, "mae": np.abs, "quantile(0.9)": lambda d: pinball(d, .9)}


def regression():
    energy = 1 + (i * 7 % 43) / 4.0
    x = ((i * 13 % 29) - 14) / 8.0
    predicted_energy = energy + ((i * 11 % 17) - 8) / 32.0
    predicted_x = x + ((i * 5 % 19) - 7) / 16.0
    print("# one target")
    for name, loss in LOSSES.items():
        d = predicted_energy - energy
        blocks = [loss(d)[b * ROWS // 20:(b + 1) * ROWS // 20].mean() for b in range(20)]
        show(name, loss(d).mean(), blocks[0], blocks[19])
    r2 = lambda p, t: 1 - ((p - t)**2).sum() / ((t - t.mean())**2).sum()
    show("mae r2", np.abs(predicted_energy - energy).mean(), r2(predicted_energy, energy))
    ln = np.log
    show("log: relative mae, r2", np.abs(predicted_energy / energy - 1).mean(), r2(ln(predicted_energy), ln(energy)))
    print("# energy by logarithm and x: total, own losses, blocks 0 and 19")
    for name, loss in LOSSES.items():
        de, dx = ln(predicted_energy) - ln(energy), predicted_x - x
        ue, ux = best_constant(loss, ln(energy)), best_constant(loss, x)
        each = (loss(de) / ue + loss(dx) / ux) / 2
        show(name, each.mean(), loss(de).mean(), loss(dx).mean(), each[:2].mean(), each[40:].mean())
    show("rmse mae r2 bias of x", np.sqrt(((predicted_x - x)**2).mean()), np.abs(predicted_x - x).mean(),
         r2(predicted_x, x), (predicted_x - x).mean())


def area(scores, positive):
    """Mann-Whitney's U by SciPy's average ranks."""
    p = positive.sum()
    return (stats.rankdata(scores)[positive].sum() - p * (p + 1) / 2) / (p * (~positive).sum())


def classification(classes):
    labels = i * 7 % 43 % classes
    k = np.arange(classes)
    z = ((i[:, None] * 5 + k * 3) % 11 - 5) / 4.0 + 0.75 * (labels[:, None] == k)
    ce = -log_softmax(z, axis=1)[i, labels]
    assert abs(ce.mean() - torch.nn.functional.cross_entropy(torch.tensor(z), torch.tensor(labels)).item()) < 1e-14
    wrong = z.argmax(1) != labels
    p = log_softmax(z, axis=1)
    areas = [area(p[:, c], labels == c) for c in k]
    print("#", classes, "classes: cross-entropy, error rate, blocks 0 and 19 of both, area")
    show("", ce.mean(), wrong.mean(), ce[:2].mean(), ce[40:].mean(), wrong[:2].mean(), wrong[40:].mean(),
         areas[1] if classes == 2 else np.mean(areas))
    if classes == 2:
        logit = torch.tensor(z[:, 1] - z[:, 0])
        show("bce", torch.nn.functional.binary_cross_entropy_with_logits(logit, torch.tensor(labels).double()))


def ties():
    scores = np.array([1, 2, 2, 2, 3, 3, 0, 5, 5, 1.0])
    positive = np.array([0, 1, 0, 1, 1, 0, 0, 1, 0, 1]).astype(bool)
    print("# area with ties")
    show("", area(scores, positive))


regression()
classification(2)
classification(10)
ties()
