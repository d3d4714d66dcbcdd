"""Expected numbers of core's test WeightedProportionTest: a share told from draws with unequal chances.

Run: python3 reference/audit.py      (SciPy 1.15; at once)
"""
import numpy as np
from scipy import optimize, stats

HAS = np.array([True, False, False, True, False])
CHANCES = np.array([.5, .1, .2, 1, .25])


def limits(x, n):
    """Clopper and Pearson: the shares for which so many or more, so many or fewer, have a probability of 2.5 %."""
    more = lambda p: stats.beta.cdf(p, x, n - x + 1) - .025
    fewer = lambda p: stats.beta.sf(p, x + 1, n - x) - .025
    return [optimize.brentq(f, 1e-15, 1 - 1e-15, xtol=1e-16) for f in (more, fewer)]


weights = 1 / CHANCES
share = weights[HAS].sum() / weights.sum()
size = weights.sum() ** 2 / (weights**2).sum()
print("share", repr(float(share)), "size", repr(float(size)), "limits", *map(repr, limits(share * size, size)))
