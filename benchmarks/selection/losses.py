"""What the scripts of this directory share: the loss table, the order of its instances in a repeat, the lines of picks.

A table is CSV, plain or gzip, one row per training: `candidate`, the settings of the candidate one column each (or none),
`instance` (whole numbers; the same number means the same training sample for all candidates), `loss` (`inf` for a failed
training). The export of a ledger is read, too: there the instance is `init`, the settings end before `parameters`, and only
rows of purpose `race` count.
"""
import argparse
import csv
import gzip
import json
import math
import sys
from dataclasses import dataclass

import numpy as np

NOT_A_SETTING = ("parameters", "purpose", "init", "instance", "loss")


class BadInput(Exception):
    """A file or an option that cannot be used; the message says where, what and what to try."""


@dataclass(frozen=True)
class Table:
    """Losses of `candidates` (ids in file order): losses[c, i] is candidate c on the i-th smallest instance number;
    settings[c] are the texts of candidate c in the order of `names`."""
    candidates: list
    names: list
    settings: list
    instances: list
    losses: np.ndarray

    def worse_than_any(self):
        """Ten times the largest finite loss: what a peer that cannot take infinity is told of a failed training."""
        finite = self.losses[np.isfinite(self.losses)]
        if not finite.size:
            raise BadInput("The table has no finite loss, so there is nothing to select.")
        return 10 * max(float(finite.max()), 0.0) + 1.0

    def order(self, seed, repeat):
        """The order in which a repeat visits the instances; the same for all methods."""
        return generator(seed, repeat).permutation(len(self.instances))

    def levels(self):
        """For each setting its values, numbers by size, texts by name, and whether they are ordered (all numbers)."""
        found = []
        for position in range(len(self.names)):
            values = {row[position] for row in self.settings}
            numbers = all(is_number(value) for value in values)
            found.append((sorted(values, key=float) if numbers else sorted(values), numbers))
        return found

    def by_levels(self):
        """Maps the tuple of a candidate's level numbers to its position; two candidates of the same settings are refused."""
        if not self.names:
            raise BadInput("The table has no columns of settings, so nothing can be searched but at random.")
        numbers = [{value: k for k, value in enumerate(values)} for values, _ in self.levels()]
        positions = {}
        for c, row in enumerate(self.settings):
            key = tuple(numbers[p][value] for p, value in enumerate(row))
            if key in positions:
                raise BadInput(f"Candidates {self.candidates[positions[key]]} and {self.candidates[c]} have the same settings.")
            positions[key] = c
        return positions


def generator(*key):
    """PCG64 seeded by whole numbers: (seed, repeat) orders the instances, (seed, repeat, method) is a method's own luck."""
    return np.random.Generator(np.random.PCG64(key))


def is_number(text):
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def rows(path):
    """Returns the names of the settings, and a tuple (candidate, settings, instance, loss) for each training."""
    opener = gzip.open if str(path).endswith(".gz") else open
    try:
        with opener(path, "rt", newline="", encoding="utf-8") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            instance = "instance" if "instance" in header else "init"
            for column in ("candidate", instance, "loss"):
                if header.count(column) != 1:
                    raise BadInput(f"{path}: one column '{column}' is needed; there are {header}.")
            first, last = header.index("candidate"), min(header.index(n) for n in NOT_A_SETTING if n in header)
            where, loss = header.index(instance), header.index("loss")
            purpose = header.index("purpose") if "purpose" in header else None
            read = []
            for row in reader:
                if purpose is not None and row[purpose] != "race":
                    continue
                try:
                    value = float(row[loss])
                    if math.isnan(value) or value == -math.inf:
                        raise ValueError
                    read.append((row[first], tuple(row[first + 1:last]), int(row[where]), value))
                except (ValueError, IndexError):
                    raise BadInput(f"{path}, line {reader.line_num}: no whole number of an instance and loss (a number or "
                                   f"inf) in {row}.") from None
            return header[first + 1:last], read
    except (OSError, EOFError) as error:
        raise BadInput(f"{path}: {error}") from None


def read_table(path):
    """Every candidate must have every instance exactly once."""
    names, read = rows(path)
    candidates = {name: c for c, name in enumerate(dict.fromkeys(row[0] for row in read))}
    instances = {number: i for i, number in enumerate(sorted({row[2] for row in read}))}
    if not read:
        raise BadInput(f"{path}: no trainings.")
    losses = np.full((len(candidates), len(instances)), np.nan)
    settings = [None] * len(candidates)
    for name, values, instance, loss in read:
        cell = candidates[name], instances[instance]
        if not np.isnan(losses[cell]):
            raise BadInput(f"{path}: candidate {name} has instance {instance} twice.")
        losses[cell] = loss
        settings[cell[0]] = values
    holes = np.argwhere(np.isnan(losses))
    if len(holes):
        c, i = holes[0]
        raise BadInput(f"{path}: {len(holes)} trainings are missing, the first of them instance {list(instances)[i]} of "
                       f"candidate {list(candidates)[c]}.")
    return Table(list(candidates), names, settings, list(instances), losses)


def read_truth(path):
    """Fresh instances of some candidates: a dict from the candidate to its losses; candidates may have different numbers."""
    truth = {}
    for name, _, instance, loss in rows(path)[1]:
        if instance in truth.setdefault(name, {}):
            raise BadInput(f"{path}: candidate {name} has instance {instance} twice.")
        truth[name][instance] = loss
    return {name: np.array(list(losses.values())) for name, losses in truth.items()}


def peer_options(description):
    """The options that all peers have."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="CSV, plain or .gz: candidate, settings, instance, loss")
    parser.add_argument("truth", nargs="?", help="fresh instances in the same columns; only to print the regret at the end")
    parser.add_argument("--repeats", type=positive, default=20, help="default 20")
    parser.add_argument("--first", type=int, default=0, help="the first repeat, to go on where another call ended; default 0")
    parser.add_argument("--budget", type=budgets, default=[1000], help="trainings; several with commas; default 1000")
    parser.add_argument("--seed", type=int, default=1, help="default 1; (seed, repeat) fixes the order of the instances")
    parser.add_argument("--output", help="file for the JSON lines; default: standard output")
    return parser


def trace_option(parser):
    parser.add_argument("--trace", type=argparse.FileType("w"), help="file for a line of each training, in the order of the "
                        "search: method, budget, repeat, candidate, instance")


def trace(options, *training):
    if options.trace:
        print(*training, file=options.trace)


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


def budgets(text):
    return sorted({positive(part) for part in text.split(",")})


def main(run):
    """Runs a script; an error of the input is one line and exit code 2."""
    try:
        sys.exit(run())
    except BadInput as error:
        print(f"{sys.argv[0]}: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(1)


def line(method, budget, repeat, trainings, distinct, pick):
    """One pick. `budget` tells picks of one method apart; `distinct` counts (candidate, instance) pairs, because a peer may
    pay twice for the same number."""
    return {"method": method, "budget": budget, "repeat": repeat, "trainings": trainings, "distinct": distinct, "pick": pick}


def write_all(options, table, lines):
    """Writes each line as soon as it is there; then, if there is a truth, the regret on standard error."""
    picks = []
    output = open(options.output, "w", encoding="utf-8") if options.output else sys.stdout
    for pick in lines:
        picks.append(pick)
        print(json.dumps(pick), file=output, flush=True)
    if options.output:
        output.close()
    if options.truth:
        from score import Scores, summary  # only here: score needs all of this file
        print(summary(Scores(table, read_truth(options.truth)), picks), file=sys.stderr)
