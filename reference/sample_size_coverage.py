"""Error of the one-sided limits of cv, and coverage of the bootstrap interval of the ratio of two sizes (docs/math/sample-size.md).

Run: python3 reference/sample_size_coverage.py      (NumPy 2.4, SciPy 1.17; some ten minutes)
"""
import numpy as np
from scipy import stats

ALPHA, LIMIT = .05, .1
LIMIT_REPEATS, RATIO_REPEATS, RESAMPLES = 40000, 600, 400
SIZES = np.array([120, 250, 500, 1000, 2000, 4000, 8000])
CROSSINGS = np.array([600, 2500])
DISTRIBUTIONS = {  # cv 0.1
    "normal": lambda rng, size: 1 + .1 * rng.normal(size=size),
    "log-normal": lambda rng, size: np.exp(np.sqrt(np.log1p(.01)) * rng.normal(size=size)),
    "log-Laplace": lambda rng, size: np.exp(rng.laplace(scale=.0705, size=size)),
    "1 + exponential tail": lambda rng, size: 1 + .111 * rng.exponential(size=size),
    "Student's t, 3 degrees": lambda rng, size: np.maximum(1 + .1 / np.sqrt(3) * rng.standard_t(3, size=size), 1e-9),
}


def chi_square(y, back):
    n = y.shape[-1]
    degrees = 2 * n / (np.maximum(stats.kurtosis(y, axis=-1, bias=False), 0) + 2 * n / (n - 1))
    s = y.std(axis=-1, ddof=1)
    return [back(s * np.sqrt(degrees / stats.chi2.ppf(p, degrees))) for p in (1 - ALPHA, ALPHA)]


def limits():
    for name, draw in DISTRIBUTIONS.items():
        big = draw(np.random.default_rng(0), 10**7)
        truth = big.std() / big.mean()
        for m in (20, 50, 200):
            x = draw(np.random.default_rng(m), (LIMIT_REPEATS, m))
            value = x.std(axis=-1, ddof=1) / x.mean(axis=-1)
            low, high = chi_square(np.log(x), lambda s: np.sqrt(np.expm1(np.minimum(s**2, 100))))
            own_low, own_high = chi_square(x, lambda s: s / x.mean(axis=-1))
            low, high = np.minimum(low, value), np.maximum(high, value)
            errors = high < truth, np.maximum(high, own_high) < truth, low > truth, np.minimum(low, own_low) > truth
            print("| %s | %d | %s |" % (name, m, " | ".join("%.1f" % (100 * e.mean()) for e in errors)))


def never_rising(y):
    """Isotonic regression of each row of y, by minima and maxima."""
    n, sums = y.shape[1], np.concatenate([np.zeros((len(y), 1)), np.cumsum(y, axis=1)], axis=1)
    mean = lambda s, t: (sums[:, t + 1] - sums[:, s]) / (t + 1 - s)
    return np.stack([np.min([np.max([mean(s, t) for t in range(i, n)], axis=0) for s in range(i + 1)], axis=0)
                     for i in range(n)], axis=1)


def crossings(y):
    """ln of the limits of the size at which each row of ln cv reaches the limit."""
    x, fit, level = np.log(SIZES), never_rising(y), np.log(LIMIT)
    low, high = np.empty(len(y)), np.empty(len(y))
    after = np.where((fit <= level).any(axis=1), (fit <= level).argmax(axis=1), len(x))
    for r, k in enumerate(after):
        if k == 0:
            low[r], high[r] = -np.inf, x[0]
        elif k == len(x):
            low[r], high[r] = x[-1], np.inf
        else:
            low[r] = high[r] = x[k - 1] + (fit[r, k - 1] - level) / (fit[r, k - 1] - fit[r, k]) * (x[k] - x[k - 1])
    return low, high


def log_cv(x):
    return np.log(x.std(axis=-1, ddof=1) / x.mean(axis=-1))


def ratio(kind, slope, correlation, m, rng):
    truth, covered, widths = np.log(CROSSINGS[1] / CROSSINGS[0]), 0, []
    cv = LIMIT * np.array([(SIZES / n)**-slope for n in CROSSINGS])[..., None]
    for _ in range(RATIO_REPEATS):
        shared, own = rng.normal(size=(1, 1, m)), rng.normal(size=(2, len(SIZES), m))
        z = np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own
        x = np.exp(np.sqrt(np.log1p(cv**2)) * z) if kind == "log-normal" else np.maximum(1 + cv * z, 1e-3)
        draws = np.broadcast_to(rng.integers(0, m, (RESAMPLES, 1, 1, m)), (RESAMPLES, 2, len(SIZES), m))
        y = log_cv(np.take_along_axis(x[None], draws, axis=3)) + .5 * np.log(m / (m - 1))
        (low_a, high_a), (low_b, high_b) = crossings(y[:, 0]), crossings(y[:, 1])
        low = np.sort(low_b - high_a)[int(.025 * RESAMPLES)]
        high = np.sort(high_b - low_a)[int(.975 * RESAMPLES)]
        covered += low <= truth <= high
        widths.append(high - low)
    return 100 * covered / RATIO_REPEATS, np.exp(np.median(widths))


def main():
    print("# error of the limits: upper by log-losses, by both, lower by log-losses, by both")
    limits()
    print("# coverage of the interval of the ratio, and median width as a factor")
    rng = np.random.default_rng(1)
    for kind in ("log-normal", "normal"):
        for m in (20, 50):
            for slope, correlation in ((.5, .5), (.25, .5), (.5, 0)):
                print("| n^-%s | %s | %s | m = %d | %.1f | %.2f |"
                      % (slope, kind, correlation, m, *ratio(kind, slope, correlation, m, rng)), flush=True)


if __name__ == "__main__":
    main()
