"""Expected numbers of core's tests of stability: a table of 12 candidates and 20 instances, resampled by the same random
numbers as Mettle's (reference/random_numbers.py), with the choice, the race, ranks, regrets and halves written a second time.

Run: python3 reference/stability.py      (NumPy 1.24)
"""
import numpy as np

from random_numbers import Stream

CANDIDATES, INSTANCES, REPEATS, WARMUP, SURVIVORS = 12, 20, 200, 5, 3
RACE, INIT, SAMPLE, RESAMPLES = 1, 0, 1, 4
COUNTS = (3, 5, 10, 20)


def table():
    """Whole numbers, so that means tie exactly or not at all; candidate 7 fails once, candidate 9 twice."""
    c, j = np.arange(CANDIDATES)[:, None], np.arange(INSTANCES)[None, :]
    losses = (1000 + 9 * c + 30 * (j * j % 7) + ((c * 271 + j * 97 + c * c * j * 31) % 211)).astype(float)
    losses[7, 4] = losses[9, 11] = losses[9, 18] = np.inf
    return losses


def order(losses, criterion):
    """Positions, best first: none failed, then the criterion, then the name (here: the position)."""
    failed = np.isinf(losses).any(axis=1)
    return sorted(range(len(losses)), key=lambda c: (failed[c], criterion(losses[c]), c))


def race(losses, criterion, warmup):
    """The paper's Algorithm 1 with drop: half. Returns the winner and the trainings."""
    alive, trainings = list(range(len(losses))), 0
    for i in range(1, losses.shape[1] + 1):
        trainings += len(alive)
        if i >= warmup:
            ranked = [alive[k] for k in order(losses[alive, :i], criterion)]
            alive = sorted(ranked[:min(len(alive), max(SURVIVORS, len(alive) // 2))])
    return [alive[k] for k in order(losses[alive], criterion)][0], trainings


def relative(value, least):
    return 0.0 if value == least else (value - least) / abs(least)


def judge(losses, c, criterion):
    return np.inf if np.isinf(losses[c]).any() else criterion(losses[c])


def summary(name, picks, rank, regret):
    values = np.array([regret[p] for p in picks])
    finite = np.sort(values)
    print(name, "| best", sum(rank[p] == 1 for p in picks), "within", int((values <= .02).sum()),
          "failed", int(np.isinf(values).sum()), "mean", repr(float(values.mean())),
          "median", repr(float(finite[[99, 100]].mean())), "rank", sum(rank[p] for p in picks) / len(picks),
          "| most often", sorted(((-picks.count(p), rank[p], p) for p in set(picks)))[:3])


def main():
    losses = table()
    for criterion in (np.mean, np.max):
        print("#", criterion.__name__)
        ranking = order(losses, criterion)
        rank = {c: place + 1 for place, c in enumerate(ranking)}
        least = criterion(losses[ranking[0]])
        regret = {c: relative(judge(losses, c, criterion), least) for c in range(CANDIDATES)}
        print("ranking", ranking, "best", float(least), "regrets of the first three", [regret[c] for c in ranking[:3]])
        for n in COUNTS:
            picks, raced, trainings = [], [], []
            agreed = within = failed = 0
            sums = np.zeros(3)
            for r in range(REPEATS):
                stream = Stream(0, RACE, SAMPLE, r, RESAMPLES)
                columns = [stream.below(INSTANCES) for _ in range(max(COUNTS))][:n]
                picks.append(order(losses[:, columns], criterion)[0])
                winner, used = race(losses[:, columns], criterion, min(WARMUP, n))
                raced.append(winner)
                trainings.append(used)
                if n <= INSTANCES // 2:
                    split = Stream(0, RACE, INIT, r, RESAMPLES).shuffle(list(range(INSTANCES)))
                    a, b = losses[:, split[:INSTANCES // 2]], losses[:, split[INSTANCES // 2:]]
                    pick = order(a[:, :n], criterion)[0]
                    own = judge(b, pick, criterion)
                    best = judge(b, order(b, criterion)[0], criterion)
                    sums += own, judge(b, order(a, criterion)[0], criterion), best
                    agreed += pick == order(b[:, :n], criterion)[0]
                    within += relative(own, best) <= .02
                    failed += np.isinf(own)
            summary("n = %d, all" % n, picks, rank, regret)
            summary("n = %d, race, %s trainings" % (n, sum(trainings) / REPEATS), raced, rank, regret)
            if n <= INSTANCES // 2:
                ends = [float(sums[0] / s - 1) for s in sums[1:]] if np.isfinite(sums).all() else ["-", "-"]
                print("  halves: agreed", agreed, "within", within, "failed", failed, "at least, at most", *ends)


if __name__ == "__main__":
    main()
