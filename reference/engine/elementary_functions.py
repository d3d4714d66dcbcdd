#!/usr/bin/python3
"""Minimax coefficients of the kernels Logarithm, Softplus and ErrorFunction (docs/math/elementary-functions.md).

Remez's exchange on sum c_k x^k ~ target(x), the error being weighted by weight(x) so that it is the relative error of
the function; after each solution the lowest coefficient left is rounded to a float and kept, and the others are solved for
again. Prints Java constants, lowest power first, and the error of the rounded polynomial in units of 2^-24 of the function.
Needs mpmath. Takes about a minute.
"""
import mpmath as mp
import numpy as np

mp.mp.prec = 160
GRID = 800


def remez(target, weight, low, high, powers):
    """Coefficients of x^p, p in powers, that make max |weight (polynomial - target)| least, and that maximum."""
    count = len(powers)
    nodes = [low + (high - low) * (1 - mp.cos(mp.pi * (i + mp.mpf(1) / 2) / (count + 1))) / 2 for i in range(count + 1)]
    grid = [low + (high - low) * (1 - mp.cos(mp.pi * (i + mp.mpf(1) / 2) / GRID)) / 2 for i in range(GRID)]
    targets = [target(x) for x in grid]
    weights = [weight(x) for x in grid]
    for _ in range(40):
        rows = [[x ** p for p in powers] + [(-1) ** i / weight(x)] for i, x in enumerate(nodes)]
        solution = mp.lu_solve(mp.matrix(rows), mp.matrix([target(x) for x in nodes]))
        coefficients, level = list(solution[:count]), abs(solution[count])
        errors = [w * (sum(c * x ** p for c, p in zip(coefficients, powers)) - t)
                  for x, t, w in zip(grid, targets, weights)]
        extrema = []
        for i, e in enumerate(errors):  # the largest error of each run of equal sign
            if extrema and (e > 0) == (errors[extrema[-1]] > 0):
                if abs(e) > abs(errors[extrema[-1]]):
                    extrema[-1] = i
            else:
                extrema.append(i)
        while len(extrema) > count + 1:  # a weight of 0 inside the range makes runs that mean nothing
            drop(extrema, errors, len(extrema) - count - 1)
        worst = max(abs(e) for e in errors)
        if len(extrema) < count + 1 or worst < level * mp.mpf('1.001'):
            return coefficients, worst
        nodes = [grid[i] for i in extrema]
    return coefficients, worst


def drop(extrema, errors, excess):
    """Removes the least extremum, inside the range together with its lesser neighbour, so that signs go on alternating."""
    least = min(range(len(extrema)), key=lambda i: abs(errors[extrema[i]]))
    if excess > 1 and 0 < least < len(extrema) - 1:
        neighbour = min((least - 1, least + 1), key=lambda i: abs(errors[extrema[i]]))
        del extrema[min(least, neighbour):max(least, neighbour) + 1]
    else:
        extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)


def fit(name, target, weight, low, high, count):
    """Prints the constants of a polynomial with `count` coefficients from power 0 on."""
    low, high = mp.mpf(low), mp.mpf(high)
    kept = []
    while len(kept) < count:
        def rest(x):
            return target(x) - sum(c * x ** k for k, c in enumerate(kept))
        coefficients, _ = remez(rest, weight, low, high, range(len(kept), count))
        kept.append(mp.mpf(float(np.float32(float(coefficients[0])))))
    grid = [low + (high - low) * (i + mp.mpf(1) / 2) / GRID for i in range(GRID)]
    worst = max(abs(weight(x) * (sum(c * x ** k for k, c in enumerate(kept)) - target(x))) for x in grid)
    print('%s on [%s, %s]: error %.4f * 2^-24' % (name, mp.nstr(low, 8), mp.nstr(high, 8), worst * 2 ** 24))
    for k, c in enumerate(kept):
        print('    C%d = %sf; // %s' % (k, java(float(c)), mp.nstr(c, 9)))


def java(value):
    """The float as a Java literal without the zeros that float.hex writes."""
    mantissa, exponent = value.hex().split('p')
    return '%sp%d' % (mantissa.rstrip('0').rstrip('.'), int(exponent))


def main():
    half = mp.mpf(1) / 2
    # ln(1 + f) = f + f^2 (-1/2 + f P(f))
    fit('Logarithm', lambda f: (mp.log1p(f) - f + half * f * f) / f ** 3, lambda f: f ** 3 / mp.log1p(f),
        mp.sqrt(half) - 1, mp.sqrt(2) - 1, 9)
    # ln(1 + u) = u + u^2 (-1/2 + u P(u))
    fit('Softplus', lambda u: (mp.log1p(u) - u + half * u * u) / u ** 3, lambda u: u ** 3 / mp.log1p(u),
        mp.mpf(2) ** -30, 1, 10)
    # erf(x) = x + x P(x^2)
    fit('ErrorFunction, small', lambda s: mp.erf(mp.sqrt(s)) / mp.sqrt(s) - 1,
        lambda s: mp.sqrt(s) / mp.erf(mp.sqrt(s)), mp.mpf(2) ** -60, mp.mpf('0.875') ** 2, 7)
    # erf(t) = 1 - exp(-t - t P(t))
    fit('ErrorFunction, large', lambda t: -mp.log(mp.erfc(t)) / t - 1, lambda t: t * mp.erfc(t) / mp.erf(t),
        '0.875', 4, 8)


if __name__ == '__main__':
    main()
