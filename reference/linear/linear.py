"""Ridge and logistic regression by NumPy and SciPy, for RidgeTest, RidgeModelTest and LogisticBaselineTest.

Run:  python3 reference/linear/linear.py
The data are remainders of whole numbers, so that the tests can make the same ones. Both fits are solved directly from
their definitions: ridge by the normal equations and the trace of the hat matrix, logistic regression by Newton's method.
"""
import numpy as np
from scipy.special import logsumexp


def table(rows, columns):
    i, j = np.mgrid[:rows, :columns]
    return ((i * 37 + j * 101 + i * j * 13) % 97) / 97


def standardised(x):
    return (x - x.mean(0)) / x.std(0)


def ridge(x, y):
    values = np.linalg.eigvalsh(x.T @ x if x.shape[1] <= len(x) else x @ x.T)
    best = None
    for step in range(37):
        penalty = 10 * values[-1] * 10 ** (-step / 4)
        inverse = np.linalg.inv(x.T @ x + penalty * np.eye(x.shape[1]))
        hat = x @ inverse @ x.T
        freedom = 1 + np.trace(hat)
        left = len(y) - freedom
        rss = ((y - hat @ y) ** 2).sum()
        gcv = len(y) * rss / left**2 if left > 0 else np.inf
        if best is None or gcv < best[0]:
            best = gcv, penalty, freedom, inverse @ x.T @ y
    return best[1:]


def goal(rows):
    i = np.arange(rows)
    return ((i * i * 7 + i * 3) % 41) / 41


for rows, columns, signal in ((60, 5, 1), (15, 22, 0.1)):
    x = standardised(table(rows, columns))
    y = signal * (x[:, 0] - 0.5 * x[:, 1]) + goal(rows)
    penalty, freedom, c = ridge(x, y - y.mean())
    print(f"ridge {rows} x {columns}: penalty {penalty!r} freedom {freedom!r} first coefficients {c[:3]!r} prediction of 1,1,..: {c.sum()!r}")


def logistic(x, labels, classes, strength):
    n, p = x.shape
    z = np.column_stack([x, np.ones(n)])
    penalty = np.tile(np.append(strength * np.ones(p), 1e-3), (classes, 1))
    w = np.zeros((classes, p + 1))
    y = np.eye(classes)[labels]
    for _ in range(50):
        logits = z @ w.T
        q = np.exp(logits - logsumexp(logits, axis=1, keepdims=True))
        gradient = ((q - y).T @ z + penalty * w).ravel()
        hessian = np.zeros((classes, p + 1, classes, p + 1))
        for a in range(classes):
            for b in range(classes):
                hessian[a, :, b, :] = z.T @ (z * (q[:, a] * ((a == b) - q[:, b]))[:, None])
        hessian = hessian.reshape(w.size, w.size) + np.diag(penalty.ravel())
        w = w - np.linalg.solve(hessian, gradient).reshape(w.shape)
    return w


def loss(w, x, labels):
    logits = np.column_stack([x, np.ones(len(x))]) @ w.T
    return logsumexp(logits, axis=1) - logits[np.arange(len(x)), labels], (logits.argmax(1) != labels).mean()


def strength(x, labels, classes):
    held = np.arange(len(x)) % 5 == 4
    losses = {s: loss(logistic(x[~held], labels[~held], classes, s), x[held], labels[held])[0].sum() for s in (1000, 100, 10, 1)}
    print("held-out sums", losses)
    return min(losses, key=losses.get)


raw = table(90, 4).astype("f4").astype("f8")
train, test = slice(0, 60), slice(60, 90)
mean, std = raw[train].mean(0), raw[train].std(0)
z = (raw - mean) / std
follows = np.floor(3 * (raw[:, 0] + 0.3 * goal(90)) / 1.3).astype(int)
blurred = np.floor(3 * (0.1 * raw[:, 0] + (np.arange(90) ** 2 * 29 % 83) / 83) / 1.1).astype(int)
for name, labels in (("labels that follow", follows), ("blurred", blurred)):
    s = strength(z[train], labels[train], 3)
    w = logistic(z[train], labels[train], 3, s)
    losses, error = loss(w, z[test], labels[test])
    print(name, np.bincount(labels), "penalty", s, "loss", repr(losses.mean()), "error", error)
