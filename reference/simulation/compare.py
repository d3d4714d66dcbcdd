"""Compares the shower simulator with full Monte Carlo showers; draws docs/results/simulation/*.svg and prints its table.

    compare.py --mc-simple M1.npz --mc-complex M2.npz --simple S1.npz --matched S2.npz --complex S3.npz --out DIR [--png DIR]

M1, M2: full Monte Carlo, `cells` (n, 15, 15) in counts of 5 MeV; the others: written by `mettle simulate calorimeter`, cells in
GeV. S2 is S1 with the sampling term of the Monte Carlo (the "matched" simulator); it is drawn where that makes a difference.
--out gets the plots as SVG and table.md; --png also PNG to look at.
What is left out of M2 and S1 to S3 is not shown; S3 needs M2. Errors are one standard deviation, by bootstrap of the events where no
formula is at hand; the random numbers are fixed, so the same files give the same table.
"""
import argparse
import pathlib

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import curve_fit, least_squares

PITCH = 20.2  # mm
SIDE = 15
GEV_PER_COUNT = 0.005
NOISE = 0.010  # of a cell, GeV
MIDDLE = (np.arange(SIDE) - SIDE // 2) * PITCH  # of the cells, mm
EDGES = np.array([1, 1.5, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100.0])  # GeV
BOOTSTRAPS = 200
MATCHED = "simulator, matched"
# One look for each source: differs in grey (marker, filling, line) as well as in colour (Okabe and Ito's).
LOOK = {
    "Monte Carlo": dict(color="black", marker="o", ls="-", mfc="black"),
    "simulator": dict(color="#0072B2", marker="s", ls="--", mfc="white"),
    MATCHED: dict(color="#D55E00", marker="^", ls=":", mfc="white"),
}


class Showers:
    """A file of showers: cells in GeV, the truth, and sums over windows."""

    def __init__(self, name, path, counts):
        self.name, self.look = name, LOOK[name]
        with np.load(path) as f:
            self.cells = f["cells"].astype(np.float32) * np.float32(GEV_PER_COUNT if counts else 1)
            for key in ("energy", "x", "y", "theta", "phi", "pileup"):
                setattr(self, key, f[key].astype("f8") if key in f else None)
        if self.cells.shape[1:] != (SIDE, SIDE):
            raise SystemExit(f"{path}: cells must be (n, {SIDE}, {SIDE}), not {self.cells.shape}")
        self.n = len(self.energy)

    def window(self, size):
        """Cells of the central size x size."""
        a = (SIDE - size) // 2
        return self.cells[:, a:SIDE - a, a:SIDE - a]

    def total(self, size):
        return self.window(size).sum((1, 2), dtype="f8")

    def barycentre(self, size):
        """x in mm of the central size x size cells; no threshold."""
        a = (SIDE - size) // 2
        column = self.window(size).sum(2, dtype="f8")
        return column @ MIDDLE[a:SIDE - a] / column.sum(1)


def half_width(v):
    """Half width of the central 68.27 %."""
    low, high = np.quantile(v, [0.158655, 0.841345])
    return (high - low) / 2


def bootstrap(random, n, statistic):
    """Standard deviation of statistic(rows) over resampled rows."""
    return np.std([statistic(random.integers(0, n, n)) for _ in range(BOOTSTRAPS)], axis=0, ddof=1)


def pm(value, error, digits):
    return f"{value:.{digits}f} ± {error:.{digits}f}"


# ------------------------------------------------------------------------------------------------------- resolution

def resolutions(energy, ratio, edges):
    """Per bin: sigma over median, its error 0.962 sigma/sqrt(n) (two quantiles of a normal), events."""
    out = []
    for low, high in zip(edges[:-1], edges[1:]):
        r = ratio[(energy >= low) & (energy < high)]
        if len(r) < 10:  # a bin of too few events says nothing; such bins do not occur in the files above
            raise SystemExit(f"only {len(r)} events from {low} to {high} GeV")
        sigma = half_width(r) / np.median(r)
        out.append((sigma, 0.962 * sigma / np.sqrt(len(r)), len(r)))
    return np.array(out).T


def fit_terms(energy, ratio, noise):
    """a, b, n of a/sqrt(E) (+) b (+) n/E, and a, b with n = noise. A bin compares sigma with the formula's root mean square over its events."""
    sigma, error, _ = resolutions(energy, ratio, EDGES)
    bins = np.digitize(energy, EDGES) - 1
    count = np.bincount(bins, minlength=len(EDGES) - 1)[:len(EDGES) - 1]
    inverse = [np.bincount(bins, energy ** -p, len(EDGES) - 1)[:len(EDGES) - 1] / count for p in (1.0, 2.0)]
    model = lambda p: np.sqrt(p[0] ** 2 * inverse[0] + p[1] ** 2 + p[2] ** 2 * inverse[1])
    free = least_squares(lambda p: (model(p) - sigma) / error, [0.08, 0.01, 0.1]).x
    fixed = least_squares(lambda p: (model([*p, noise]) - sigma) / error, [0.08, 0.01]).x
    return np.abs(np.concatenate([free, fixed]))


def plot_resolution(sets, random, save):
    fig, axes = plt.subplots(1, 2, figsize=(9, 4), sharey=True, layout="constrained")
    rows = []
    for ax, size in zip(axes, (5, 15)):
        for s in sets:
            keep = s.energy < EDGES[-1]
            energy, ratio = s.energy[keep], s.total(size)[keep] / s.energy[keep]
            sigma, error, _ = resolutions(energy, ratio, EDGES)
            middle = np.array([energy[(energy >= a) & (energy < b)].mean() for a, b in zip(EDGES[:-1], EDGES[1:])])
            terms = fit_terms(energy, ratio, NOISE * size)
            spread = bootstrap(random, len(energy), lambda i: fit_terms(energy[i], ratio[i], NOISE * size))
            curve = np.geomspace(1, 100, 200)
            look = s.look
            ax.plot(curve, 100 * np.sqrt(terms[0] ** 2 / curve + terms[1] ** 2 + terms[2] ** 2 / curve ** 2),
                    color=look["color"], ls=look["ls"], lw=1)
            ax.errorbar(middle, 100 * sigma, 100 * error, color=look["color"], marker=look["marker"], mfc=look["mfc"], ls="",
                        ms=4.5, lw=1, label=s.name)
            rows.append([f"{size} x {size}", s.name] + [pm(100 * terms[k], 100 * spread[k], 2) for k in (0, 1)]
                        + [pm(1000 * terms[2], 1000 * spread[2], 0)] + [pm(100 * terms[k], 100 * spread[k], 2) for k in (3, 4)])
        ax.set(xscale="log", yscale="log", xlabel="photon energy / GeV", title=f"sum of {size} x {size} cells")
        decimals(ax.xaxis, [1, 2, 5, 10, 20, 50, 100])
        decimals(ax.yaxis, [1, 2, 5, 10, 20])
        ax.grid(which="major", lw=0.3)
    axes[0].set_ylabel("σ(S/E) / median, %")
    axes[0].legend(frameon=False)
    save(fig, "resolution")
    return ["window", "source", "a, %·√GeV", "b, %", "n, MeV", "a with n known", "b with n known"], rows


def decimals(axis, ticks):
    axis.set_major_locator(matplotlib.ticker.FixedLocator(ticks))
    axis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
    axis.set_minor_formatter(matplotlib.ticker.NullFormatter())


# ------------------------------------------------------------------------------------------------------ containment

def contained(s, size, rows):
    """Ratio of summed energies, with its error (ratio of means)."""
    part, whole = s.total(size)[rows], s.total(SIDE)[rows]
    share = part.sum() / whole.sum()
    return share, np.std(part - share * whole) / whole.mean() / np.sqrt(len(part))


def plot_containment(sets, _, save):
    fig, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    sizes = (1, 3, 5, 7, 9, 11, 13)
    rows, edges = [], np.array([1, 2, 4, 8, 15, 30, 50, 75, 100.0])
    for s in sets:
        look = dict(color=s.look["color"], marker=s.look["marker"], mfc=s.look["mfc"], ls=s.look["ls"], ms=4.5, lw=1)
        every = np.ones(s.n, bool)
        rows.append([s.name] + [pm(100 * v, 100 * e, 2 if e > 5e-5 else 3) for v, e in (contained(s, k, every) for k in sizes[:-1])])
        if s.name == MATCHED:
            continue
        axes[0].plot(sizes, [100 * (1 - contained(s, k, every)[0]) for k in sizes], label=s.name, **look)
        bins = [(s.energy >= a) & (s.energy < b) for a, b in zip(edges[:-1], edges[1:])]
        for size in (1, 3, 5):
            share = np.array([contained(s, size, b) for b in bins])
            axes[1].errorbar([s.energy[b].mean() for b in bins], 100 * share[:, 0], 100 * share[:, 1], **look)
    for size, height in ((1, 45), (3, 82), (5, 98)):
        axes[1].text(30, height, f"{size} x {size} cells", ha="center")
    axes[0].set(yscale="log", xlabel="side of the window / cells", ylabel="share of the 15 x 15 sum outside the window, %")
    decimals(axes[0].yaxis, [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50])
    axes[0].set_xticks(sizes)
    axes[1].set(xscale="log", xlabel="photon energy / GeV", ylabel="share of the 15 x 15 sum, %", xlim=(1, 110), ylim=(40, 102))
    decimals(axes[1].xaxis, [1, 2, 5, 10, 20, 50, 100])
    for ax in axes:
        ax.grid(which="major", lw=0.3)
    axes[0].legend(frameon=False)
    save(fig, "containment")
    return ["source", "1 x 1, %", "3 x 3, %", "5 x 5, %", "7 x 7, %", "9 x 9, %", "11 x 11, %"], rows


# ---------------------------------------------------------------------------------------------------------- S-curve

def corrected(barycentre, x):
    """x from the barycentre, b asinh(X/D) with b and D fitted."""
    curve = lambda v, b, d: b * np.arcsinh(v / d)
    point, _ = curve_fit(curve, barycentre, x, p0=[5.0, 2.0])
    return curve(barycentre, *point)


def scurve_figures(s):
    """rms of barycentre and of corrected barycentre (3 x 3) by energy, mm; slope at the middle; root mean squares."""
    b3 = s.barycentre(3)
    fixed = corrected(b3, s.x)
    rms = lambda v: np.sqrt(np.mean(v ** 2))
    cuts = [(s.energy >= low) & (s.energy < high) for low, high in ((1, 5), (10, 20), (60, 100))]
    near = np.abs(s.x) < 2
    slope = np.polyfit(s.x[near], b3[near], 1)[0]
    wide = corrected(s.barycentre(5), s.x)
    return ([slope, rms(b3 - s.x), rms(fixed - s.x)] + [rms((fixed - s.x)[c]) for c in cuts] + [rms((wide - s.x))]), fixed


def plot_scurve(sets, random, save):
    fig, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    edges = np.linspace(-PITCH / 2, PITCH / 2, 22)
    middle = (edges[1:] + edges[:-1]) / 2
    rows = []
    for s in sets:
        look = dict(color=s.look["color"], marker=s.look["marker"], mfc=s.look["mfc"], ls=s.look["ls"], ms=4, lw=1)
        at = np.clip(np.digitize(s.x, edges) - 1, 0, len(middle) - 1)
        high = s.energy >= 10
        for ax, size in zip(axes, (3, 5) if s.name != MATCHED else ()):
            b = s.barycentre(size)
            groups = [b[(at == k) & high] for k in range(len(middle))]
            ax.errorbar(middle, [g.mean() for g in groups], [g.std() / np.sqrt(len(g)) for g in groups], label=s.name, **look)
        values, _ = scurve_figures(s)
        pick = lambda i: scurve_figures(part(s, i))[0]
        errors = np.std([pick(random.integers(0, s.n, s.n)) for _ in range(30)], axis=0, ddof=1)
        rows.append([s.name] + [pm(v, e, 3) for v, e in zip(values, errors)])
    for ax, size in zip(axes, (3, 5)):
        ax.plot(edges, edges, color="0.6", lw=0.8)
        ax.text(5.6, 6.8, "barycentre = x", color="0.4", fontsize=8, ha="right")
        ax.set_xticks([-10, -5, 0, 5, 10], minor=False)
        ax.set_yticks([-10, -5, 0, 5, 10], minor=False)
        ax.set(title=f"{size} x {size} cells, E ≥ 10 GeV", xlabel="true x in the cell / mm", ylabel="mean barycentre / mm")
        ax.grid(lw=0.3)
    axes[0].legend(frameon=False, loc="lower right")
    save(fig, "s-curve")
    return ["source", "slope at the middle", "rms, mm", "corrected, mm", "1-5 GeV, mm", "10-20 GeV, mm", "60-100 GeV, mm", "5 x 5, corrected, mm"], rows


class part:
    """Some rows of showers: what scurve_figures needs."""
    def __init__(self, s, rows):
        self.cells, self.x, self.energy = s.cells[rows], s.x[rows], s.energy[rows]
    window, barycentre = Showers.window, Showers.barycentre


# --------------------------------------------------------------------------------------------------- lateral profile

def lateral(s, edges):
    """Mean density in 1/mm2 of the sum's share by distance of the cell's centre from the impact, with its error."""
    keep = s.energy >= 10
    weight = s.cells[keep].reshape(keep.sum(), -1) / s.total(SIDE)[keep, None]
    dx = MIDDLE[None, :] - s.x[keep, None]
    dy = MIDDLE[None, :] - s.y[keep, None]
    r = np.sqrt(dx[:, :, None] ** 2 + dy[:, None, :] ** 2).reshape(len(weight), -1)
    at = np.digitize(r.ravel(), edges) - 1
    good = (at >= 0) & (at < len(edges) - 1)
    count, total, square = (np.bincount(at[good], w, len(edges) - 1) for w in
                            (None, weight.ravel()[good], weight.ravel()[good].astype("f8") ** 2))
    mean = total / count
    return mean / PITCH ** 2, np.sqrt((square / count - mean ** 2) / count) / PITCH ** 2


def plot_lateral(sets, _, save):
    edges = np.array([0, 3, 6, 9, 12, 15, 18, 22, 26, 30, 35, 40, 46, 52, 60, 70, 80, 92, 106, 122, 142])
    middle = (edges[1:] + edges[:-1]) / 2
    fig, (top, low) = plt.subplots(2, 1, figsize=(6.5, 5.4), sharex=True, height_ratios=[2, 1], layout="constrained")
    reference = lateral(sets[0], edges)
    rows = [[] for _ in middle]
    for s in sets:
        density, error = lateral(s, edges)
        look = dict(color=s.look["color"], marker=s.look["marker"], mfc=s.look["mfc"], ls=s.look["ls"], ms=4.5, lw=1)
        if s.name != MATCHED:
            top.errorbar(middle, density, error, label=s.name, **look)
        if s is not sets[0] and s.name != MATCHED:
            ratio = density / reference[0]
            low.errorbar(middle, ratio, ratio * np.hypot(error / density, reference[1] / reference[0]), **look)
        for row, d, e in zip(rows, density, error):
            row.append(pm(1e6 * d, 1e6 * e, 3 if d < 1e-5 else 2 if d < 1e-4 else 1))
    top.set(yscale="log", ylabel="share of the sum per mm²")
    low.set(xlabel="distance of the cell's centre from the impact / mm", ylabel="simulator / Monte Carlo")
    low.axhline(1, color="0.6", lw=0.8)
    for ax in (top, low):
        ax.grid(lw=0.3)
    top.legend(frameon=False)
    save(fig, "lateral")
    picked = [k for k in range(len(middle)) if edges[k] in (0, 9, 15, 30, 60, 80, 122)]
    return (["distance, mm"] + [f"{s.name}, 10⁻⁶/mm²" for s in sets],
            [[f"{edges[k]}-{edges[k + 1]}"] + rows[k] for k in picked])


# ----------------------------------------------------------------------------------------------------- leakage tail

def scaled_sum(s):
    """15 x 15 sum over energy, over the median at the same energy."""
    ratio = s.total(SIDE) / s.energy
    at = np.digitize(s.energy, EDGES) - 1
    return ratio / np.array([np.median(ratio[at == k]) for k in range(len(EDGES) - 1)])[np.minimum(at, len(EDGES) - 2)]


def share_below(values, limit):
    """Share below a limit and its error, that of a binomial share (Wilson's where it is 0)."""
    k, n = np.sum(values < limit), len(values)
    p = (k + 0.5) / (n + 1)
    return k / n, np.sqrt(p * (1 - p) / n)


def plot_leakage(sets, _, save):
    fig, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    edges = np.array([30, 40, 55, 70, 85, 100.0])
    bins = np.arange(0.70, 1.0801, 0.01)
    rows = []
    for s in sets:
        look = dict(color=s.look["color"], marker=s.look["marker"], mfc=s.look["mfc"], ls=s.look["ls"], ms=4.5, lw=1)
        scaled, hard = scaled_sum(s), s.energy >= 50
        h, _ = np.histogram(scaled[hard], bins)
        share = h / hard.sum()
        seen = h > 0
        axes[0].errorbar(((bins[1:] + bins[:-1]) / 2)[seen], 100 * share[seen], 100 * np.sqrt(h[seen]) / hard.sum(),
                         label=s.name, **look)
        groups = [(s.energy >= a) & (s.energy < b) for a, b in zip(edges[:-1], edges[1:])]
        tail = np.array([share_below(scaled[g], 0.95) for g in groups])
        axes[1].errorbar([s.energy[g].mean() for g in groups], 100 * tail[:, 0], 100 * tail[:, 1], **look)
        line = [s.name] + [pm(100 * v, 100 * e, 2) for v, e in (share_below(scaled[hard], t) for t in (0.97, 0.95, 0.93, 0.90))]
        response = s.total(SIDE) / s.energy
        mean = [response[(s.energy >= a) & (s.energy < b)] for a, b in ((10, 20), (80, 100))]
        r = mean[1].mean() / mean[0].mean()
        e = r * np.hypot(*(m.std() / m.mean() / np.sqrt(len(m)) for m in mean))
        rows.append(line + [pm(100 * r, 100 * e, 2)])
    axes[0].set(yscale="log", xlabel="15 x 15 sum over its median at that energy", ylabel="events per 0.01, %", title="E ≥ 50 GeV")
    decimals(axes[0].yaxis, [0.01, 0.1, 1, 10])
    axes[1].set(xlabel="photon energy / GeV", ylabel="events below 0.95, %", ylim=(0, None))
    for ax in axes:
        ax.grid(lw=0.3)
    axes[0].legend(frameon=False, loc="upper left")
    save(fig, "leakage")
    return ["source", "below 0.97, %", "below 0.95, %", "below 0.93, %", "below 0.90, %", "mean S/E, 80-100 over 10-20 GeV, %"], rows


# --------------------------------------------------------------------------------------------------- cell spectrum

def plot_cells(simple, complex_, save):
    panels = [("simple", simple)] + ([("complex, no pile-up", complex_)] if complex_ else [])
    fig, axes = plt.subplots(1, len(panels), figsize=(4.5 * len(panels), 4), sharey=True, squeeze=False, layout="constrained")
    axes = axes[0]
    edges = np.geomspace(0.0325, 100, 41)
    edges = np.unique(np.round(edges / GEV_PER_COUNT - 0.5) + 0.5) * GEV_PER_COUNT  # between counts, so that rounding is fair
    middle = np.sqrt(edges[1:] * edges[:-1])
    rows = []
    for ax, (title, sets) in zip(axes, panels):
        for s in sets:
            rows_kept = s.pileup == 0 if s.pileup is not None else np.ones(s.n, bool)
            counts = np.rint(s.cells[rows_kept] / GEV_PER_COUNT) * GEV_PER_COUNT
            h, _ = np.histogram(counts, edges)
            look = s.look
            if s.name != MATCHED:
                ax.plot(middle, h / rows_kept.sum() / np.diff(np.log(edges)), color=look["color"], ls=look["ls"], lw=1.2, label=s.name,
                        marker=look["marker"], mfc=look["mfc"], ms=3.5, markevery=3)
            above = [(counts > t).sum((1, 2)) for t in (0.0525, 0.2025, 1.0025, 5.0025)]
            rows.append([title, s.name] + [pm(a.mean(), a.std() / np.sqrt(len(a)), 2) for a in above])
        ax.set(xscale="log", yscale="log", xlabel="energy of a cell / GeV", title=title)
        decimals(ax.xaxis, [0.05, 0.2, 1, 5, 20, 100])
        ax.grid(lw=0.3)
    axes[0].set_ylabel("cells per event and unit of ln E")
    axes[0].legend(frameon=False)
    save(fig, "cells")
    return ["set", "source", "cells > 50 MeV", "> 200 MeV", "> 1 GeV", "> 5 GeV"], rows


# --------------------------------------------------------------------------------------------- depth by tilted photons

def depth(s, rows):
    """Depth of the shower's centre in mm: slope of the barycentre's shift against tan(theta) times its direction, and error."""
    v, w = [], []
    for axis, truth, direction in ((2, s.x, np.cos(s.phi)), (1, s.y, np.sin(s.phi))):
        column = s.cells[rows].sum(axis, dtype="f8")
        v.append(column @ MIDDLE / column.sum(1) - truth[rows])
        w.append(np.tan(s.theta[rows]) * direction[rows])
    v, w = np.concatenate(v), np.concatenate(w)
    slope = (v * w).sum() / (w * w).sum()
    return slope, np.sqrt(((v - slope * w) ** 2 * w * w).sum()) / (w * w).sum()


def plot_depth(sets, _, save):
    fig, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    edges = np.array([5, 10, 20, 35, 50, 65, 80, 100.0])
    bins = np.arange(0.9, 1.5001, 0.02)
    rows = []
    for s in sets:
        look = dict(color=s.look["color"], marker=s.look["marker"], mfc=s.look["mfc"], ls=s.look["ls"], ms=4, lw=1)
        alone = s.pileup == 0
        groups = [alone & (s.energy >= a) & (s.energy < b) for a, b in zip(edges[:-1], edges[1:])]
        values = np.array([depth(s, g) for g in groups])
        axes[0].errorbar([s.energy[g].mean() for g in groups], values[:, 0], values[:, 1], label=s.name, **look)
        hard = s.energy >= 20
        ratio = s.total(SIDE) / s.energy / np.median((s.total(SIDE) / s.energy)[alone & hard])
        h, _ = np.histogram(ratio[~alone & hard], bins)
        n = np.sum(~alone & hard)
        axes[1].errorbar((bins[1:] + bins[:-1]) / 2, 100 * h / n, 100 * np.sqrt(h) / n, **look)
        wide, count = half_width(ratio[alone & (s.energy >= 50)]), np.sum(alone & (s.energy >= 50))
        bands = [alone & (s.energy >= a) & (s.energy < b) for a, b in ((5, 20), (20, 50), (50, 100))]
        rows.append([s.name] + [pm(*depth(s, b), 1) for b in bands]
                    + [pm(100 * wide, 96.2 * wide / np.sqrt(count), 2)]
                    + [pm(100 * v, 100 * e, 1) for v, e in [share_below(-ratio[~alone & hard], -t) for t in (1.1, 1.3)]])
    axes[0].set(xscale="log", xlabel="photon energy / GeV", ylabel="depth of the centre / mm", title="tilted photons, no pile-up")
    decimals(axes[0].xaxis, [5, 10, 20, 50, 100])
    axes[1].set(xlabel="15 x 15 sum over E, over the median without pile-up", ylabel="events per 0.02, %",
                title="events with pile-up, E ≥ 20 GeV")
    for ax in axes:
        ax.grid(lw=0.3)
    axes[0].legend(frameon=False)
    save(fig, "complex")
    return ["source", "5-20 GeV, mm", "20-50 GeV, mm", "50-100 GeV, mm", "σ(S/E), E ≥ 50 GeV, %", "pile-up: S/E > 1.1, %", "S/E > 1.3, %"], rows


# ------------------------------------------------------------------------------------------------------------- main

def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(r) + " |" for r in rows]) + "\n"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--mc-simple", "--out"):
        options.add_argument(name, required=True)
    for name in ("--mc-complex", "--simple", "--matched", "--complex", "--png"):
        options.add_argument(name)
    o = options.parse_args()
    given = [("Monte Carlo", o.mc_simple, True), ("simulator", o.simple, False), (MATCHED, o.matched, False)]
    simple = [Showers(*g) for g in given if g[1]]
    complex_ = [Showers(*g) for g in (("Monte Carlo", o.mc_complex, True), ("simulator", o.complex, False)) if g[1] and o.mc_complex]
    out = pathlib.Path(o.out)
    out.mkdir(parents=True, exist_ok=True)
    matplotlib.rcParams.update({"svg.hashsalt": "mettle", "svg.fonttype": "none", "font.size": 9})

    def save(fig, name):
        fig.savefig(out / f"{name}.svg", metadata={"Date": None})
        if o.png:
            pathlib.Path(o.png).mkdir(parents=True, exist_ok=True)
            fig.savefig(pathlib.Path(o.png) / f"{name}.png", dpi=110)
        plt.close(fig)

    random = np.random.default_rng(1)
    text = []
    for title, work, sets in (("Energy resolution", plot_resolution, simple), ("Containment", plot_containment, simple),
                              ("Position", plot_scurve, simple), ("Lateral profile", plot_lateral, simple),
                              ("Leakage", plot_leakage, simple), ("Complex set", plot_depth, complex_)):
        if sets:
            text.append(f"## {title}\n\n" + table(*work(sets, random, save)))
    text.append("## Cells\n\n" + table(*plot_cells(simple, complex_, save)))
    (out / "table.md").write_text("\n".join(text), encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
