"""Prints one row of side-by-side's table from lines "step instance torch"; ratios are made within each run."""
import statistics
import sys

rows = [tuple(map(float, line.split())) for line in sys.stdin if line.strip()]
steps, instances, torch = zip(*rows)
step_ratios = [t / s for s, _, t in rows]
instance_ratios = [t / i for _, i, t in rows]


def pair(values, worst):
    return "%.2f, %.2f" % (statistics.median(values), worst(values))


print("%-10s %28s %28s %10.2f %20s %20s" % (
    sys.argv[1], pair(steps, max), pair(instances, max), statistics.median(torch),
    pair(step_ratios, min), pair(instance_ratios, min)), flush=True)
