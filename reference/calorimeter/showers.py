"""Cuts a few showers out of examples/calorimeter/showers.npz and computes features and calibrations with NumPy and SciPy.

Run from the repository root:  python3 reference/calorimeter/showers.py
Writes calorimeter/src/test/resources/showers40.npz and prints the figures of the whole file that
CalorimeterFeaturesTest, EnergyModelTest and PositionModelTest pin.
"""
import numpy as np
from scipy.optimize import least_squares
from scipy.stats import median_abs_deviation


def sigma(cells):
    h, w = cells.shape[1:]
    edge = np.ones((h, w), bool)
    edge[1:-1, 1:-1] = False
    return 1.4826 * median_abs_deviation(cells[:, edge].astype("f8").ravel())


def features(cells, window=5, threshold=None):
    threshold = 3 * sigma(cells) if threshold is None else threshold
    n, h, w = cells.shape
    out = np.zeros((n, 3))
    for row, c in enumerate(cells.astype("f8")):
        x, y = np.unravel_index(c.argmax(), c.shape)
        i, j = np.mgrid[:h, :w]
        keep = (abs(i - x) <= window // 2) & (abs(j - y) <= window // 2) & (c >= threshold)
        e = np.where(keep, c, 0)
        s = e.sum()
        out[row] = [s, (e * (i - (h - 1) / 2)).sum() / s, (e * (j - (w - 1) / 2)).sum() / s] if s > 0 else 0
    return out


NEST = (1, 2, 3, 4, 6, 7)


def places(cells, window):
    """Energy sum, largest cell and barycentre's place in it (columns S, k_x, k_y, u, v), cells from the middle."""
    f = features(cells, window)
    h, w = cells.shape[1:]
    peak = np.array([np.unravel_index(c.argmax(), c.shape) for c in cells]) - [(h - 1) / 2, (w - 1) / 2]
    return np.column_stack([f[:, 0], peak, f[:, 1:] - peak])


def calibrate(p, energies, log):
    """The model of EnergyModel by another way: QR least squares of unscaled columns, all models of the nest compared."""
    s, u, v = p[:, 0], p[:, 3], p[:, 4]
    reference = np.exp(np.log(s).mean())
    r = s / reference
    c, d = np.cos(2 * np.pi * u), np.cos(2 * np.pi * v)
    terms = np.column_stack([np.ones_like(r), 1 / r, np.log(r), np.log(r) ** 2, c, d, c * d])
    columns, goal = (terms, np.log(energies) - np.log(s)) if log else (terms * s[:, None], energies)
    best = None
    for size in NEST:
        q, t = np.linalg.qr(columns[:, :size])
        x = np.linalg.solve(t, q.T @ goal)
        rss = ((columns[:, :size] @ x - goal) ** 2).sum()
        bic = len(goal) * np.log(rss / len(goal)) + size * np.log(len(goal))
        if best is None or bic < best[0]:
            best = bic, x, rss / len(goal)
    return reference, best[1], best[2]


def s_curve(cell, place, position):
    """offset, pitch, b of x = offset + pitch (k + b asinh(2u sinh(1/2b))), and the mean squared residual."""
    def model(p):
        b = np.exp(p[2])
        return p[0] + p[1] * (cell + b * np.arcsinh(2 * place * np.sinh(1 / (2 * b))))
    fit = least_squares(lambda p: model(p) - position, [0, 20, np.log(0.3)], xtol=1e-15, ftol=1e-15, gtol=1e-15)
    return [fit.x[0], fit.x[1], np.exp(fit.x[2]), (fit.fun ** 2).mean()]


with np.load("examples/calorimeter/showers.npz") as f:
    cells, energy, x, y = f["cells"], f["energy"], f["x"].astype("f8"), f["y"].astype("f8")
part = np.arange(0, len(cells), len(cells) // 40)[:40]
few, few_energy = cells[part], energy[part]
out = dict(cells=few, energy=few_energy, sigma=sigma(few), features=features(few),
           window3=features(few, 3), threshold20=features(few, 7, 20.0))
for name, log in (("log", True), ("plain", False)):
    reference, coefficients, loss = calibrate(places(few, 5), few_energy.astype("f8"), log)
    out["energy_" + name] = np.concatenate([[loss, reference], coefficients])
np.savez_compressed("calorimeter/src/test/resources/showers40.npz", **out)

reference, coefficients, loss = calibrate(places(cells, 5), energy.astype("f8"), True)
print("whole file: sigma", sigma(cells), "calibration: reference sum", reference, "terms", coefficients, "loss", loss)
part = np.arange(0, len(cells), 40)
p = places(cells, 3)[part]
for name, j, position in (("x", 0, x), ("y", 1, y)):
    print("S-curve of", name, "on every 40th shower: offset, pitch, b, loss", s_curve(p[:, 1 + j], p[:, 3 + j], position[part]))
for lo, hi in ((2, 5), (5, 10), (10, 20), (20, 40), (40, 60), (60, 80), (80, 100)):
    e = energy[(energy >= lo) & (energy < hi)].astype("f8")
    print(f"{lo}-{hi} GeV: detector", np.sqrt(0.075**2 / e + 0.009**2 + (0.05 / e) ** 2).mean())
