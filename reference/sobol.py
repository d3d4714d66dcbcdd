"""Expected numbers of the tests of sampling: points of the Sobol' sequence as SciPy makes them (direction numbers of Joe
and Kuo 2008, Gray code order), star discrepancies, the first candidates of a study; and how evenly a shifted, a scrambled
and a random sample fill a space, for docs/decisions/0016-sampling.md.

Run: /usr/bin/python3 reference/sobol.py      (SciPy 1.10)
"""
import itertools

import numpy as np
import random_numbers
from scipy.stats import qmc

MASK = 0xFFFFFFFF
SEED = 5


def plain():
    for dimensions, wanted in ((6, range(9)), (40, (5, 100, 1000)), (1000, (777,))):
        points = qmc.Sobol(d=dimensions, scramble=False, bits=52).random_base2(10)
        for i in wanted:
            shown = points[i] if dimensions < 10 else points[i][-4:]
            print(dimensions, i, ", ".join(repr(float(x)) for x in shown))


def shift(seed, coordinate):
    """52 random binary digits."""
    return random_numbers.Stream(seed, 1, 0, coordinate, 11).long() >> 12


def shifted(points, seed):
    shifts = [shift(seed, d) for d in range(len(points[0]))]
    return [[((int(x * 2**52) ^ s) + 0.5) / 2**52 for x, s in zip(point, shifts)] for point in points]


def scrambled(points, seed, digits=40):
    """Owen's nested scramble (1995): each digit is flipped by a bit that depends on those before it."""
    flips = {}

    def one(coordinate, number):
        result = 0
        for k in range(digits):
            before = int(number * 2**k)
            counter = (before & MASK, before >> 32 | k << 16, coordinate, 12)
            if counter not in flips:
                flips[counter] = random_numbers.philox(counter, (seed, 0))[0] & 1
            result = 2 * result + (int(number * 2**(k + 1)) % 2 ^ flips[counter])
        return (result + 0.5) / 2**digits

    return [[one(c, float(x)) for c, x in enumerate(point)] for point in points]


def candidates():
    """lr: {min: 1e-4, max: 1e-2, log: true}, hidden: {min: 8, max: 11, integer: true}; four digits, equal shares."""
    sobol = shifted(qmc.Sobol(d=2, scramble=False, bits=52).random(4), SEED)
    for i in range(3):
        stream = random_numbers.Stream(SEED, 1, 0, i, 10)
        random = [stream.double(), stream.double()]
        for method, (u, v) in (("random", random), ("sobol", sobol[i])):
            print(method, i, "lr=%.4g" % (1e-4 * 100**u), "hidden=%d" % (8 + int(4 * v)))


def discrepancies(dimensions, count, seeds=20):
    """Means over seeds of the L2-star discrepancy, and of the largest of two coordinates."""
    plain = qmc.Sobol(d=dimensions, scramble=False, bits=52).random(count)
    pairs = list(itertools.combinations(range(dimensions), 2))
    for name, points in (
        ("shifted", lambda seed: shifted(plain, seed)),
        ("scrambled", lambda seed: scrambled(plain, seed)),
        ("random", lambda seed: np.random.default_rng(seed).random((count, dimensions))),
    ):
        all, worst = [], []
        for seed in range(1, seeds + 1):
            cube = np.array(points(seed))
            all.append(qmc.discrepancy(cube, method="L2-star"))
            worst.append(max(qmc.discrepancy(cube[:, p], method="L2-star") for p in pairs))
        print(dimensions, count, name, "%.4f, worst pair %.4f" % (np.mean(all), np.mean(worst)))


if __name__ == "__main__":
    print("Sobol' points: dimensions, index, coordinates (the last four of many)")
    plain()
    print("\nL2-star discrepancy of the first points in three dimensions, not shifted")
    for count in (16, 64):
        points = qmc.Sobol(d=3, scramble=False, bits=52).random(count)
        print(count, qmc.discrepancy(points, method="L2-star"))
    print("\ncandidates of seed %d" % SEED)
    candidates()
    print("\nL2-star discrepancy: dimensions, points, mean of 20 seeds (decision 0016)")
    discrepancies(3, 64)
    discrepancies(10, 32)
    discrepancies(10, 64)
