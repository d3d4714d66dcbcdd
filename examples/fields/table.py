"""Prints the tables of docs/results/fields.md from what run-all left in runs/fields and in the ledgers of its runs.

Usage: python3 examples/fields/table.py [STUDY...]      from the checkout's root; needs NumPy

Rows for equal loss: each candidate's median loss is a curve over the sizes of its training samples, made never to rise
(running least) and interpolated in logarithms. The two curves are compared at the larger of their two lowest losses, the
lowest one that both reach. The interval is that of 2,000 resamplings of the instances, the same ones for both curves.
"""
import csv
import json
import subprocess
import sys

import numpy as np

STUDIES = ["concrete", "energy", "wine_red", "power_plant", "credit_default", "retina", "cifar10"]


def load(study, what):
    with open("runs/fields/%s-%s.json" % (study, what)) as file:
        return json.load(file)


def number(value):
    return value if value == "Infinity" else "%.4g" % value


def share(part):
    low, high = part["share"]["low"], part["share"]["high"]
    return "%.0f %% (%.0f to %.0f)" % (100 * part["share"]["value"], 100 * low, 100 * high)


def percent(part):
    return "%.0f %%" % (100 * part["share"])


def losses_by_size(study):
    """Returns candidate -> rows -> losses in the order of instances, infinite for those that failed."""
    text = subprocess.run(["./mettle", "ledger", "runs/" + study], capture_output=True, text=True, check=True).stdout
    table = {}
    for row in csv.DictReader(text.splitlines()):
        if row["purpose"] == "sample_size":
            loss = float(row["loss"]) if row["outcome"] == "completed" else np.inf
            table.setdefault(row["candidate"], {}).setdefault(int(row["rows"]), {})[int(row["init"])] = loss
    return {c: {n: np.array([l[i] for i in sorted(l)]) for n, l in sorted(s.items())} for c, s in table.items()}


def rows_for(sizes, medians, loss):
    """Returns the rows at which the curve reaches a loss; the least or greatest size where it does not cross it."""
    curve = np.minimum.accumulate(medians)
    if curve[0] <= loss:
        return sizes[0]
    i = int(np.argmax(curve <= loss))
    if curve[i] > loss:
        return sizes[-1]
    x = np.log(sizes[i - 1:i + 1])
    y = np.log(curve[i - 1:i + 1])
    return float(np.exp(x[0] + (x[1] - x[0]) * (np.log(loss) - y[0]) / (y[1] - y[0])))


def gain(without, given, draw=None):
    """Returns how many times more rows are needed without the features for the lowest loss that both reach."""
    sizes = np.array(sorted(without))

    def medians(losses):
        return np.array([np.median(losses[n] if draw is None else losses[n][draw]) for n in sizes])

    a, b = medians(without), medians(given)
    loss = max(np.min(a), np.min(b))
    return rows_for(sizes, a, loss) / rows_for(sizes, b, loss)


def robust_from(candidate):
    return "%s rows" % format(candidate["robust_from"], ",") if candidate["robust_from"] else "nowhere"


def times(ratio, interval, swapped):
    """Writes a range of ratios, which may be open at either end, the other way round if swapped."""
    def ends(part):
        low, high = float(part["low"]), float(part["high"])
        return ((1 / high if high else np.inf), (1 / low if low else np.inf)) if swapped else (low, high)

    def text(low, high):
        if low == 0 and high == np.inf:
            return "open"
        return "%.2g" % low if low == high else "at most %.2g" % high if low == 0 else (
            "at least %.2g" % low if high == np.inf else "%.2g to %.2g" % (low, high))
    middle = text(*ends(ratio))
    return middle if middle == "open" else "%s (%s)" % (middle, text(*ends(interval)))


def gain_text(study, sizes):
    by_bias = {c["settings"]["bias"]: c["candidate"] for c in sizes["candidates"]}
    losses = losses_by_size(study)
    without, given = losses[by_bias[False]], losses[by_bias[True]]
    count = min(len(l) for l in without.values())
    random = np.random.default_rng(1)
    drawn = [gain(without, given, random.integers(0, count, count)) for _ in range(2000)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return "%.2g (%.2g to %.2g)" % (gain(without, given), low, high)


def main(studies):
    print("| study | features | weights | mean loss | cv | robust | bound | baseline |\n|" + "---|" * 8)
    for study in studies:
        run = load(study, "run")
        winners = run.get("winners") or {"-": run["winner"]}
        for value, w in winners.items():
            robust, losses = w["robust"], w["losses"]
            certificate = w["certificate"]
            bound = number(certificate["bound"]) if certificate["certified"] else "not certified"
            print("| %s | %s | %s | %s | %s | %s | %s | %s |" % (
                study, value, format(w["parameters"], ","), number(losses["mean"]),
                losses["cv"] if losses["cv"] == "Infinity" else "%.1f %%" % (100 * losses["cv"]),
                robust if isinstance(robust, str) else robust["verdict"], bound,
                number(run["baseline"]["mean"]) if run.get("baseline") else "-"))
    print("\n| study | features | init | sample | interaction |\n|---|---|---|---|---|")
    for study in studies:
        run = load(study, "run")
        for value, w in (run.get("winners") or {"-": run["winner"]}).items():
            try:
                parts = load(study, "decompose-" + w["candidate"])["components"]
                print("| %s | %s | %s | %s | %s |" % (
                    study, value, share(parts["init"]), share(parts["sample"]), share(parts["interaction"])))
            except (OSError, ValueError):
                print("| %s | %s | too many trainings failed | | |" % (study, value))
    counts = [5, 10, 20, 50]
    print("\n| study | features | " + " | ".join("pick by %d" % n for n in counts) + " | two studies of 20 agree |\n|"
          + "---|" * (len(counts) + 3))
    for study in studies:
        found = load(study, "stability")
        for value, choice in (found["choices"] if "choices" in found else {"-": found}).items():
            by = {b["instances"]: b for b in choice["by_instances"]}
            print("| %s | %s | %s | %s |" % (
                study, value, " | ".join(percent(by[n]["exhaustive"]["within_tolerance"]) for n in counts),
                percent(by[20]["fresh"]["agreement"])))
    print("\n| study | robust from, with | robust from, without | rows at equal cv | rows at equal loss |\n|---|---|---|---|---|")
    for study in studies:
        sizes = load(study, "sizes")
        candidates = {str(c["settings"].get("bias", "-")): c for c in sizes["candidates"]}
        if len(candidates) < 2:
            print("| %s | - | %s | - | - |" % (study, robust_from(next(iter(candidates.values())))))
            continue
        ratio = sizes["ratios"][0]
        swapped = ratio["candidate"] == candidates["True"]["candidate"]
        print("| %s | %s | %s | %s | %s |" % (
            study, robust_from(candidates["True"]), robust_from(candidates["False"]),
            times(ratio["ratio"], ratio["interval"], swapped), gain_text(study, sizes)))


if __name__ == "__main__":
    main(sys.argv[1:] or STUDIES)
