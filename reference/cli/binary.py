"""Writes cli/src/test/resources/dev/mettle/cli/binary.npz: 900 points of the plane, inside a circle or not."""
import sys

import numpy as np

points = np.random.default_rng(5).normal(size=(900, 2)).astype(np.float32)
inside = (np.square(points).sum(axis=1) < 1.4).astype(np.uint8)
np.savez_compressed(sys.argv[1], features=points, inside=inside)
print(inside.mean())
