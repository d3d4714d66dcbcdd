#!/usr/bin/python3
"""Scores picks by the truth: prints a Markdown table and draws score against trainings.

A line of picks is {"method": "racing", "repeat": 0, "trainings": 8123, "pick": "3f1d3bbf0f"}, as the scripts of this
directory and `mettle replay --picks FILE` write them; with a `budget`, each budget is a row of its own. `distinct`, if it is
there, is how many different trainings were paid: a peer may pay twice for the same.

Regret is how much larger the true mean (or true 95 % quantile, type 7) of the pick is than that of the best candidate. True
means are those of the truth's instances, which no method has seen; a candidate that is not in the truth is scored by the
table and counted under 'without truth'. A failed instance counts as --failed-loss, by default the median of the table's finite
losses: a failed training is worth as much as that of an average candidate. The interval is a bootstrap of the repeats: what
their number leaves open, not that another table would differ.

Example: benchmarks/selection/score.py table.csv.gz truth.csv.gz random.jsonl tpe.jsonl --plot score.svg
"""
import argparse
import json
import math
from collections import Counter, defaultdict

import numpy as np

import losses

QUANTILE = 0.95
CLOSE = 0.02
RESAMPLES = 2000


class Scores:
    """True mean and true quantile of every candidate of the table; `failed_loss` stands for a failed instance."""

    def __init__(self, table, truth, failed_loss=None):
        if failed_loss is None:
            failed_loss = float(np.median(table.losses[np.isfinite(table.losses)]))
        self.failed_loss = failed_loss
        unknown = set(truth) - set(table.candidates)
        if unknown:
            raise losses.BadInput(f"The truth has candidates that the table lacks: {sorted(unknown)[:3]}.")
        self.mean, self.quantile, self.failed = {}, {}, {}
        self.with_truth = set(truth)
        for c, name in enumerate(table.candidates):
            values = truth.get(name, table.losses[c])
            known = np.where(np.isfinite(values), values, failed_loss)
            self.mean[name], self.quantile[name] = float(known.mean()), type_7(known)
            self.failed[name] = bool((~np.isfinite(values)).any())
        judged = self.with_truth or set(table.candidates)
        self.best_mean = min(self.mean[name] for name in judged)
        self.best_quantile = min(self.quantile[name] for name in judged)

    def of(self, name):
        """Regret of the mean, regret of the quantile (fractions), failed, without truth."""
        if name not in self.mean:
            raise losses.BadInput(f"The pick {name} is not a candidate of the table.")
        return (self.mean[name] / self.best_mean - 1, self.quantile[name] / self.best_quantile - 1, self.failed[name],
                name not in self.with_truth)


def type_7(values):
    """Quantile of type 7 (Hyndman and Fan 1996) that stays right next to infinity."""
    ordered, place = np.sort(values), QUANTILE * (len(values) - 1)
    low = math.floor(place)
    share = place - low
    return float(ordered[low] if share == 0 else (1 - share) * ordered[low] + share * ordered[low + 1])


def interval(values):
    """95 % percentile bootstrap of the mean, the same at every call; nothing for one value or an infinite one."""
    if len(values) < 2 or not np.isfinite(values).all():
        return None
    drawn = losses.generator(0).integers(len(values), size=(RESAMPLES, len(values)))
    return np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))


def groups(picks):
    """Rows of the table: one for each method and budget, methods by first appearance, budgets by size."""
    found = defaultdict(lambda: defaultdict(list))
    for pick in picks:
        found[pick["method"]][pick.get("budget")].append(pick)
    return [(method, budget, budgets[budget])
            for method, budgets in found.items() for budget in sorted(budgets, key=lambda budget: budget or 0)]


def rows(scores, picks):
    """The numbers of each row, regrets in percent."""
    for method, budget, group in groups(picks):
        repeats = [pick["repeat"] for pick in group]
        if len(set(repeats)) < len(repeats):
            raise losses.BadInput(f"{method}, budget {budget}: a repeat is there twice; was a file given twice?")
        judged = np.array([scores.of(pick["pick"]) for pick in group], dtype=float)
        regret = 100 * judged[:, 0]
        yield {"method": method, "budget": budget, "repeats": len(group),
               "trainings": float(np.mean([pick["trainings"] for pick in group])),
               "distinct": float(np.mean([pick.get("distinct", np.nan) for pick in group])),
               "mean": regret.mean(), "interval": interval(regret), "median": float(np.median(regret)),
               "quantile": 100 * judged[:, 1].mean(), "close": 100 * (judged[:, 0] <= CLOSE).mean(),
               "failed": 100 * judged[:, 2].mean(), "without": int(judged[:, 3].sum())}


def percent(number):
    """Three digits, but no more than two decimals."""
    if not math.isfinite(number):
        return "inf"
    size = abs(number)
    return f"{number:,.0f} %" if size >= 99.95 else f"{number:.1f} %" if size >= 9.995 else f"{number:.2f} %"


def markdown(found):
    lines = ["| method | repeats | trainings | distinct | regret, mean | 95 % interval | regret, median | "
             "regret in 95 % quantile | within 2 % of best | has a failed instance | without truth |", "|---|" + "---:|" * 10]
    for row in found:
        between = "" if row["interval"] is None else " to ".join(percent(end) for end in row["interval"])
        distinct = "" if math.isnan(row["distinct"]) else f"{row['distinct']:,.0f}"
        lines.append(f"| {row['method']} | {row['repeats']} | {row['trainings']:,.0f} | {distinct} | "
                     f"{percent(row['mean'])} | {between} | {percent(row['median'])} | "
                     f"{percent(row['quantile'])} | {row['close']:.0f} % | {row['failed']:.0f} % | "
                     f"{row['without']} |")
    return "\n".join(lines)


def summary(scores, picks):
    return markdown(rows(scores, picks))


def read_picks(path):
    picks = []
    try:
        with open(path, encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                pick = json.loads(text)
                if not {"method", "repeat", "trainings", "pick"} <= set(pick):
                    raise losses.BadInput(f"{path}, line {number}: method, repeat, trainings and pick are needed.")
                picks.append(pick)
    except OSError as error:
        raise losses.BadInput(f"{path}: {error}") from None
    except (ValueError, TypeError) as error:
        raise losses.BadInput(f"{path}, line {number}: not a line of JSON: {error}") from None
    return picks


def run():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("truth", help="fresh instances; 'none' scores everything by the table itself")
    parser.add_argument("picks", nargs="+", help="files of JSON lines")
    parser.add_argument("--plot", help="SVG file to write (needs python3-matplotlib)")
    parser.add_argument("--missing", action="store_true", help="print the picks without truth, most frequent first: the "
                        "candidates that need fresh instances")
    parser.add_argument("--failed-loss", type=float, help="what a failed instance counts as; 'inf' is allowed")
    options = parser.parse_args()
    table = losses.read_table(options.table)
    scores = Scores(table, {} if options.truth == "none" else losses.read_truth(options.truth), options.failed_loss)
    picks = [pick for path in options.picks for pick in read_picks(path)]
    found = list(rows(scores, picks))
    print(markdown(found))
    print(f"\nBest true mean {scores.best_mean:.4g}, best true 95 % quantile {scores.best_quantile:.4g}; "
          f"a failed instance counts as {scores.failed_loss:.4g}.")
    if options.missing:
        print("\n| pick without truth | picks |\n|---|---:|")
        for name, count in Counter(pick["pick"] for pick in picks if pick["pick"] not in scores.with_truth).most_common():
            print(f"| {name} | {count} |")
    if options.plot:
        import plot
        plot.draw(found, options.plot)


if __name__ == "__main__":
    losses.main(run)
