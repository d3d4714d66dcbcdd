"""Expected numbers of core's tests of variance components (core.statistics.components).

Run: python3 reference/variance_components.py      (NumPy 1.24, SciPy 1.10; two minutes)
Mean squares come from R: reference/variance_components.R.
"""
import itertools
import numpy as np
from scipy import stats

TWO = np.log(np.array([
    0.0123, 0.0151, 0.0118, 0.0135, 0.0127, 0.0142,
    0.0119, 0.0131, 0.0110, 0.0125, 0.0138, 0.0129,
    0.0147, 0.0166, 0.0133, 0.0162, 0.0164, 0.0158,
    0.0140, 0.0161, 0.0121, 0.0149, 0.0144, 0.0150,
    0.0115, 0.0137, 0.0104, 0.0126, 0.0122, 0.0131]).reshape(5, 6))
THREE = np.log(np.array([
    1.12, 1.31, 1.05, 0.94, 1.22, 1.01, 1.27, 1.40, 1.19, 1.08, 1.21, 1.13,
    1.33, 1.52, 1.21, 1.07, 1.36, 1.18, 1.45, 1.66, 1.29, 1.20, 1.38, 1.24,
    0.91, 1.17, 0.88, 0.79, 1.03, 0.90, 1.09, 1.14, 0.97, 0.93, 1.02, 0.99]).reshape(3, 4, 3))
DRAWS = 4_000_000


def show(name, *values):
    print(name, *(repr(float(v)) for v in values))


def two_way(x):
    a, b = x.shape
    m, r, c = x.mean(), x.mean(1), x.mean(0)
    e = x - r[:, None] - c[None, :] + m
    return {"init": (b * ((r - m)**2).sum(), a - 1), "sample": (a * ((c - m)**2).sum(), b - 1),
            "interaction": ((e**2).sum(), (a - 1) * (b - 1))}, e


def two_components(ms, a, b):
    e = ms["interaction"]
    return {"init": (ms["init"] - e) / b, "sample": (ms["sample"] - e) / a, "interaction": e}


def three_way(x):
    """Sums of squares as differences of squared marginal sums: the textbook's computing formulas."""
    n = x.shape
    raw = {}
    for k in range(4):
        for s in itertools.combinations(range(3), k):
            sums = x.sum(axis=tuple(f for f in range(3) if f not in s))
            raw[s] = (np.square(sums)).sum() / np.prod([n[f] for f in range(3) if f not in s], initial=1)
    ss = {}
    for s in raw:
        if s:
            ss[s] = sum((-1)**(len(s) - len(t)) * raw[t] for t in raw if set(t) <= set(s))
    return {s: (ss[s], int(np.prod([n[f] - 1 for f in s]))) for s in ss}


def three_components(m, a, b, c):
    """Solved by hand from the expected mean squares (Searle, Casella and McCulloch 1992)."""
    A, B, C, AB, AC, BC, E = (m[s] for s in [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)])
    return {(0,): (A - AB - AC + E) / (b * c), (1,): (B - AB - BC + E) / (a * c), (2,): (C - AC - BC + E) / (a * b),
            (0, 1): (AB - E) / c, (0, 2): (AC - E) / b, (1, 2): (BC - E) / a, (0, 1, 2): E}


def generalised(squares, components, rng, scale=None):
    draws = components({k: ss / rng.chisquare(df, DRAWS) for k, (ss, df) in squares.items()})
    for k, f in (scale or {}).items():
        draws[k] = draws[k] * f
    draws = {k: np.maximum(0, v) for k, v in draws.items()}
    total = sum(draws.values())
    largest = np.argmax(np.array(list(draws.values())), axis=0)
    for i, (k, v) in enumerate(draws.items()):
        show(f"{k}: variance", *np.quantile(v, [.025, .975]))
        show(f"{k}: share", *np.quantile(v / total, [.025, .975]))
        show(f"{k}: largest", (largest == i).mean())


def components():
    rng = np.random.default_rng(1)
    squares, _ = two_way(TWO)
    print("# two sources: estimates, shares")
    est = two_components({k: ss / df for k, (ss, df) in squares.items()}, 5, 6)
    total = sum(est.values())
    for k, v in est.items():
        show(k, v, v / total)
    print("# generalised intervals, 4,000,000 draws")
    generalised(squares, lambda m: two_components(m, 5, 6), rng)
    print("# the component of the sample divided by 1 - 0.2")
    generalised(squares, lambda m: two_components(m, 5, 6), rng, {"sample": 1 / 0.8})
    squares = three_way(THREE)
    print("# three sources: estimates")
    for k, v in three_components({k: ss / df for k, (ss, df) in squares.items()}, 3, 4, 3).items():
        show(k, v)
    generalised(squares, lambda m: three_components(m, 3, 4, 3), rng)


def tails():
    print("# excess kurtosis and score of Anscombe and Glynn: residuals of TWO; a set with a heavy tail; means by sample")
    _, e = two_way(TWO)
    heavy = np.array([0.1, -0.2, 0.05, 0.3, -0.15, 0.12, -0.08, 4.0, 0.02, -0.11, 0.07, 0.19])
    for x in (e.ravel(), heavy, TWO.mean(0)):
        show("kurtosis", stats.kurtosis(x), stats.kurtosistest(x).statistic)


def spreads():
    a = np.array([0.11, 0.25, -0.13, 0.42, 0.05, -0.31, 0.18, 0.02, -0.22, 0.37, 0.29, -0.08])
    b = np.array([1.9, 0.4, -1.2, 2.8, 0.1, -0.6, 1.1, -2.3, 0.7, 0.2, -0.9, 3.1, 0.5, 1.4, -1.7])
    c = np.array([0.12, -0.35, 0.51, 0.08, -0.27, 0.33, -0.44, 0.21, 0.02, -0.11])
    for x, y in ((a, b), (a, c)):
        n, m = len(x), len(y)
        z = stats.norm.ppf(.975)

        def fourths(v):
            centre = stats.trim_mean(v, 1 / (2 * np.sqrt(len(v) - 4)))
            return ((v - centre)**4).sum()
        squares = ((x - x.mean())**2).sum() + ((y - y.mean())**2).sum()
        kurtosis = (n + m) * (fourths(x) + fourths(y)) / squares**2
        se = np.sqrt((kurtosis - (n - 3) / n) / (n - 1) + (kurtosis - (m - 3) / m) / (m - 1))
        ratio = x.var(ddof=1) / y.var(ddof=1)
        c0 = (n / (n - z)) / (m / (m - z))
        print("# Brown and Forsythe; Bonett's interval of the ratio of variances")
        show("std", x.std(ddof=1), y.std(ddof=1))
        show("ratio", ratio, *np.exp(np.log(c0 * ratio) + np.array([-z, z]) * se))
        show("p", stats.levene(x, y, center="median").pvalue)


def clustering():
    """Exact: all ways to place each block's failures, weighted equally."""
    failed = np.zeros((4, 5), bool)
    for cell in [(1, 0), (1, 2), (1, 4), (3, 2), (1, 3), (0, 4)]:
        failed[cell] = True
    for name, table in (("init", failed), ("sample", failed.T)):
        levels = table.shape[0]
        observed = (table.sum(1)**2).sum()
        blocks = [k for k in table.sum(0) if k]
        ways = [list(itertools.combinations(range(levels), k)) for k in blocks]
        hits = total = 0
        for choice in itertools.product(*ways):
            counts = np.bincount([i for c in choice for i in c], minlength=levels)
            hits += (counts**2).sum() >= observed
            total += 1
        print("# clustering by", name, "exact p:", hits / total, "of", total)


components()
tails()
spreads()
clustering()
