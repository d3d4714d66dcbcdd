"""Writes cli/src/test/resources/dev/mettle/cli/tasks.npz: 400 rows of a table with numbers and classes to predict."""
import numpy as np

random = np.random.default_rng(3)
x = random.normal(size=(400, 3)).astype(np.float32)
np.savez_compressed("cli/src/test/resources/dev/mettle/cli/tasks.npz", x=x, energy=np.exp(x[:, 0]), angle=x[:, 1:2] * 30,
                    rare=np.arange(400) == 7, label=np.digitize(x[:, 0], [-.5, .5]).astype(np.uint8),
                    signal=x[:, 1] > 0)
