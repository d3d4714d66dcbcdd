"""Writes the HDF5 files that the tests of `data` read back, and what h5py itself says is in them.

Run from the repository root:  /usr/bin/python3 reference/data/hdf5_fixtures.py   (h5py 3.7; the same each time, but for times in the files)
expected.txt: file, array, shape, then every value in C order as the shortest decimal that is that float64.
"""
import pathlib

import h5py
import numpy as np

OUT = pathlib.Path("data/src/test/resources/hdf5")
TYPES = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]
expected = []


def values(code, count=24):
    if code[0] == "f":
        info = np.finfo(code)
        a = (np.arange(count) * 0.37 - 3).astype(code)
        a[:5] = [info.max, info.min, info.smallest_subnormal, -0.0, info.tiny]
        return a
    info = np.iinfo(code)
    step = (int(info.max) - int(info.min)) // (count - 1)
    return np.array([int(info.min) + i * step for i in range(count - 1)] + [int(info.max)], dtype=code)


def expect(file, name, a):
    a = np.asarray(a)
    shape = "x".join(map(str, a.shape)) or "scalar"
    expected.append(" ".join([file, name, shape] + [repr(float(v)) for v in a.ravel()]))


def types(f):
    for code in TYPES:
        for order in "<>":
            name = ("little" if order == "<" else "big") + "/" + code
            f.create_dataset(name, data=values(code).astype(order + code).reshape(2, 3, 4))
    f["bool"] = np.arange(6) % 3 == 0
    f["scalar"] = np.float32(2.5)
    f["none"] = np.zeros((0, 3))
    f["one"] = np.array([[1.5, 2.5]])
    f["nan"] = np.array([1.0, np.nan, np.inf, -np.inf])
    f["a/b/c/deep"] = np.arange(3)
    f["a/again"] = f["a/b/c/deep"]  # a second hard link
    f["a/loop"] = f["a"]  # a cycle
    kinds = h5py.enum_dtype({"red": 3, "green": 7}, basetype="i2")
    f.create_dataset("kinds", data=np.array([3, 7, 3], dtype="i2"), dtype=kinds)
    f.create_dataset("vectors", (4,), np.dtype(("<f4", (3,))))[...] = np.arange(12.0).reshape(4, 3)


def layouts(f):
    rng = np.random.default_rng(1)
    a = np.round(rng.normal(size=(7, 5, 3)), 3)
    wide = rng.integers(0, 50, (40, 3)).astype(">i4")
    noise = rng.integers(0, 256, (50,)).astype("u1")
    f.create_dataset("contiguous", data=a)
    f.create_dataset("chunked", data=a, chunks=(2, 2, 2))
    f.create_dataset("gzip", data=a, chunks=(3, 5, 2), compression="gzip")
    f.create_dataset("shuffled", data=wide, chunks=(16, 3), compression="gzip", compression_opts=9, shuffle=True)
    f.create_dataset("checked", data=wide, chunks=(16, 2), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("fletcher", data=noise, chunks=(7,), fletcher32=True)
    f.create_dataset("lzf", data=np.repeat(a, 9, axis=0), chunks=(30, 5, 3), compression="lzf")
    f.create_dataset("lzfnoise", data=noise, chunks=(25,), compression="lzf")
    f.create_dataset("lzfone", data=noise, chunks=(50,), compression="lzf")
    f.create_dataset("gzipone", data=wide, chunks=(40, 3), compression="gzip")
    f.create_dataset("grown", data=wide, maxshape=(None, 3), chunks=(64, 3), compression="gzip")
    f.create_dataset("both", data=wide, maxshape=(None, None), chunks=(8, 2))
    f.create_dataset("many", data=np.arange(3000.0), chunks=(2,))
    part = f.create_dataset("filled", (6, 4), "f4", chunks=(2, 4), fillvalue=-1.5)
    part[2:4] = 7
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4,))
    d = h5py.h5d.create(f.id, b"compact", h5py.h5t.IEEE_F64LE, space, compact)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(4.0))
    if f.libver[0] == "earliest":
        f.create_dataset("early", data=wide, chunks=(16, 2))


def table():
    t = np.zeros(5, dtype=[("energy", "<f4"), ("hits", ">u2"), ("name", "S4"), ("at", "<f8", (3,)), ("in", [("x", "i1"), ("ok", "?")])])
    t["energy"] = np.arange(5) * 0.1
    t["hits"] = np.arange(5) * 1000
    t["name"] = b"abc"
    t["at"] = np.arange(15).reshape(5, 3) / 4
    t["in"]["x"] = np.arange(5) - 2
    t["in"]["ok"] = np.arange(5) % 2
    return t


def expect_all(name, f):
    seen = {}

    def visit(path, d):
        if not isinstance(d, h5py.Dataset) or d.shape is None:
            return
        if d.dtype.names:
            for member in ["energy", "hits", "at"]:
                expect(name, f"{path}.{member}", d[member])
            expect(name, f"{path}.in.x", d["in"]["x"])
            expect(name, f"{path}.in.ok", d["in"]["ok"])
        elif (d.dtype.kind in "fiub" or d.dtype.subdtype) and path != "nan":
            expect(name, path, d[()])
        seen[path] = d

    f.visititems(visit)
    for path in ["a/again", "a/b/c/deep"]:  # one object, which visititems names once
        if path not in seen and path in f:
            visit(path, f[path])


def write(name, fill, **options):
    with h5py.File(OUT / name, "w", **options) as f:
        fill(f)
    with h5py.File(OUT / name, "r") as f:
        expect_all(name, f)


def tables(f):
    f["events"] = table()
    f.create_dataset("packed", data=table(), chunks=(2,), compression="gzip")


def odd(f):
    f["numbers"] = np.arange(3)
    f["text"] = "hello"
    f["words"] = np.array([b"a", b"bc"])
    f.create_dataset("strings", data=["x", "yy"], dtype=h5py.string_dtype())
    f.create_dataset("lists", (2,), dtype=h5py.vlen_dtype("i4"))
    f.create_dataset("references", (1,), dtype=h5py.ref_dtype)
    f["opaque"] = np.array([b"abc"], dtype="V3")
    f["empty"] = h5py.Empty("f4")
    f["soft"] = h5py.SoftLink("/numbers")
    f["external"] = h5py.ExternalLink("../../secret.h5", "/x")
    f["type"] = np.dtype("f8")
    f.create_dataset("typed", data=np.arange(3), dtype=f["type"])
    f.create_dataset("unwritten", (5,), "f4")
    f.create_dataset("unwrittenchunks", (500,), "f4", chunks=(10,))
    f.create_dataset("sparse", (10**9,), "f8", chunks=(1000,))[:1000] = 1
    f.create_dataset("scaled", data=np.arange(10), chunks=(5,), scaleoffset=0)
    f["long"] = np.arange(2, dtype=np.longdouble)
    t = np.zeros(2, dtype=[("label", "S2")])
    f["labels"] = t


OUT.mkdir(exist_ok=True)
write("types.h5", types)
write("layouts.h5", layouts)
write("latest.h5", layouts, libver="latest")
write("tables.h5", tables)
write("latest_tables.h5", lambda f: (tables(f), types(f)), libver="latest")
write("userblock.h5", lambda f: f.create_dataset("x", data=np.arange(4.0)), userblock_size=1024)
with h5py.File(OUT / "odd.h5", "w") as f:
    odd(f)
with h5py.File(OUT / "virtual.h5", "w") as f:
    layout = h5py.VirtualLayout((4,), "f8")
    layout[:] = h5py.VirtualSource("userblock.h5", "x", (4,))
    f.create_virtual_dataset("v", layout)
with h5py.File(OUT / "outside.h5", "w") as f:
    f.create_dataset("sub/x", (4,), "f8", external=[("secret.bin", 0, 32)])
    f["y"] = np.arange(2)
with h5py.File(OUT / "wide.h5", "w", libver="latest") as f:  # links in a fractal heap
    for i in range(30):
        f[f"column{i}"] = np.arange(3) + i
    expect_all("wide.h5", f)
(OUT / "expected.txt").write_text("\n".join(expected) + "\n")
