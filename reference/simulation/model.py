"""Mean shapes of the simulated showers in NumPy and SciPy, from the formulas of docs/math/simulation.md and nothing of Mettle.

Run from anywhere:  python3 reference/simulation/model.py
Prints the effective material; the containment of 10 GeV within 1, 2 and 3.5 Moliere radii; and for photons of 1-100 and 60-100 GeV
the share of the 15 x 15 sum in smaller windows with its half width of the central 68 % from shower to shower, for both readings of
tau: t/T, and relative to the drawn centre of gravity. No sampling fluctuation, no noise; many equal spots.
"""
import numpy as np

LAYERS, D1, D2, PITCH = 66, 0.2, 0.4, 20.2  # layer in cm, pitch in mm
DENSITY, X0_CM = np.array([11.35, 1.060]), np.array([0.5612, 41.31])
Z_OVER_A, Z_EACH = np.array([82 / 207.2, 0.538]), np.array([82, 5.61])

mass = np.array([D1, D2]) * DENSITY
weight, per_area, density = mass / mass.sum(), X0_CM * DENSITY, mass.sum() / (D1 + D2)
critical = 2.66 * (per_area * Z_OVER_A) ** 1.1
shower = (weight * critical / per_area).sum()
X0 = 10 / ((weight / per_area).sum() * density)  # mm
EC = shower / (weight / per_area).sum()  # MeV
RM = 10 * 21 / (shower * density)  # mm
Z, F = weight @ Z_EACH, X0 / (10 * (D1 + D2))
BLIND = 1 - 1 / (1 + 0.007 * (Z_EACH[0] - Z_EACH[1]))
DEPTH = LAYERS * 10 * (D1 + D2) / X0


def radial(tau, ln_e):
    core = 0.0251 + 0.00319 * ln_e + (0.1162 - 0.000381 * Z) * tau - 0.0203 * BLIND + 0.0397 / F * np.exp(-tau)
    growth = np.minimum(10, (0.3585 + 0.0412 * ln_e) * (tau - 0.645))
    tail = (0.659 - 0.00309 * Z) * (np.exp(-2.59 * (tau - 0.645)) + np.exp(growth)) - 0.14 * BLIND - 0.495 / F * np.exp(-tau)
    q = (0.401 + 0.00187 * Z - tau) / (1.313 - 0.0686 * ln_e)
    p = (2.632 - 0.00094 * Z) * np.exp(q - np.exp(q)) + BLIND * (0.348 - 0.642 / F * np.exp(-(tau - 1) ** 2))
    return np.maximum(core, 1e-3), np.maximum(tail, 1e-3), np.clip(p, 0, 1)


def spots(random, energy, count, gravity):
    """Depth (X0), radius (mm) and direction of the spots of one shower."""
    ln_e, ln_y = np.log(energy), np.log(1000 * energy / EC)
    mean_t = max(1, ln_y - 0.812 - 0.55 / F - 0.69 * BLIND)
    mean_a = max(1.1, 0.81 + (0.458 + 2.26 / Z) * ln_y - 0.476 / F)
    rho, (g, h) = 0.784 - 0.023 * ln_y, random.normal(size=2)
    top = max(1, mean_t * np.exp(g / max(2, -2.5 + 1.25 * ln_y)))
    alpha = max(1.1, mean_a * np.exp((rho * g + np.sqrt(1 - rho ** 2) * h) / max(2, -0.82 + 0.79 * ln_y)))
    t = random.gamma(alpha, top / (alpha - 1), count)
    core, tail, p = radial(t / top * ((alpha - 1) / alpha * mean_a / (mean_a - 1) if gravity else 1), ln_e)
    u = random.random(count)
    r = np.where(random.random(count) < p, core, tail) * np.sqrt(u / (1 - u)) * RM
    return random.exponential(9 / 7) + t, r, random.uniform(0, 2 * np.pi, count)


def shares(random, low, high, showers, gravity, count=20000):
    out = np.zeros((showers, 4))
    for row in out:
        depth, r, phi = spots(random, random.uniform(low, high), count, gravity)
        x, y = (r * f(phi) + random.uniform(-PITCH / 2, PITCH / 2) for f in (np.cos, np.sin))
        away = np.maximum(abs(x), abs(y))[depth < DEPTH] / (PITCH / 2)
        row[:] = [(away < k).sum() / (away < 15).sum() for k in (1, 3, 5, 7)]
    low, high = np.quantile(out, [0.158655, 0.841345], axis=0)
    return 100 * out.mean(0), 50 * (high - low)


if __name__ == "__main__":
    print(f"Z {Z:.2f}, X0 {X0:.2f} mm, Ec {EC:.2f} MeV, R_M {RM:.2f} mm, F {F:.3f}, e-hat {1 - BLIND:.3f}, depth {DEPTH:.2f} X0")
    for gravity in (False, True):
        print("tau relative to the centre of gravity" if gravity else "tau = t/T")
        random = np.random.default_rng(1)
        radii = [spots(random, 10.0, 20000, gravity) for _ in range(400)]
        inside = np.concatenate([r[d < DEPTH] for d, r, _ in radii])
        print("  10 GeV within 1, 2, 3.5 R_M, %:", *(f"{100 * np.mean(inside < k * RM):.2f}" for k in (1, 2, 3.5)))
        for low, high in ((1, 100), (60, 100)):
            mean, half = shares(random, low, high, 1500, gravity)
            print(f"  {low}-{high} GeV, 1 x 1, 3 x 3, 5 x 5, 7 x 7, %:", *(f"{m:.2f} (half width {h:.2f})" for m, h in zip(mean, half)))
