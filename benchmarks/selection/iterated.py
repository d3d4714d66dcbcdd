"""Rounds of candidates drawn around survivors, on simulated landscapes: how far the true loss of the pick is above the best
that there is, at equal numbers of trainings (docs/decisions/0018-iterated-racing.md). The race is that of
docs/math/selection.md without letting in again.

Run: /usr/bin/python3 benchmarks/selection/iterated.py [rounds | variants | noise] [REPEATS]      (NumPy 1.24, SciPy 1.10)
"""
import math
import sys

import numpy as np
from scipy.stats import norm

INSTANCES, WARMUP, FINALISTS = 50, 5, 3

LANDSCAPES = {  # ranges, sizes of unordered lists, sizes of ordered lists, height of the ripples
    "two ranges": (2, (), (), 0.05),
    "six ranges": (6, (), (), 0.05),
    "four ranges, two lists": (4, (4, 3), (), 0.05),
    "three ranges, five lists": (3, (4, 2, 3), (5, 6), 0.05),
    "five ranges, a list, rugged": (5, (4,), (), 0.25),
}
BUDGETS = {"racing": 1200, "progressive": 3700, "halving": 3700}  # about 600 candidates in one round
RULE = dict(parents=5, spread=0.2, shrinking=0.5, share=4, stay=None, fresh=0.0, first=None, ranks=True, safe=True)


class Landscape:
    """log-loss: a bowl with interactions and ripples, whose centre and height depend on the lists; 0 is the least."""

    def __init__(self, rng, ranges, lists, ordered, ripple):
        self.ranges, self.lists, self.ordered, self.ripple = ranges, lists, ordered, ripple
        d = self.dimensions = ranges + len(ordered)
        self.centre = rng.uniform(0.1, 0.9, d)
        weights = rng.exponential(1, d)
        self.weights = weights / weights.sum() * 2.5
        mixed = rng.normal(0, 1, (d, d))
        self.mixed = (mixed + mixed.T) * 0.15
        self.heights = [rng.permutation(rng.exponential(0.3, k) * (np.arange(k) > 0)) for k in lists]
        self.shifts = [rng.normal(0, 0.1, (k, d)) for k in lists]
        self.waves, self.phases = rng.normal(0, 6, (4, d)), rng.uniform(0, 2 * np.pi, 4)
        self.least = 0.0
        x, c = self.uniform(rng, 4000)
        for step in (0.1, 0.03, 0.01) * 3:
            best = np.argsort(self.loss(x, c))[:200]
            near = np.clip(x[best].repeat(10, 0) + rng.normal(0, step, (2000, d)), 1e-6, 1 - 1e-6)
            x, c = np.concatenate([x[best], near]), np.concatenate([c[best], c[best].repeat(10, 0)])
        self.least = self.loss(x, c).min()

    def uniform(self, rng, count):
        lists = [rng.integers(0, k, count) for k in self.lists]
        return rng.uniform(0, 1, (count, self.dimensions)), np.array(lists, int).reshape(len(lists), count).T

    def loss(self, x, c):
        x = x.copy()
        for j, k in enumerate(self.ordered, self.ranges):
            x[:, j] = (np.floor(x[:, j] * k) + 0.5) / k
        centre, height = np.tile(self.centre, (len(x), 1)), np.zeros(len(x))
        for j in range(len(self.lists)):
            centre += self.shifts[j][c[:, j]]
            height += self.heights[j][c[:, j]]
        far = x - centre
        bowl = 4 * (far**2 * self.weights).sum(1) + np.einsum("ij,jk,ik->i", far, self.mixed, far)
        return np.maximum(bowl, -0.5) + height + self.ripple * np.cos(x @ self.waves.T + self.phases).sum(1) - self.least


class Field:
    """Candidates with all losses that they would have; `known` says how many were trained."""

    def __init__(self, x, c, true, losses, known):
        self.x, self.c, self.true, self.losses, self.known = x, c, true, losses, known

    @staticmethod
    def of(landscape, rng, x, c, noise, blocks):
        true = landscape.loss(x, c)
        own = rng.normal(0, 1, (len(x), INSTANCES))  # half of the variance is the sample's, which all share
        return Field(x, c, true, np.exp(true[:, None] + noise * math.sqrt(0.5) * (own + blocks)), np.zeros(len(x), int))

    def __add__(self, other):
        return Field(*(np.concatenate(pair) for pair in zip(vars(self).values(), vars(other).values())))

    def __getitem__(self, which):
        return Field(*(array[which] for array in vars(self).values()))


def looks(algorithm, n, instances):
    """After how many instances how many stay."""
    if algorithm == "racing":
        fewest, stay, count = min(10, -(-n // 20)), n, 1
        while count < instances and 3 * count <= 2 * instances:
            stay = -(-stay // 8) if count == 1 else -(-2 * stay // 5)
            yield count, min(n, max(stay, fewest, FINALISTS))
            count *= 2
    elif algorithm == "progressive":
        for count in range(WARMUP, instances):
            n = max(min(FINALISTS, n), n // 2)
            yield count, n
    else:
        sizes = [n]
        while sizes[-1] > FINALISTS:
            sizes.append(max(sizes[-1] // 2, FINALISTS))
        for k in range(len(sizes) - 1):
            yield min(instances, max(WARMUP, instances // 2**(len(sizes) - 1 - k))), sizes[k + 1]


def race(algorithm, field, instances, safe):
    """Returns finalists, best first, and trainings; losses that are known cost nothing."""
    alive, trainings = np.arange(len(field.x)), 0
    complete = np.where(field.known >= instances)[0]

    def train(count):
        missing = np.maximum(0, count - field.known[alive])
        field.known[alive] += missing
        return missing.sum()

    for count, stay in looks(algorithm, len(field.x), instances):
        trainings += train(count)
        losses = field.losses[alive, :count]
        early = algorithm == "racing" and count <= 8
        alive = alive[np.argsort((np.log(losses) if early else losses).mean(1), kind="stable")[:stay]]
    trainings += train(instances)
    places = len(alive)
    if safe:
        alive = np.union1d(alive, complete)
    order = np.argsort(field.losses[alive, :instances].mean(1), kind="stable")
    return alive[order[:places]], trainings


def near(rng, centre, deviation):
    low, high = norm.cdf(-centre / deviation), norm.cdf((1 - centre) / deviation)
    return np.clip(centre + deviation * norm.ppf(low + rng.uniform(0, 1, centre.shape) * (high - low)), 1e-9, 1 - 1e-9)


def around(rng, landscape, survivors, count, number, rounds, rule):
    parents = min(rule["parents"], len(survivors.x))
    weights = np.arange(parents, 0, -1.0) if rule["ranks"] else np.ones(parents)
    chosen = rng.choice(parents, count, p=weights / weights.sum())
    deviation = rule["spread"] * rule["shrinking"]**(number - 2)
    if rule["spread"] is math.inf:  # irace's
        deviation = 0.5 * count**(-(number - 1) / (landscape.dimensions + len(landscape.lists)))
    x = near(rng, survivors.x[chosen], deviation)
    stay = (number - 1) / rounds if rule["stay"] is None else rule["stay"]
    c = survivors.c[chosen].copy()
    for j, k in enumerate(landscape.lists):
        c[:, j] = np.where(rng.uniform(size=count) < stay, c[:, j], rng.integers(0, k, count))
    for j in range(landscape.ranges, landscape.dimensions):  # ordered lists are lists like others
        x[:, j] = np.where(rng.uniform(size=count) < stay, survivors.x[chosen, j], rng.uniform(size=count))
    fresh = int(rule["fresh"] * count)
    x[:fresh], c[:fresh] = landscape.uniform(rng, fresh)
    return x, c


def study(algorithm, landscape, rng, rounds, count, noise, rule):
    """Returns the true log-loss of the pick and the trainings."""
    blocks, total = rng.normal(0, 1, INSTANCES), 0
    each = count // rounds if rule["first"] is None or rounds == 1 else int(count * (1 - rule["first"])) // (rounds - 1)
    for number in range(1, rounds + 1):
        if number == 1:
            drawn = landscape.uniform(rng, count - (rounds - 1) * each)
        else:
            drawn = around(rng, landscape, survivors, each, number, rounds, rule)
        field = Field.of(landscape, rng, *drawn, noise, blocks)
        if number > 1:
            field = survivors + field
        few = max(-(-INSTANCES // rule["share"]), 1 if algorithm == "racing" else WARMUP)
        best, trainings = race(algorithm, field, INSTANCES if number == rounds else few, rule["safe"])
        total += trainings
        survivors = field[best[:rule["parents"]]]
    return survivors.true[0], total


def scores(algorithm, kind, rounds, rule, repeats, noise=0.3):
    """Returns candidates, trainings, and how far the picks are above the best, in per cent; means over landscapes."""
    count = 500
    for _ in range(3):
        spent = np.mean([study(algorithm, Landscape(np.random.default_rng((5, k)), *LANDSCAPES[kind]),
                               np.random.default_rng((6, k)), rounds, count, noise, rule)[1] for k in range(3)])
        count = max(30, int(count * (BUDGETS[algorithm] / spent)**1.1))
    found = [study(algorithm, Landscape(np.random.default_rng((77, k)), *LANDSCAPES[kind]),
                   np.random.default_rng((11, k, rounds)), rounds, count, noise, rule) for k in range(repeats)]
    losses, trainings = np.array(found).T
    return count, trainings.mean(), 100 * np.expm1(losses)


def line(title, algorithm, rounds, rule, kinds, repeats, noise=0.3):
    cells = []
    for kind in kinds:
        count, trainings, above = scores(algorithm, kind, rounds, rule, repeats, noise)
        cells.append("%4d %4.0f %5.1f (%.1f)" % (count, trainings, above.mean(), above.std() / math.sqrt(repeats)))
    print("%-34s" % title, " | ".join(cells), flush=True)


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "rounds"
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    kinds = list(LANDSCAPES)
    print("candidates, trainings, pick above the best in per cent (standard error):", "; ".join(kinds))
    if what == "rounds":
        for algorithm in BUDGETS:
            for rounds in (1, 2, 3, 4, 6, 8):
                line("%s, %d rounds" % (algorithm, rounds), algorithm, rounds, RULE, kinds, repeats)
    elif what == "noise":
        for noise in (0.1, 0.2, 0.4, 0.6):
            for rounds in (1, 3):
                line("racing, %d rounds, noise %.1f" % (rounds, noise), "racing", rounds, RULE, kinds, repeats, noise)
    else:
        for title, change in (
            ("as chosen", {}), ("all instances in each round", {"share": 1}), ("half of the instances", {"share": 2}),
            ("an eighth of the instances", {"share": 8}), ("looks drop survivors", {"safe": False}),
            ("3 parents", {"parents": 3}), ("10 parents", {"parents": 10}), ("parents alike", {"ranks": False}),
            ("deviation 0.1", {"spread": 0.1}), ("deviation 0.3", {"spread": 0.3}),
            ("irace's deviation", {"spread": math.inf}), ("deviation x 0.7", {"shrinking": 0.7}),
            ("lists keep half", {"stay": 0.5}), ("lists keep 0.8", {"stay": 0.8}),
            ("a tenth from the whole space", {"fresh": 0.1}), ("a fifth", {"fresh": 0.2}),
            ("half in the first round", {"first": 0.5}), ("a fifth in the first round", {"first": 0.2}),
        ):
            line(title, "racing", 3, {**RULE, **change}, kinds, repeats)
