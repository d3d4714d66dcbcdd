"""Changed inputs for AugmenterTest, computed a second time: Philox from reference/random_numbers.py, flips, padding and
crops by NumPy, the quantiles of noise by SciPy.

Usage: /usr/bin/python3 augmentation.py > engine/src/test/resources/dev/mettle/engine/augmentation.txt
Written with NumPy 1.24 and SciPy 1.10. A row's values are (37 i + 11 j) mod 101; pixels that come in are -7.
"""
import os
import sys

import numpy as np
from scipy.special import ndtri

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from random_numbers import philox  # noqa: E402

STUDY, PURPOSE, INIT, INDEX = 20250522, 1, 0, 3
MOVES, NOISE = 14, 16
LEVELS = 8192


def block(stream, epoch, number):
    return philox((number, INDEX, PURPOSE << 8 | INIT, stream | epoch << 8), (STUDY, 0))


def distance(word, shift):
    return (word * (2 * shift + 1) >> 32) - shift


def moved(image, shift, flip, epoch, row):
    """Pad, crop and flip as torchvision does; image [channels, height, width]."""
    w = block(MOVES, epoch, row)
    _, height, width = image.shape
    dx = distance(w[0], shift) if width > 1 else 0
    dy = distance(w[1], shift) if height > 1 else 0
    if flip in ("horizontal", "both") and w[2] >> 31:
        image = image[:, :, ::-1]
    if flip in ("vertical", "both") and w[3] >> 31:
        image = image[:, ::-1, :]
    padded = np.pad(image, ((0, 0), (shift, shift), (shift, shift)), constant_values=-7)
    return padded[:, shift - dy:shift - dy + height, shift - dx:shift - dx + width]


QUANTILES = ndtri((np.arange(LEVELS) + 0.5) / LEVELS)
QUANTILES /= np.sqrt((QUANTILES**2).mean())


def noise(values, epoch, row):
    """13 bits of each half word: 12 for the size, the 13th for the sign."""
    blocks = (values + 7) // 8
    words = [w for b in range(blocks) for w in block(NOISE, epoch, row * blocks + b)]
    halves = [h for w in words for h in (w & 0xFFFF, w >> 16)][:values]
    sizes = np.array([QUANTILES[LEVELS // 2 + (h & 4095)] for h in halves])
    return np.where(np.array(halves) & 4096, -sizes, sizes)


def main():
    for name, shape, shift, flip, sigma in [
            ("shift", (1, 5, 6), 2, "none", 0),
            ("flip", (2, 3, 4), 0, "horizontal", 0),
            ("vertical", (1, 4, 3), 0, "vertical", 0),
            ("all", (3, 4, 5), 3, "both", 0.25),
            ("sequence", (2, 1, 9), 4, "horizontal", 0),
            ("noise", (5, 1, 1), 0, "none", 0.5)]:
        size = int(np.prod(shape))
        for epoch in (1, 2, 70000):
            for row in (0, 1, 2, 57):
                image = np.array([(37 * row + 11 * j) % 101 for j in range(size)], float).reshape(shape)
                out = moved(image, shift, flip, epoch, row).ravel()
                if sigma:
                    out = out + sigma * noise(size, epoch, row)
                print(name, epoch, row, *["%.8g" % v for v in out])


main()
