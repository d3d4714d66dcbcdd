"""Expected numbers of the tests of rounds: the first candidates that the second round draws around one candidate.

Run: /usr/bin/python3 reference/neighbourhood.py      (SciPy 1.10)
"""
import math

import random_numbers
import sobol
from scipy.special import ndtri
from scipy.stats import qmc

SEED = 5
ROUNDS = 4
POINTS = 2_000_000
SPREAD = 0.2
ACTIVATIONS = ("relu", "silu", "tanh")


def candidate(u, v, w):
    """lr: {min: 1e-4, max: 1e-2, log: true}, hidden: {min: 8, max: 64, integer: true}, act: three values."""
    return float("%.4g" % (1e-4 * 100**u)), 8 + int(57 * v), ACTIVATIONS[int(3 * w)]


def coordinates(lr, hidden, act):
    return math.log(lr / 1e-4) / math.log(100), (hidden - 7.5) / 57, (ACTIVATIONS.index(act) + 0.5) / 3


def around(parent, round, index):
    stream = random_numbers.Stream(SEED, 1, 0, round * POINTS + index, 12)
    stream.long()  # the lot for the parent, of which there is one
    centre = coordinates(*parent)
    point = []
    for c in centre[:2]:
        u = -1
        while not 0 < u < 1:
            u = c + SPREAD * 0.5**(round - 2) * ndtri(stream.double())
        point.append(u)
    point.append(centre[2] if stream.double() < (round - 1) / ROUNDS else stream.double())
    return candidate(*point)


if __name__ == "__main__":
    first = candidate(*sobol.shifted(qmc.Sobol(d=3, scramble=False, bits=52).random(1), SEED)[0])
    print("first", first)
    for index in range(4):
        print(index, around(first, 2, index))
