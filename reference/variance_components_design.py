"""The simulations behind docs/decisions/0013-decompose.md: widths and coverage, heavy tails, shapes of a grid of three
sources, and tests of two spreads. Draws its own chi-squares; shares no code with core.statistics.components.

Run: python3 reference/variance_components_design.py      (NumPy 1.24, SciPy 1.10; about ten minutes)
"""
import itertools
import numpy as np
from scipy import stats

rng = np.random.default_rng(20251126)
NORMAL = lambda *s: rng.standard_normal(s)                 # noqa: E731
T3 = lambda *s: rng.standard_t(3, s) / np.sqrt(3)          # noqa: E731


def effects(x):
    m, r, c = x.mean(), x.mean(1), x.mean(0)
    return r - m, c - m, x - r[:, None] - c[None, :] + m


def heavy(values):
    return len(values) >= 6 and stats.kurtosistest(values).statistic > 2.3263478740408408


def two_sources(a, draw, truth, repeats=1500, draws=4000):
    chi = [rng.chisquare(d, draws) for d in (a - 1, a - 1, (a - 1)**2)]
    cover, width, warned = np.zeros(3), np.zeros(3), 0
    for _ in range(repeats):
        x = draw(a)[:, None] * truth[0]**.5 + draw(a)[None, :] * truth[1]**.5 + draw(a, a) * truth[2]**.5
        r, c, e = effects(x)
        E = (e**2).sum() / chi[2]
        A = np.maximum(0, (a * (r**2).sum() / chi[0] - E) / a)
        B = np.maximum(0, (a * (c**2).sum() / chi[1] - E) / a)
        for k, v in enumerate((A, B, E)):
            low, high = np.quantile(v / (A + B + E), [.025, .975])
            cover[k] += low <= truth[k] <= high
            width[k] += high - low
        warned += heavy(r) or heavy(c) or heavy(e.ravel())
    return cover / repeats, width / repeats, warned / repeats


def three_sources(n, truth, repeats=600, draws=3000):
    subsets = [s for k in (1, 2, 3) for s in itertools.combinations(range(3), k)]
    df = {s: int(np.prod([n[f] - 1 for f in s])) for s in subsets}
    chi = {s: rng.chisquare(df[s], draws) for s in subsets}
    width = np.zeros(7)
    for _ in range(repeats):
        x = sum(rng.standard_normal([n[f] if f in s else 1 for f in range(3)]) * truth[s]**.5 for s in subsets)
        means = {s: x.mean(axis=tuple(f for f in range(3) if f not in s), keepdims=True)
                 for k in range(4) for s in itertools.combinations(range(3), k)}
        ms = {}
        for s in subsets:
            e = sum((-1)**(len(s) - len(t)) * means[t] for t in means if set(t) <= set(s))
            ms[s] = (np.broadcast_to(e, x.shape)**2).sum() / chi[s]
        v = {s: np.maximum(0, sum((-1)**(len(t) - len(s)) * ms[t] for t in subsets if set(s) <= set(t))
                           / np.prod([n[f] for f in range(3) if f not in s], initial=1)) for s in subsets}
        total = sum(v.values())
        for k, s in enumerate(subsets):
            width[k] += np.subtract(*np.quantile(v[s] / total, [.975, .025]))
    return width / repeats


def bonett(x, y):
    n, z = x.shape[-1], stats.norm.ppf(.975)

    def parts(v):
        cut = int(n / (2 * np.sqrt(n - 4)))
        centre = np.sort(v, -1)[..., cut:n - cut].mean(-1, keepdims=True)
        return ((v - v.mean(-1, keepdims=True))**2).sum(-1), ((v - centre)**4).sum(-1)
    (s1, f1), (s2, f2) = parts(x), parts(y)
    se = np.sqrt(2 * (2 * n * (f1 + f2) / (s1 + s2)**2 - (n - 3) / n) / (n - 1))
    return np.log(s1 / s2) - z * se, np.log(s1 / s2) + z * se


def spreads(n, draw, repeats=4000):
    """Error of each test of equal spreads at 5 %, coverage of Bonett's interval, power at twice the variance."""
    x, y = draw(repeats, n), draw(repeats, n)
    out = []
    for factor in (1, np.sqrt(2)):
        u = factor * x
        f = u.var(-1, ddof=1) / y.var(-1, ddof=1)
        out.append((2 * np.minimum(stats.f.sf(f, n - 1, n - 1), stats.f.cdf(f, n - 1, n - 1)) < .05).mean())
        out.append(np.mean([stats.levene(a, b, center="median").pvalue < .05 for a, b in zip(u, y)]))
        low, high = bonett(u, y)
        out.append(((low > 0) | (high < 0)).mean())
    low, high = bonett(x, y)
    return out + [((low <= 0) & (high >= 0)).mean()]


print("two sources, init 60 %, sample 30 %, interaction 10 %: coverage and width of the shares, part of grids with a warning")
for a in (5, 7, 10, 16, 24):
    for name, draw in (("normal", NORMAL), ("t3", T3)):
        cover, width, warned = two_sources(a, draw, (.6, .3, .1))
        print(f"{a}x{a}", name, np.round(100 * cover, 1), np.round(width, 2), f"warned {100 * warned:.0f} %", flush=True)

print("three sources: widths of the shares of init, sample, order, and their sum")
SUBSETS = [s for k in (1, 2, 3) for s in itertools.combinations(range(3), k)]
for values in ((.4, .25, .1, .08, .05, .05, .07), (.2, .45, .03, .1, .02, .05, .15), (.1, .3, .3, .05, .05, .1, .1)):
    print("truth", values)
    for n in ((8, 8, 4), (6, 6, 6), (7, 7, 5), (10, 8, 3)):
        w = three_sources(n, dict(zip(SUBSETS, values)))
        print(n, int(np.prod(n)), np.round(w[:3], 2), round(w[:3].sum(), 2), flush=True)

print("two arms of n: error at 5 % of F, Brown-Forsythe, Bonett; power of each at twice the variance; Bonett's coverage")
LOGNORMAL = lambda *s: np.exp(.5 * rng.standard_normal(s))  # noqa: E731
for n in (20, 100):
    for name, draw in (("normal", NORMAL), ("lognormal 0.5", LOGNORMAL), ("t3", T3)):
        print(n, name, np.round(100 * np.array(spreads(n, draw)), 1), flush=True)
