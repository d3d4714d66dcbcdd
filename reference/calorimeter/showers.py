"""Cuts a few showers out of examples/calorimeter/showers.npz and computes features and calibrations with NumPy and SciPy.

Run from the repository root:  python3 reference/calorimeter/showers.py
Writes calorimeter/src/test/resources/showers40.npz and prints the figures of the whole file that
CalorimeterFeaturesTest and EnergySumBaselineTest pin.
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


def calibrate(sums, energies, log):
    scale = np.array([1.0, energies.mean() / sums.mean()])
    def residual(p):
        e = p[0] * scale[0] + p[1] * scale[1] * sums
        return np.log(np.maximum(e, 1e-9)) - np.log(energies) if log else e - energies
    fit = least_squares(residual, [0, 1], xtol=1e-15, ftol=1e-15, gtol=1e-15)
    return fit.x * scale, (fit.fun ** 2).mean()


with np.load("examples/calorimeter/showers.npz") as f:
    cells, energy = f["cells"], f["energy"]
part = np.arange(0, len(cells), len(cells) // 40)[:40]
few, few_energy = cells[part], energy[part]
sums = features(few)[:, 0]
out = dict(cells=few, energy=few_energy, sigma=sigma(few), features=features(few),
           window3=features(few, 3), threshold20=features(few, 7, 20.0))
for name, log in (("log", True), ("plain", False)):
    point, loss = calibrate(sums, few_energy.astype("f8"), log)
    out["line_" + name] = np.append(point, loss)
np.savez_compressed("calorimeter/src/test/resources/showers40.npz", **out)

all_sums = features(cells)[:, 0]
point, loss = calibrate(all_sums, energy.astype("f8"), True)
ratio = (point[0] + point[1] * all_sums) / energy - 1
low, high = np.quantile(ratio, [0.16, 0.84])
print("whole file: sigma", sigma(cells), "line", point, "loss", loss, "sigma_eff", (high - low) / 2, "bias", ratio.mean())
for lo, hi in ((1, 2), (2, 5), (5, 10), (10, 20), (20, 40), (40, 60), (60, 80), (80, 100)):
    cut = (energy >= lo) & (energy < hi)
    low, high = np.quantile(ratio[cut], [0.16, 0.84])
    e = energy[cut].astype("f8")
    readme = np.sqrt(0.075**2 / e + 0.009**2 + (0.05 / e) ** 2).mean()
    print(f"{lo}-{hi} GeV: sigma_eff {(high - low) / 2:.4f}, README {readme:.4f}, rms ln {np.log1p(ratio[cut]).std():.4f}, bias {ratio[cut].mean():.4f}")
