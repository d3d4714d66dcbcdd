"""Prints side-by-side's table: its head, or, with a network's name, one row from lines "step instance share scaling torch". Each
column is the median of the runs and the worst of them; ratios are made within each run."""
import statistics
import sys

COLUMNS = ("step us", "instance us", "PyTorch us", "step ratio", "instance ratio", "of peak", "scaling")


def pair(values, worst, form="%.2f, %.2f"):
    return form % (statistics.median(values), worst(values))


if len(sys.argv) == 1:
    cells = ["network"] + list(COLUMNS)
else:
    rows = [tuple(map(float, line.split())) for line in sys.stdin if line.strip()]
    steps, instances, shares, scalings, torch = zip(*rows)
    cells = [sys.argv[1], pair(steps, max), pair(instances, max), pair(torch, max),
             pair([t / s for t, s in zip(torch, steps)], min), pair([t / i for t, i in zip(torch, instances)], min),
             pair([100 * share for share in shares], min, "%.0f %%, %.0f %%"), pair(scalings, min)]
print("%-8s" % cells[0] + "".join("%16s" % cell for cell in cells[1:]), flush=True)
