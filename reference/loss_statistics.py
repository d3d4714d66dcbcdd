"""Expected numbers of core's tests of statistics, held-out evaluation and held-out noise.

Run: python3 reference/loss_statistics.py      (NumPy 1.24, SciPy 1.10)
"""
import numpy as np
from scipy import stats

LOSSES = np.array([
    0.0123, 0.0151, 0.0118, 0.0135, 0.0127, 0.0142, 0.0119, 0.0131, 0.0210, 0.0125,
    0.0138, 0.0129, 0.0147, 0.0116, 0.0133, 0.0122, 0.0164, 0.0128, 0.0140, 0.0121])
MIXED = np.array([-0.4, 0.1, 0.7, 0.2, 1.9, 0.3, -0.1, 0.8, 0.5, 0.6])  # some are not positive


def show(name, *values):
    print(name, *(repr(float(v)) for v in values))


def cvar(x, q):
    """Minimum over t of t + mean(max(x - t, 0)) / (1 - q): Rockafellar and Uryasev's own definition."""
    return min(t + np.maximum(x - t, 0).mean() / (1 - q) for t in x)


def tolerance():
    print("# tolerance bounds: instances needed, by search over the binomial tail")
    for coverage, confidence in [(.95, .95), (.95, .975), (.95, 1 - .05 / 3), (.99, .95), (.9, .95), (.5, .75)]:
        n = next(n for n in range(1, 10000) if stats.binom.cdf(n - 1, n, coverage) >= confidence - 1e-12)
        print(coverage, confidence, n)
    print("# first n of each rank, 95/95 and 90/99, and the confidence reached")
    for coverage, confidence in [(.95, .95), (.9, .99)]:
        for r in range(1, 7):
            n = next(n for n in range(r, 10000) if stats.binom.cdf(n - r, n, coverage) >= confidence)
            print(coverage, confidence, "rank", r, "n", n, repr(stats.binom.cdf(n - r, n, coverage)))


def criteria(name, x):
    print("# criteria of", name)
    show("mean median max", x.mean(), np.median(x), x.max())
    show("std cv", x.std(ddof=1), x.std(ddof=1) / x.mean())
    show("iqr", np.quantile(x, .75) - np.quantile(x, .25))
    show("quantiles 0.1 0.33 0.9 0.95", *np.quantile(x, [.1, .33, .9, .95]))
    show("cvar 0.9 0.95 0.33", cvar(x, .9), cvar(x, .95), cvar(x, .33))


def order_ranks(n, q, tail=0.025):
    low = max([r for r in range(1, n + 1) if stats.binom.cdf(r - 1, n, q) <= tail], default=0)
    high = min([s for s in range(1, n + 1) if stats.binom.sf(s - 1, n, q) <= tail], default=n + 1)
    return low, high


def maritz_jarrett(x, q):
    x, n = np.sort(x), len(x)
    edges = stats.beta.cdf(np.arange(n + 1) / n, q * (n - 1) + 1, (1 - q) * (n - 1) + 1)
    w = np.diff(edges)
    return np.sqrt(w @ x**2 - (w @ x)**2)


def intervals():
    n, x = len(LOSSES), LOSSES
    print("# intervals")
    show("t", *stats.t.interval(.95, n - 1, x.mean(), stats.sem(x)), stats.sem(x))
    for m, q in [(5, .5), (6, .5), (20, .5), (50, .5), (100, .5), (35, .9), (36, .9), (71, .95), (72, .95), (200, .9), (20, .1)]:
        print("ranks", m, q, order_ranks(m, q))
    for q in (.5, .9, 1):
        show("maritz-jarrett %s" % q, maritz_jarrett(x, q))
    rng = np.random.default_rng(1)
    odd = np.sort(x)[:19]
    show("maritz-jarrett of 19, median; by 10^6 resamples",
         maritz_jarrett(odd, .5), np.median(rng.choice(odd, (1000000, 19)), axis=1).std())
    y = np.log(x)
    degrees = 2 * n / (max(stats.kurtosis(y, bias=False), 0) + 2 * n / (n - 1))
    show("excess kurtosis of log-losses, degrees", stats.kurtosis(y, bias=False), degrees)
    sigma = y.std(ddof=1) * np.sqrt(degrees / stats.chi2.ppf([.975, .025], degrees))
    cv = np.sqrt(np.expm1(sigma**2))
    show("log-losses: s, cv low high, std low high", y.std(ddof=1), *cv, *(cv * x.mean()))
    s = y.std(ddof=1)
    show("noise of cv, std", *(s**2 * np.exp(s**2) / np.sqrt(np.expm1(s**2)) / np.sqrt(2 * degrees) * np.array([1, x.mean()])))
    m, k = MIXED, len(MIXED)
    degrees = 2 * k / (max(stats.kurtosis(m, bias=False), 0) + 2 * k / (k - 1))
    raw = m.std(ddof=1) * np.sqrt(degrees / stats.chi2.ppf([.975, .025], degrees))
    show("losses that are not all positive: std low high, cv low high, noise of std",
         *raw, *(raw / m.mean()), m.std(ddof=1) / np.sqrt(2 * degrees))
    for failed, of in [(0, 50), (1, 50), (3, 20), (20, 20)]:
        ci = stats.binomtest(failed, of).proportion_ci(.95, "exact")
        show("clopper-pearson %d of %d" % (failed, of), ci.low, ci.high)


def studentised(x, rng, resamples=400000):
    """Limits of the mean by t* of many resamples: what 1,999 of them estimate."""
    n, draws = len(x), []
    for _ in range(resamples // 20000):
        r = rng.choice(x, (20000, n))
        draws.append((r.mean(axis=1) - x.mean()) / (r.std(axis=1, ddof=1) / np.sqrt(n)))
    low, high = np.quantile(np.concatenate(draws), [.025, .975])
    se = x.std(ddof=1) / np.sqrt(n)
    return x.mean() - high * se, x.mean() - low * se


def bands():
    print("# studentised bootstrap of the mean by 400,000 resamples, twice")
    rng = np.random.default_rng(2)
    skewed = np.exp(rng.normal(size=40)).round(3)
    for name, x in [("losses", LOSSES), ("exp(normal)", skewed)]:
        for seed in (6, 7):
            show(name, *studentised(x, np.random.default_rng(seed)))
    print("# half height of the Dvoretzky-Kiefer-Wolfowitz band")
    for n in (20, 100):
        show(str(n), np.sqrt(np.log(2 / .05) / (2 * n)))


def bca():
    print("# BCa by scipy.stats.bootstrap with 200,000 resamples: low, high, standard error")
    def iqr(x, axis=-1):
        return np.quantile(x, .75, axis=axis) - np.quantile(x, .25, axis=axis)
    def cvar_rows(x, axis=-1):
        s, n = np.sort(x, axis=axis), x.shape[-1]
        w = np.clip(.1 * n - np.arange(n)[::-1], 0, 1)
        return (s * w).sum(axis=axis) / (.1 * n)
    def mean_plus_std(x, axis=-1):
        return x.mean(axis=axis) + 2 * x.std(axis=axis, ddof=1)
    rng = np.random.default_rng(2)
    y = np.exp(rng.normal(size=40)).round(3)
    print("exp(normal), 40:", ", ".join(map(str, y)))
    for name, x in [("losses", LOSSES), ("exp(normal)", y)]:
        for f in (iqr, cvar_rows, mean_plus_std, np.mean):
            r = stats.bootstrap((x,), f, n_resamples=200000, method="BCa", batch=5000, random_state=3)
            show("%s %s" % (name, f.__name__), *r.confidence_interval, r.standard_error)


def robustness():
    print("# robustness: ln(end/cv)/ln(limit/cv)")
    for spread in (.05, .09, .11, .2):
        x = 1 + spread * stats.norm.ppf((np.arange(1, 31) - .5) / 30)
        n, s = 30, np.log(x).std(ddof=1)
        cv = x.std(ddof=1) / x.mean()
        low, high = np.sqrt(np.expm1(s**2 * (n - 1) / stats.chi2.ppf([.975, .025], n - 1)))
        end = high if cv <= .1 else low
        show("spread %s: cv low high, instances" % spread, cv, low, high, n * (np.log(end / cv) / np.log(.1 / cv))**2)


def held_out():
    print("# evaluation of 43 rows in 20 blocks, target and logarithm of target")
    i = np.arange(43)
    target = 1 + (i * 7 % 43) / 4
    prediction = target + ((i * 11 % 17) - 8) / 32
    edges = np.arange(21) * 43 // 20
    for name, t, p, deviation in [
            ("none", target, prediction, prediction - target),
            ("log", np.log(target), np.log(prediction), prediction / target - 1)]:
        loss = (p - t)**2
        show(name + " loss", loss.mean())
        show(name + " blocks 0 1 19", *[loss[edges[b]:edges[b + 1]].mean() for b in (0, 1, 19)])
        show(name + " rmse sigma_eff bias", np.sqrt((deviation**2).mean()),
             (np.quantile(deviation, .84) - np.quantile(deviation, .16)) / 2, deviation.mean())


def held_out_noise():
    print("# held-out noise of 6 instances x 20 blocks: bootstrap of blocks, and halves, by brute force")
    i, b = np.arange(6)[:, None], np.arange(20)[None, :]
    losses = 1 + .005 * i + .01 * (b * 7 % 20) + .02 * ((i * 5 + b * 3 + i * b) % 7)
    rng = np.random.default_rng(4)
    draws = rng.integers(0, 20, (400000, 20))
    level = losses.mean(axis=0)[draws].mean(axis=1).std() * np.sqrt(20 / 19)
    covariance = []
    for _ in range(100000):
        order = rng.permutation(20)
        halves = losses[:, order[:10]].mean(axis=1), losses[:, order[10:]].mean(axis=1)
        covariance.append(np.cov(*halves)[0, 1])
    show("level, share", level, 1 - np.mean(covariance) / losses.mean(axis=1).var(ddof=1))


if __name__ == "__main__":
    tolerance()
    criteria("20 losses", LOSSES)
    criteria("10 losses, some not positive", MIXED)
    intervals()
    bands()
    bca()
    robustness()
    held_out()
    held_out_noise()
