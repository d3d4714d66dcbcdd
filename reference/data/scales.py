"""Writes data/src/test/resources/scales.npz: arrays, a sample of their rows, and the scales that NumPy fits on it.

Run from the repository root:  python3 reference/data/scales.py
Each expected array holds (unit, mean, deviation) in its last axis. NumPy sums pairwise, Mettle row after row: they
agree to some 1e-13, not to the bit.
"""
import numpy as np

rng = np.random.default_rng(20250522)
n = 60
cells = np.round(rng.gamma(0.3, 40, (n, 4, 3)) - 3).astype("f4")
table = np.column_stack([rng.normal(1e6, 2, n), np.full(n, 0.1), rng.exponential(5, n)]).astype("f4")
energy = rng.uniform(1, 100, n)
bias = rng.lognormal(3, 1, n).astype("f4")
rows = rng.permutation(n)[:40]


def scale(kind, values, axis=None):
    x = values.astype("f8")
    unit = np.ones(()) if axis is None else np.ones(x.shape[1])
    if kind == "asinh":
        unit = np.abs(x).mean(axis)
        unit = np.where(unit > 0, unit, 1)
        x = np.arcsinh(x / unit)
    if kind == "log":
        x = np.log(x)
    constant = np.ptp(x, axis) == 0  # a plain std of equal numbers may be 1e-17
    return np.stack([unit, x.mean(axis), np.where(constant, 1, x.std(axis))], -1)


np.savez_compressed(
    "data/src/test/resources/scales.npz",
    cells=cells, table=table, energy=energy, bias=bias, rows=rows.astype("i4"),
    cells_standard=scale("standard", cells[rows]), cells_asinh=scale("asinh", cells[rows]),
    table_standard=scale("standard", table[rows], 0), table_asinh=scale("asinh", table[rows], 0),
    energy_standard=scale("standard", energy[rows]), energy_log=scale("log", energy[rows]),
    bias_standard=scale("standard", bias[rows]), bias_log=scale("log", bias[rows]))
