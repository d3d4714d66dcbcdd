"""How often the 95 % intervals of docs/math/intervals.md hold the truth: 20,000 repeats each (BCa: 2,000).

Run: python3 reference/interval_coverage.py      (NumPy 1.24, SciPy 1.10; about a minute)
"""
import numpy as np
from scipy import stats

REPEATS = 20000
DISTRIBUTIONS = {  # losses with mean about 1; truths by 10^7 draws
    "normal, cv 0.1": lambda rng, size: 1 + .1 * rng.normal(size=size),
    "log-normal, sigma 0.1": lambda rng, size: np.exp(.1 * rng.normal(size=size)),
    "log-normal, sigma 0.5": lambda rng, size: np.exp(.5 * rng.normal(size=size)),
    "log-Laplace, scale 0.07": lambda rng, size: np.exp(rng.laplace(scale=.07, size=size)),
    "5 % of losses doubled, else cv 0.05": lambda rng, size: (1 + .05 * rng.normal(size=size)) * (1 + (rng.random(size) < .05)),
}
FAR = {  # far from log-normal: is the widened interval of cv right?
    "2 % of losses x 5, else cv 0.05": lambda rng, size: (1 + .05 * rng.normal(size=size)) * (1 + 4 * (rng.random(size) < .02)),
    "1 + 0.1 Pareto(2.5)": lambda rng, size: 1 + .1 * rng.pareto(2.5, size=size),
    "1 + exponential": lambda rng, size: 1 + rng.exponential(size=size),
    "1 - 0.1 exponential, at least 0.05": lambda rng, size: np.maximum(1 - .1 * rng.exponential(size=size), .05),
}


def student(x):
    n = x.shape[-1]
    half = stats.t.ppf(.975, n - 1) * x.std(axis=-1, ddof=1) / np.sqrt(n)
    return x.mean(axis=-1) - half, x.mean(axis=-1) + half


def median(x):
    n = x.shape[-1]
    low = max(r for r in range(1, n) if stats.binom.cdf(r - 1, n, .5) <= .025)
    s = np.sort(x, axis=-1)
    return s[..., low - 1], s[..., n - low]


def cv(x, adjusted, other=False):
    """Limits of cv; `other`: where they had to be widened, also by the chi-square interval of the losses themselves."""
    n, y = x.shape[-1], np.log(x)
    s = y.std(axis=-1, ddof=1)
    value = x.std(axis=-1, ddof=1) / x.mean(axis=-1)
    excess = np.maximum(stats.kurtosis(y, axis=-1, bias=False), 0) if adjusted else np.zeros(len(x))
    degrees = 2 * n / (excess + 2 * n / (n - 1))
    low, high = (np.sqrt(np.expm1(s**2 * degrees / stats.chi2.ppf(q, degrees))) for q in (.975, .025))
    widened = (value < low) | (value > high)
    if other:
        excess = np.maximum(stats.kurtosis(x, axis=-1, bias=False), 0)
        degrees = 2 * n / (excess + 2 * n / (n - 1))
        own_low, own_high = (value * np.sqrt(degrees / stats.chi2.ppf(q, degrees)) for q in (.975, .025))
        low, high = np.where(widened, np.minimum(low, own_low), low), np.where(widened, np.maximum(high, own_high), high)
    return np.minimum(low, value), np.maximum(high, value), widened


SKEWED = {"log-normal, sigma 1": lambda rng, size: np.exp(rng.normal(size=size))}


def studentised(x, rng, resamples=1999):
    """Limits of the mean by the studentised bootstrap, for one sample."""
    n = len(x)
    r = x[rng.integers(0, n, (resamples, n))]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.sort(np.nan_to_num((r.mean(axis=1) - x.mean()) / (r.std(axis=1, ddof=1) / np.sqrt(n)), posinf=np.inf, neginf=-np.inf))
    se = x.std(ddof=1) / np.sqrt(n)
    return x.mean() - t[1949] * se, x.mean() - t[49] * se


def means():
    print("| losses | n | Student | studentised bootstrap, 2,000 repeats |")
    for name, draw in (DISTRIBUTIONS | SKEWED).items():
        truth = draw(np.random.default_rng(0), 10**7).mean()
        for n in (20, 59):
            rng = np.random.default_rng(n)
            x = draw(rng, (REPEATS, n))
            low, high = student(x)
            boot = np.array([studentised(sample, rng) for sample in x[:2000]])
            print("| %s | %d | %.1f | %.1f |" % (name, n, 100 * np.mean((low <= truth) & (truth <= high)),
                                               100 * np.mean((boot[:, 0] <= truth) & (truth <= boot[:, 1]))))


def main():
    means()
    for name, draw in DISTRIBUTIONS.items():
        big = draw(np.random.default_rng(0), 10**7)
        truth = big.mean(), np.median(big), big.std() / big.mean()
        iqr_truth = np.subtract(*np.quantile(big, [.75, .25]))
        for n in (20, 59):
            x = draw(np.random.default_rng(n), (REPEATS, n))
            limits = (student(x), truth[0]), (median(x), truth[1]), (cv(x, False)[:2], truth[2]), (cv(x, True)[:2], truth[2])
            row = [np.mean((low <= t) & (t <= high)) for (low, high), t in limits]
            iqr = lambda v, axis=-1: np.subtract(*np.quantile(v, [.75, .25], axis=axis))
            hits = 0
            for sample in x[:2000]:
                ci = stats.bootstrap((sample,), iqr, n_resamples=999, method="BCa", random_state=1).confidence_interval
                hits += ci.low <= iqr_truth <= ci.high
            print("| %s | %d | %s | %.1f |" % (name, n, " | ".join("%.1f" % (100 * r) for r in row), hits / 20))
    for name, draw in FAR.items():
        big = draw(np.random.default_rng(0), 10**7)
        truth = big.std() / big.mean()
        for n in (20, 59):
            x = draw(np.random.default_rng(n), (REPEATS, n))
            row = []
            for other in (False, True):
                low, high, widened = cv(x, True, other)
                row.append(100 * np.mean((low <= truth) & (truth <= high)))
            print("| %s | %d | %.1f | %.1f | %.1f |" % (name, n, 100 * widened.mean(), *row))


if __name__ == "__main__":
    main()
