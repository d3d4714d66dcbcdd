"""How often the 95 % interval of docs/math/generalisation.md holds Kendall's tau_b: 2,000 repeats each.

Run: python3 reference/rank_correlation_coverage.py      (NumPy 1.24, SciPy 1.10; about ten minutes)
"""
import numpy as np
from scipy import stats

REPEATS = 2000
LARGE = 6000
Z = stats.norm.ppf(.975)


def signs(values):
    return np.sign(values[:, None] - values[None, :])


def normal(rho):
    return lambda z, e: rho * z + np.sqrt(1 - rho * rho) * e


DEPENDENCE = {"normal, rho 0": normal(0), "normal, rho 0.5": normal(.5), "normal, rho 0.9": normal(.9), "normal, rho 0.98": normal(.98),
              "bad ones scatter more": lambda z, e: z + (.2 + .75 * (z > 0)) * e}


def population(rng, count, there, failing):
    """Criterion in the race, here and there; failing: a tenth here and three tenths there are at infinity."""
    z, e = rng.normal(size=count), rng.normal(size=count)
    race, here = z + .15 * rng.normal(size=count), z + .15 * rng.normal(size=count)
    y = there(z, e)
    if failing:
        here, y = np.where(here > 1.3, 99, here), np.where(y > .6, 99, y)
    return race, here, y


def weights(F, f, D, m):
    """Of pairs, taken ones first, when f of F taken and m of D drawn are seen."""
    one, other = F / f if f else 0, D / m if m else 0
    w = np.full((f + m, f + m), one * other)
    w[:f, :f] = one * (F - 1) / (f - 1) if f > 1 else 0
    w[f:, f:] = other * (D - 1) / (m - 1) if m > 1 else 0
    np.fill_diagonal(w, 0)
    return w


def tau(a, b, w):
    with np.errstate(invalid="ignore"):
        return (w * a * b).sum() / np.sqrt((w * a * a).sum() * (w * b * b).sum())


def interval(x, y, F, D):
    """tau_b, and limits by Fieller's variance, by the jackknife, and by the wider of the two, of F taken and the others drawn of D."""
    a, b, m = signs(x), signs(y), len(x) - F
    t, variance = tau(a, b, weights(F, F, D, m)), 0
    for first, last, w in ((0, F, weights(F, F - 1, D, m) if F > 1 else None), (F, F + m, weights(F, F, D, m - 1))):
        if last - first > 1:
            keep = [np.arange(F + m) != i for i in range(first, last)]
            left = np.array([tau(a[np.ix_(k, k)], b[np.ix_(k, k)], w) for k in keep])
            left = left[np.isfinite(left)]
            if not len(left):
                continue
            variance += (last - first - 1) / (last - first) * ((left - left.mean())**2).sum()
    each = np.r_[np.ones(F), np.full(m, D / m)]
    n = each.sum()**2 / (each**2).sum()
    most = 1 - 2 / (n * (n - 1))
    centre = np.clip(t, -most, most)
    fieller = Z * np.sqrt(.437 / max(1, n - 4))
    jackknife = stats.t.ppf(.975, n - 1) * np.sqrt(variance) / (1 - centre**2)
    return t, [(np.tanh(np.arctanh(centre) - h), np.tanh(np.arctanh(centre) + h)) for h in (fieller, jackknife, max(fieller, jackknife))]


def drawn_only():
    print("# of n drawn candidates: coverage by Fieller's variance, by the jackknife, by the wider of the two; its mean width")
    for name, there in DEPENDENCE.items():
        for failing in (False, True):
            rng = np.random.default_rng(1)
            _, x, y = population(rng, LARGE, there, failing)
            truth = tau(signs(x), signs(y), 1)
            for n in (6, 10, 20, 40):
                hits, widths = [], []
                for _ in range(REPEATS):
                    _, x, y = population(rng, n, there, failing)
                    t, limits = interval(x, y, 0, n)
                    if np.isfinite(t):
                        hits.append([low <= truth <= high for low, high in limits])
                        widths.append(limits[2][1] - limits[2][0])
                print("%-22s %-8s n %2d  tau %.2f " % (name, "failures" if failing else "", n, truth), *(100 * np.mean(hits, axis=0)).round(1),
                      "width %.2f" % np.mean(widths), flush=True)


def selected_and_drawn():
    print("# F best of a race taken, m of the D others drawn: mean of tau weighted and not, truth; coverage of the weighted")
    for name, there in DEPENDENCE.items():
        for failing in (False, True):
            rng = np.random.default_rng(2)
            _, x, y = population(rng, LARGE, there, failing)
            truth = tau(signs(x), signs(y), 1)
            for F, D, m in ((6, 42, 20), (6, 534, 20), (3, 537, 40), (2, 46, 8)):
                found, plain, hits = [], [], []
                for _ in range(REPEATS // 4):
                    race, x, y = population(rng, F + D, there, failing)
                    order = np.argsort(race)
                    chosen = np.r_[order[:F], order[F:][rng.permutation(D)[:m]]]
                    t, limits = interval(x[chosen], y[chosen], F, D)
                    if np.isfinite(t):
                        found.append(t)
                        plain.append(tau(signs(x[chosen]), signs(y[chosen]), 1))
                        hits.append(limits[2][0] <= truth <= limits[2][1])
                print("%-22s %-8s F %d D %3d m %2d  weighted %.3f plain %.3f truth %.3f  covers %.1f"
                      % (name, "failures" if failing else "", F, D, m, np.mean(found), np.nanmean(plain), truth, 100 * np.mean(hits)), flush=True)


if __name__ == "__main__":
    drawn_only()
    selected_and_drawn()
