"""Expected races for RacingTest: an independent implementation of `racing` (docs/math/selection.md), with orders of its
own, so that errors agree to a few per cent and everything else exactly.

    python3 reference/racing.py > core/src/test/resources/dev/mettle/core/selection/racing.txt
"""
import numpy as np
from scipy.stats import norm

ORDERS = 4000
ERROR = 0.05


def looks(instances):
    counts, n = [], 1
    while n < instances and 3 * n <= 2 * instances:
        counts.append(n)
        n *= 2
    return counts


def above(a, b):
    return -(-a // b)


def sizes(candidates, stages, survivors):
    fewest = min(10, above(candidates, 20))
    places, most, share = [], [], candidates
    for kind, n in stages:
        share = above(candidates, 4) if kind == "preview" else above(candidates, 8) if n == 1 else above(2 * share, 5)
        places.append(min(candidates, max(share, fewest, survivors)))
        most.append(min(candidates, max(3 * share, fewest + above(fewest, 5), survivors)))
    return places, most


CRITERIA = {"mean": lambda x: x.mean(-1), "quantile(0.9)": lambda x: np.quantile(x, 0.9, axis=-1)}


def statistic(x, instances, criterion):
    n = x.shape[-1]
    return np.exp(np.log(x).mean(-1)) if n <= 8 and n < instances else CRITERIA[criterion](x)


def ranked(losses, alive, n, criterion):
    """Returns those alive, best first, with their statistic."""
    x = losses[alive, :n]
    failed = np.isinf(x).any(1)
    value = np.full(len(alive), np.inf)
    value[~failed] = statistic(x[~failed], losses.shape[1], criterion)
    order = np.lexsort((alive, value, failed))
    return alive[order], value[order], failed[order]


def race(losses, criterion="mean", survivors=3, previews=None):
    candidates, instances = losses.shape
    stages = ([] if previews is None else [("preview", 1)]) + [("race", n) for n in looks(instances)]
    tables = {"preview": previews, "race": losses}
    places, most = sizes(candidates, stages, survivors)
    have = {kind: np.zeros(candidates, int) for kind in tables}
    kept = [None] * len(stages)
    limits = np.full(len(stages), -np.inf)
    checks = []
    for attempt in range(3):
        alive, bars = np.arange(candidates), []
        for k, (kind, n) in enumerate(stages):
            have[kind][alive] = np.maximum(have[kind][alive], n)
            alive, value, failed = ranked(tables[kind], alive, n, criterion)
            if attempt == 0:
                stays = np.arange(len(alive)) < places[k]
            else:
                old = np.isin(alive, kept[k])
                new = ~old & ~failed & (value <= limits[k])
                stays = old | (new & (np.cumsum(new) <= most[k] - old.sum()))
            left = np.flatnonzero(~stays & ~failed)
            bars.append(value[left[0]] if len(left) else np.inf)
            kept[k] = alive = np.sort(alive[stays])
        have["race"][alive] = instances
        if previews is not None:
            have["preview"][alive] = instances
        alive, _, failed = ranked(losses, alive, instances, criterion)
        if not stages:
            alive, failed = alive[:max(survivors, min(10, above(candidates, 20)))], failed[:1]
        error, equals, found = check(tables, alive, failed, np.array(bars), stages, criterion)
        checks.append((int(have["race"].sum()), len(alive), error, equals))
        if error is not None and error <= ERROR:
            break
        limits = np.maximum(limits, found)
    return alive, have, checks


def check(tables, alive, failed, bars, stages, criterion):
    if failed[0]:
        return None, 0, np.full(len(bars), np.inf)
    if not np.isfinite(bars).any():
        return 0.0, 1, np.full(len(bars), -np.inf)
    logs = np.log(tables["race"][alive[~failed]])
    instances = logs.shape[1]
    root = np.sqrt(instances)
    differences = logs[1:] - logs[0]
    equals = 1 + int((differences.mean(1) <= 2 * differences.std(1, ddof=1) / root).sum())
    generator = np.random.default_rng(1)
    orders = np.array([generator.permutation(instances) for _ in range(ORDERS)])
    twins = {kind: twin(np.log(table[alive[~failed]]), equals, orders) for kind, table in tables.items() if table is not None}
    values = np.array([statistic(twins[kind][:, :n], instances, criterion) for kind, n in stages])
    error = float((values > bars[:, None]).any(0).mean())
    return error, equals, np.quantile(values, 1 - ERROR / len(stages), axis=1, method="inverted_cdf")


def twin(logs, equals, orders):
    """Returns losses like those of the first row, in other orders. A preview may have failed."""
    instances = logs.shape[1]
    others = logs[1:9]
    others = others[np.isfinite(others).all(1)]
    shared = (others - others.mean(1, keepdims=True)).mean(0) if len(others) > 1 else np.zeros(instances)
    own = logs[0] - shared
    finite = own[np.isfinite(own)]
    spread = finite.std(ddof=1) if len(finite) > 1 else 0
    shift = norm.ppf((equals - 0.375) / (equals + 0.25)) * spread / np.sqrt(instances)
    return np.exp(own[orders] + shared + shift)


def show(name, losses, criterion="mean", previews=None):
    alive, have, checks = race(losses, criterion, previews=previews)
    print("case", name)
    print("criterion", criterion)
    for kind, table in ("losses", losses), ("previews", previews):
        for row in [] if table is None else table:
            print(kind, *("inf" if np.isinf(v) else repr(float(v)) for v in row))
    print("instances", *have["race"])
    print("previewed", *have["preview"])
    print("finalists", *alive)
    for trained, finalists, error, equals in checks:
        print("check", trained, finalists, "unknown" if error is None else round(error, 4), equals)


def main():
    g = np.random.default_rng(2026)

    def table(m, n, spread, noise):
        block = 0.5 * g.standard_normal((1, n)) + 0.85 * g.standard_normal((m, n))
        return np.round(np.exp(spread * g.standard_normal((m, 1)) + noise * block), 6)

    show("a clear winner", table(60, 20, 0.4, 0.3))
    show("many near equals", table(120, 50, 0.1, 0.3))
    show("all equal but for noise", table(80, 10, 0, 0.3))
    show("by a quantile", table(60, 20, 0.4, 0.3), "quantile(0.9)")
    failing = table(60, 20, 0.3, 0.3)
    failing[g.random(failing.shape) < 0.03] = np.inf
    show("some fail", failing)
    late = table(30, 8, 0.3, 0.3)
    late[:, 6] = np.inf
    show("everybody fails late", late)
    show("ties", np.ones((30, 8)))
    show("one candidate", table(1, 8, 0, 0.3))
    show("two candidates", table(2, 8, 0, 0.3))
    show("one instance", table(12, 1, 0, 0.3))
    show("nobody finishes", np.full((12, 4), np.inf))

    def with_previews(m, n, spread, noise):
        level = spread * g.standard_normal((m, 1))
        draw = lambda more: np.round(np.exp(level + more + noise * g.standard_normal((m, n))), 6)
        return draw(0), draw(0.7 + 0.15 * g.standard_normal((m, 1)))  # fewer rows: worse, and a little differently

    full, few = with_previews(200, 20, 0.4, 0.3)
    show("previews", full, previews=few)
    full, few = with_previews(120, 20, 0.1, 0.3)
    show("previews of near equals", full, previews=few)
    full, few = with_previews(100, 20, 0.4, 0.3)
    few[g.random(few.shape) < 0.1] = np.inf
    show("previews fail", full, previews=few)
    full, _ = with_previews(100, 20, 0.9, 0.3)
    show("all previews fail", full, previews=np.full(full.shape, np.inf))


if __name__ == "__main__":
    main()
