"""Writes cli/src/test/resources/dev/mettle/cli/nan.npz: ten tiny images, one of which holds a NaN (row 7)."""
import numpy as np

cells = np.zeros((10, 15, 15), np.float32)
cells[7, 3, 4] = np.nan
np.savez_compressed("cli/src/test/resources/dev/mettle/cli/nan.npz", cells=cells, energy=np.arange(1, 11, dtype=np.float32))
