"""Reads the lines of `layers` (side, layer, microseconds forward and backward, operations forward) and prints their medians."""
import statistics
import sys

times, operations, order = {}, {}, []
for line in sys.stdin:
    side, layer, forward, backward, *rest = line.split()
    if layer not in order:
        order.append(layer)
    times.setdefault((side, layer), []).append((float(forward), float(backward)))
    if rest:
        operations[layer] = float(rest[0])


def median(side, layer):
    both = times[side, layer]
    return [statistics.median(part) for part in zip(*both)]


print("| layer | ms forward, backward | GFLOP/s | PyTorch: ms forward, backward | GFLOP/s | ratio |")
print("|---|---|---|---|---|---|")
for layer in order:
    mine, peer = median("mettle", layer), median("pytorch", layer)
    rates = ["%.0f" % (3 * operations[layer] / sum(t) / 1e3) if operations[layer] else "" for t in (mine, peer)]
    print("| %s | %.2f, %.2f | %s | %.2f, %.2f | %s | %.2f |" % (
        layer, mine[0] / 1e3, mine[1] / 1e3, rates[0], peer[0] / 1e3, peer[1] / 1e3, rates[1], sum(peer) / sum(mine)))
