"""Makes examples/modules/modules.npz: photons in a calorimeter of 24 modules, each with gains of its own.

    /usr/bin/python3 reference/modules/modules.py examples/modules/modules.npz

A photon's energy E is log-uniform from 1 to 50 GeV. It leaves the shares f, m and r of it in the front, middle and rear
layer of one module; the deeper the higher the energy, with fluctuations. A layer's signal is E x share x gain, the gain
of module k and layer l being exp(0.2 g[k, l]) with g standard normal, times 100 counts a GeV, plus a pedestal of the
module of up to 40 counts and noise of 3 counts. Modules 22 and 23 were installed late: they have few photons. Drawn by
numpy.random.RandomState, whose numbers never change. Members of the archive carry a fixed date, so that the bytes are
always the same.
"""
import hashlib
import io
import sys
import zipfile

import numpy as np

ROWS, MODULES, LATE = 8000, 24, 2


def main(target: str) -> None:
    random = np.random.RandomState(7)
    gain = np.exp(0.2 * random.standard_normal((MODULES, 3)))
    pedestal = random.uniform(0, 40, MODULES)
    weight = np.where(np.arange(MODULES) < MODULES - LATE, 1.0, 0.02)
    module = random.choice(MODULES, ROWS, p=weight / weight.sum())
    energy = np.exp(random.uniform(0, np.log(50), ROWS))
    depth = 0.45 + 0.06 * np.log(energy) + 0.07 * random.standard_normal(ROWS)
    depth = np.clip(depth, 0.2, 0.7)
    front, rear = 0.75 - depth, 0.45 * depth**2
    share = np.stack([front, 1 - front - rear, rear], 1)
    signal = 100 * energy[:, None] * share * gain[module] + pedestal[module, None]
    signal = np.rint(signal + 3 * random.standard_normal((ROWS, 3)))
    assert share.min() > 0 and abs(signal).max() < 2**15
    arrays = (("signal", signal.astype(np.int16)), ("module", module.astype(np.uint8)),
              ("energy", energy.astype(np.float32)))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays:
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, version=(1, 0))
            member = zipfile.ZipInfo(name + ".npy", date_time=(2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, buffer.getvalue())
    data = open(target, "rb").read()
    print(len(data), "bytes, SHA-256", hashlib.sha256(data).hexdigest())
    print("photons in each module:", np.bincount(module).tolist())


if __name__ == "__main__":
    main(sys.argv[1])
