"""How far the figures of docs/math/stability.md are from the truth, which only a simulation knows: tables of 100 candidates
and 50 instances with known means, each resampled 100 times with and without replacement and split into halves.

Run: python3 reference/stability_optimism.py      (NumPy 1.24; about a minute)
"""
import numpy as np

CANDIDATES, N, TABLES, REPEATS, FRESH, COUNTS = 100, 50, 1000, 100, 20, (5, 10, 20, 50)
CASES = {  # spread of the candidates' true means, spread of single losses (both relative)
    "clear: means 10 %, losses 10 %": (.10, .10),
    "close: means 3 %, losses 10 %": (.03, .10),
    "equal: means 0 %, losses 10 %": (0, .10),
}


def table(rng, mean, spread):
    """Blocks (shared samples) make 30 % of the variance of a loss."""
    block = rng.normal(size=N) * np.sqrt(.3)
    return mean[:, None] * (1 + spread * (block + rng.normal(size=(CANDIDATES, N)) * np.sqrt(.7)))


def figures(picks, value):
    regret = value[picks] / value.min() - 1
    return regret == 0, regret <= .02, regret


def main():
    for name, (between, spread) in CASES.items():
        rng = np.random.default_rng(5)
        mean = np.exp(between * np.random.default_rng(3).normal(size=CANDIDATES))
        rows = {}
        for _ in range(TABLES):
            x = table(rng, mean, spread)
            full = x.mean(axis=1)
            for n in COUNTS:
                def add(key, values):
                    rows.setdefault((n, key), []).append([np.mean(v) for v in values])
                fresh = np.array([table(rng, mean, spread)[:, :n].mean(axis=1).argmin() for _ in range(2 * FRESH)])
                add("truth", figures(fresh, mean))
                drawn = rng.integers(0, N, (REPEATS, n))
                add("with", figures(x[:, drawn].mean(axis=2).argmin(axis=0), full))
                drawn = rng.permuted(np.tile(np.arange(N), (REPEATS, 1)), axis=1)
                add("without", figures(x[:, drawn[:, :n]].mean(axis=2).argmin(axis=0), full))
                if n <= N // 2:
                    a, b = drawn[:, :N // 2], drawn[:, N // 2:]
                    pick = x[:, a[:, :n]].mean(axis=2).argmin(axis=0)
                    judged = x[:, b].mean(axis=2)
                    own = judged[pick, np.arange(REPEATS)]
                    half = judged[x[:, a].mean(axis=2).argmin(axis=0), np.arange(REPEATS)]
                    least = judged.min(axis=0)
                    agreed = pick == x[:, b[:, :n]].mean(axis=2).argmin(axis=0)
                    add("halves", (agreed, own / least <= 1.02, own.mean() / half.mean() - 1, own.mean() / least.mean() - 1))
                    add("fresh agree", (fresh[:FRESH] == fresh[FRESH:],))
        print("#", name)
        for (n, key), values in sorted(rows.items(), key=lambda item: item[0][0]):
            print("n = %2d %-12s" % (n, key), *["%6.2f %%" % (100 * v) for v in np.mean(values, axis=0)])


if __name__ == "__main__":
    main()
