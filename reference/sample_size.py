"""Expected numbers of core's tests of the sample-size study.

Run: python3 reference/sample_size.py      (NumPy 2.4, SciPy 1.17; about a minute)
"""
import numpy as np
from scipy import optimize, stats

from loss_statistics import LOSSES, MIXED, show

INSTANCES = 30
SIZES = np.array([100, 200, 400, 800, 1600])
SPREADS = np.array([[.20, .12, .085, .05, .04], [.34, .25, .16, .17, .06]])  # of two candidates, at each size


def table():
    """Losses [candidate, size, instance]; instances share a part of their deviation, as those with the same seeds do."""
    c, k, i = np.ogrid[:2, :5, :INSTANCES]
    shared = (7 * i % 29 - 14) / 8.4
    own = ((11 * i + 5 * k + 3 * c * i) % 31 - 15) / 8.9
    return (1 + c) / SIZES[None, :, None] * (1 + SPREADS[:, :, None] * (.8 * shared + .6 * own))


def limits(x, alpha):
    """Outer ones of the one-sided chi-square limits of cv by log-losses and by the losses themselves."""
    n, value = len(x), x.std(ddof=1) / x.mean()
    found = [(value, value)]
    for y, back in (np.log(x), lambda s: np.sqrt(np.expm1(s**2))) if x.min() > 0 else (x, lambda s: s / x.mean()), \
                   (x, lambda s: s / x.mean()):
        degrees = 2 * n / (max(stats.kurtosis(y, bias=False), 0) + 2 * n / (n - 1))
        found.append(back(y.std(ddof=1) * np.sqrt(degrees / stats.chi2.isf([alpha, 1 - alpha], degrees))))
    return np.min([f[0] for f in found]), np.max([f[1] for f in found])


def isotonic(y, w):
    """Best curve that never rises, by the formula of minima and maxima over all pools."""
    n = len(y)
    mean = lambda s, t: np.average(y[s:t + 1], weights=w[s:t + 1])
    return np.array([min(max(mean(s, t) for t in range(i, n)) for s in range(i + 1)) for i in range(n)])


def crossing(sizes, cv, limit=.1):
    """(low, high) of where the curve reaches the limit."""
    fit = optimize.isotonic_regression(np.log(cv), increasing=False).x
    if fit[0] <= np.log(limit):
        return 0, sizes[0]
    if fit[-1] > np.log(limit):
        return sizes[-1], np.inf
    after = np.argmax(fit <= np.log(limit))
    x = np.exp(np.interp(np.log(limit), fit[[after, after - 1]], np.log(sizes[[after, after - 1]])))
    return x, x


def cvs(x):
    return x.std(axis=-1, ddof=1) / x.mean(axis=-1)


def one_sided():
    print("# one-sided limits of cv, alpha 0.05 and 0.0125: 20 losses; 10 that are not all positive")
    for alpha in (.05, .0125):
        show("losses %s" % alpha, *limits(LOSSES, alpha))
        show("mixed %s" % alpha, *limits(MIXED, alpha))
    print("# the table: cv, lower, upper of each size, alpha 0.05")
    for c, candidate in enumerate(table()):
        for rows, x in zip(SIZES, candidate):
            show("candidate %d rows %d" % (c, rows), cvs(x), *limits(x, .05))
    print("# upper limits at alpha 0.0125")
    for c, candidate in enumerate(table()):
        show("candidate %d" % c, *[limits(x, .0125)[1] for x in candidate])


def curves():
    print("# isotonic curves: minima and maxima, then SciPy")
    y, w = np.log([.5, .2, .3, .25, .1, .12, .02]), np.array([50, 50, 20, 50, 50, 10, 50.])
    show("min-max", *isotonic(y, w))
    show("scipy", *optimize.isotonic_regression(y, weights=w, increasing=False).x)
    print("# crossings of the table")
    t = table()
    for c in range(2):
        show("candidate %d" % c, *crossing(SIZES, cvs(t[c])))


def bootstrap(paired, resamples=100000):
    rng = np.random.default_rng(5)
    t = table()
    found = np.empty((resamples, 2, 2))
    for start in range(0, resamples, 1000):
        if paired:
            draws = np.broadcast_to(rng.integers(0, INSTANCES, (1000, 1, 1, INSTANCES)), (1000, 2, 5, INSTANCES))
        else:
            draws = rng.integers(0, INSTANCES, (1000, 2, 5, INSTANCES))
        cv = cvs(np.take_along_axis(t[None], draws, axis=3)) * np.sqrt(INSTANCES / (INSTANCES - 1))
        for b in range(1000):
            for c in range(2):
                found[start + b, c] = crossing(SIZES, cv[b, c])
    name = "paired" if paired else "not paired"
    for c in range(2):
        show("%s, size of candidate %d" % (name, c), np.quantile(found[:, c, 0], .025), np.quantile(found[:, c, 1], .975))
    low, high = found[:, 1, 0] / found[:, 0, 1], found[:, 1, 1] / np.maximum(found[:, 0, 0], 1e-300)
    show("%s, ratio" % name, np.quantile(low, .025), np.quantile(high, .975))


def tails():
    print("# excess kurtosis G2 of log-losses of each size, mean; standard error of the mean under normality")
    for c, candidate in enumerate(table()):
        show("candidate %d" % c, np.mean(stats.kurtosis(np.log(candidate), axis=1, bias=False)))
    n = INSTANCES
    show("error", np.sqrt(24 * n * (n - 1)**2 / ((n - 3) * (n - 2) * (n + 3) * (n + 5)) / 5))


if __name__ == "__main__":
    one_sided()
    curves()
    bootstrap(True)
    bootstrap(False)
    tails()
