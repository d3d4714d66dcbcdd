"""Writes the NumPy files that the tests of `data` read back, and what NumPy itself says is in them.

Run from the repository root:  python3 reference/data/npz_fixtures.py   (NumPy 1.24; output is the same each time)
expected.txt: file, array, shape, then every value in C order as the shortest decimal that is that float64.
"""
import io
import pathlib
import zipfile

import numpy as np

OUT = pathlib.Path("data/src/test/resources/npz")
TYPES = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]
WHEN = (1980, 1, 1, 0, 0, 0)
expected = []


def values(code):
    if code == "b1":
        return np.arange(24) % 3 == 0
    if code[0] == "f":
        info = np.finfo(code)
        a = (np.arange(24) * 0.37 - 3).astype(code)
        a[:5] = [info.max, info.min, info.smallest_subnormal, -0.0, info.tiny]
        return a
    info = np.iinfo(code)
    step = (int(info.max) - int(info.min)) // 23
    return np.array([int(info.min) + i * step for i in range(23)] + [int(info.max)], dtype=code)


def write(name, arrays, method=zipfile.ZIP_DEFLATED, version=None):
    with zipfile.ZipFile(OUT / name, "w", method) as z:
        for key, a in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, a, version=version)
            member = zipfile.ZipInfo(key + ".npy", WHEN)
            member.compress_type = method
            with z.open(member, "w", force_zip64=True) as f:  # as numpy.savez does
                f.write(buffer.getvalue())
    with np.load(OUT / name) as z:
        for key in arrays:
            a = z[key]
            shape = "x".join(map(str, a.shape)) or "scalar"
            numbers = " ".join(repr(float(v)) for v in a.astype("f8").ravel(order="C"))
            expected.append(f"{name} {key} {shape} {numbers}".rstrip())


OUT.mkdir(parents=True, exist_ok=True)
arrays = {}
for code in TYPES:
    for order in "<>":
        for layout in "CF":
            a = values(code).reshape(2, 3, 4).astype(order + code, order=layout)
            arrays[f"{code}_{'little' if order == '<' else 'big'}_{layout}"] = a
write("types.npz", arrays)
ranks = {}
for rank, shape in enumerate([(), (5,), (3, 4), (2, 3, 2), (2, 3, 1, 2), (2, 1, 3, 2, 2)]):
    a = np.arange(int(np.prod(shape)), dtype="i2").reshape(shape) * 3 - 4
    ranks[f"rank{rank}_C"] = a
    ranks[f"rank{rank}_F"] = np.asfortranarray(a)
ranks["empty"] = np.zeros((0, 3), "f4")
write("ranks.npz", ranks)
small = {"cells": np.arange(12, dtype="i2").reshape(3, 2, 2), "energy": np.array([1.5, 2.5, 4.0], "f4")}
write("stored.npz", small, zipfile.ZIP_STORED)
write("deflated.npz", small)
write("version2.npz", small, version=(2, 0))
write("version3.npz", small, version=(3, 0))
zipfile.ZIP64_LIMIT = 10  # so that the table of contents uses zip64 too, which otherwise takes 4 GB
write("zip64.npz", small)
zipfile.ZIP64_LIMIT = (1 << 31) - 1
(OUT / "expected.txt").write_text("\n".join(expected) + "\n")

refused = {
    "objects": np.array([1, "a", None], dtype=object),
    "records": np.zeros(3, dtype=[("x", "f4"), ("y", "f4")]),
    "void": np.zeros(3, dtype="V8"),
    "text": np.array(["a", "bc"]),
    "bytes": np.array([b"a", b"bc"]),
    "complex": np.zeros(3, "c8"),
    "longdouble": np.zeros(3, "f16"),
    "dates": np.zeros(3, "M8[s]"),
}
np.savez(OUT / "refused.npz", **refused)
