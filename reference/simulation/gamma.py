"""The incomplete gamma function by SciPy, for GammaFunctionTest. Run:  python3 reference/simulation/gamma.py"""
from scipy.special import gammainc, gammaln

for a in (0.3, 1.1, 2.5, 7.0, 40.0):
    for x in (0.1, 1.0, 2.4, 10.0, 45.0):
        print(f'"{a}, {x}, {gammaln(a)!r}, {gammainc(a, x)!r}",')
