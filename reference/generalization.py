"""Expected numbers of core's tests of rank correlation, proportions and generalisation.

Run: python3 reference/generalization.py      (NumPy 1.24, SciPy 1.10)
"""
import itertools
import numpy as np
from scipy import stats

INF = np.inf
X = np.array([1.2, 0.8, 2.5, 1.9, INF, 0.9, 3.1, 1.2, 4.0, INF, 2.2, 1.1])
Y = np.array([2.1, 1.0, 4.4, 2.9, INF, 1.6, 3.0, 2.1, INF, 5.0, 1.9, 1.5])


def show(name, *values):
    print(name, *(repr(float(v)) for v in values))


def weighted(points, weight):
    """tau_b and share of concordant pairs by their definition; weight of a pair of kinds; kinds: 't'aken, 'd'rawn."""
    s = concordant = discordant = tx = ty = 0.
    for (kx, x1, y1), (ky, x2, y2) in itertools.combinations(points, 2):
        w = weight[tuple(sorted((kx, ky)))]
        a, b = int(x1 > x2) - int(x1 < x2), int(y1 > y2) - int(y1 < y2)
        s += w * a * b
        concordant += w * (a * b > 0)
        discordant += w * (a * b < 0)
        tx += w * abs(a)
        ty += w * abs(b)
    return (s / np.sqrt(tx * ty) if tx * ty > 0 else np.nan), concordant / (concordant + discordant) if concordant + discordant else np.nan


def weights(F, f, D, m):
    """Of a pair, when f of F taken and m of D drawn are seen."""
    one = F / f if f else 0
    other = D / m if m else 0
    return {("t", "t"): one * ((F - 1) / (f - 1) if f > 1 else 0), ("d", "t"): one * other,
            ("d", "d"): other * ((D - 1) / (m - 1) if m > 1 else 0)}


def correlation(taken, drawn, D):
    F, m = len(taken), len(drawn)
    points = [("t", *p) for p in taken] + [("d", *p) for p in drawn]
    tau, share = weighted(points, weights(F, F, D, m))
    variance = 0
    for kind, count in (("t", F), ("d", m)):
        left = []
        for i, p in enumerate(points):
            if p[0] == kind and count > 1:
                w = weights(F, F - 1, D, m) if kind == "t" else weights(F, F, D, m - 1)
                left.append(weighted(points[:i] + points[i + 1:], w)[0])
        left = [v for v in left if not np.isnan(v)]
        if left:
            variance += (count - 1) / count * np.sum((np.array(left) - np.mean(left))**2)
    each = np.array([1.] * F + [D / max(m, 1)] * m)
    n = each.sum()**2 / (each**2).sum()
    most = 1 - 2 / (n * (n - 1))
    centre = np.clip(tau, -most, most)
    half = max(stats.t.ppf(.975, n - 1) * np.sqrt(variance) / (1 - centre**2),
               stats.norm.ppf(.975) * np.sqrt(.437 / max(1, n - 4)))
    low, high = np.tanh(np.arctanh(centre) - half), np.tanh(np.arctanh(centre) + half)
    return tau, min(tau, low), max(tau, high), share, n


def rank_correlation():
    print("# tau_b of 12 points with ties and infinities; scipy, then tau low high concordant n")
    finite = [np.where(np.isinf(v), 1e9, v) for v in (X, Y)]
    show("scipy", stats.kendalltau(*finite)[0])
    pairs = list(zip(X, Y))
    show("drawn", *correlation([], pairs, 12))
    show("first 4 taken, 8 drawn of 8", *correlation(pairs[:4], pairs[4:], 8))
    show("first 4 taken, 8 drawn of 60", *correlation(pairs[:4], pairs[4:], 60))
    show("first taken, 11 drawn of 47", *correlation(pairs[:1], pairs[1:], 47))
    show("all in order, 10", *correlation([], [(i, i * i) for i in range(10)], 10))
    show("all against, 10", *correlation([], [(i, -i) for i in range(10)], 10))
    show("12 taken, none drawn of none", *correlation(pairs, [], 0))
    show("2 taken, 2 drawn of 9: tau and share", *weighted([("t", *p) for p in pairs[:2]] + [("d", *p) for p in pairs[2:4]], weights(2, 2, 9, 2)))


def newcombe(a, m, b, n):
    """Method 10: from Wilson's limits, as scipy gives them."""
    p, q = a / m, b / n
    i, j = (stats.binomtest(k, c).proportion_ci(.95, "wilson") for k, c in ((a, m), (b, n)))
    return p - q, p - q - np.hypot(p - i.low, j.high - q), p - q + np.hypot(i.high - p, q - j.low)


def proportions():
    print("# difference low high (Newcombe 1998: 56/70 - 48/80 is 0.2000, 0.0524 to 0.3339), Fisher's p")
    for a, m, b, n in [(56, 70, 48, 80), (6, 6, 4, 20), (5, 6, 15, 20), (0, 3, 0, 9), (3, 3, 0, 9), (2, 10, 9, 10)]:
        show("%d/%d - %d/%d" % (a, m, b, n), *newcombe(a, m, b, n), stats.fisher_exact([[a, m - a], [b, n - b]])[1])
    for k, n in [(6, 6), (5, 6), (0, 4), (3, 8), (5, 5)]:
        ci = stats.binomtest(k, n).proportion_ci(.95, "exact")
        show("clopper-pearson %d of %d" % (k, n), ci.low, ci.high)


if __name__ == "__main__":
    rank_correlation()
    proportions()
