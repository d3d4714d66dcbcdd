"""Writes the .npy, IDX and image files that the tests of `data` read back, and what NumPy and Pillow say is in them.

Run from the repository root:  /usr/bin/python3 reference/data/format_fixtures.py   (NumPy 1.24, Pillow 9.4; same output each time)
expected.txt: file, array, shape, then every value in C order as the shortest decimal that is that float64.
"""
import gzip
import pathlib
import shutil
import struct

import numpy as np
from PIL import Image

OUT = pathlib.Path("data/src/test/resources/formats")
expected = []


def expect(file, array, values):
    values = np.asarray(values)
    shape = "x".join(map(str, values.shape)) or "scalar"
    expected.append(" ".join([file, array, shape] + [repr(float(v)) for v in values.ravel()]))


def npy():
    for name, a in {
        "floats": np.linspace(-1, 1, 12, dtype=">f4").reshape(3, 4),
        "fortran": np.asfortranarray(np.arange(24, dtype="i2").reshape(2, 3, 4)),
        "scalar": np.array(2.5),
        "norows": np.zeros((0, 3)),
        "onerow": np.array([[1, 2, 3]], dtype="u1"),
        "nan": np.array([1.0, np.nan, np.inf]),
    }.items():
        np.save(OUT / f"{name}.npy", a)
        if name != "nan":
            expect(f"{name}.npy", name, np.load(OUT / f"{name}.npy"))
    np.save(OUT / "text.npy", np.array(["a", "bc"]))
    np.save(OUT / "objects.npy", np.array([1, "x"], dtype=object), allow_pickle=True)


def idx():
    types = {"ubyte": (8, ">u1"), "byte": (9, ">i1"), "short": (11, ">i2"), "int": (12, ">i4"), "float": (13, ">f4"),
             "double": (14, ">f8")}
    for name, (code, dtype) in types.items():
        a = (np.arange(24) * 37 - 100).astype(dtype).reshape(2, 3, 4)
        raw = struct.pack(">BBBB3I", 0, 0, code, 3, 2, 3, 4) + a.tobytes()
        (OUT / f"images.idx3-{name}").write_bytes(raw)
        expect(f"images.idx3-{name}", "images", a)
    a = np.array([5, 0, 4, 1], dtype="u1")
    raw = struct.pack(">BBBBI", 0, 0, 8, 1, 4) + a.tobytes()
    (OUT / "labels-idx1-ubyte.gz").write_bytes(gzip.compress(raw, mtime=0))
    expect("labels-idx1-ubyte.gz", "labels-idx1-ubyte", a)


def folder(name, images, options=None):
    root = OUT / name
    if root.exists():
        shutil.rmtree(root)
    arrays, labels, classes = [], [], sorted({c for c, _ in images})
    for (group, file), image in sorted(images.items()):
        (root / group).mkdir(parents=True, exist_ok=True)
        image.save(root / group / file, **((options or {}).get(file, {})))
        with Image.open(root / group / file) as back:
            arrays.append(back.convert("RGB" if image.mode in ("RGB", "P", "RGBA") else "L"))
        labels.append(classes.index(group))
    colour = any(a.mode == "RGB" for a in arrays)
    stack = np.stack([np.asarray(a.convert("RGB")).transpose(2, 0, 1) if colour else np.asarray(a) for a in arrays])
    expect(name, "images", stack)
    expect(name, "labels", labels)


def pictures():
    rng = np.random.default_rng(1)
    grey = lambda: Image.fromarray(rng.integers(0, 256, (5, 7), dtype="u1"))
    rgb = lambda: Image.fromarray(rng.integers(0, 256, (5, 7, 3), dtype="u1"))
    smooth = Image.fromarray((np.add.outer(np.arange(5), np.arange(7)) * 20).astype("u1"))
    opaque = rgb()
    opaque.putalpha(255)
    bits = Image.fromarray((rng.integers(0, 2, (5, 7)) * 255).astype("u1")).convert("1")
    folder("grey", {("b", "1.png"): grey(), ("a", "2.png"): grey(), ("a", "10.png"): bits, ("a", "c.JPG"): smooth})
    folder("colour", {("cat", "x.png"): rgb(), ("cat", "y.png"): rgb().quantize(8), ("dog", "x.png"): opaque,
                      ("dog", "y.png"): grey(), ("dog", "z.jpeg"): rgb()}, {"z.jpeg": {"subsampling": 0}})
    single = OUT / "single"
    single.mkdir(exist_ok=True)
    half = rgb()
    half.putalpha(128)
    half.save(single / "transparent.png")
    Image.fromarray(np.arange(35, dtype="u2").reshape(5, 7) * 1000).save(single / "sixteen.png")
    Image.new("CMYK", (7, 5)).save(single / "cmyk.jpg")
    rgb().resize((48, 40)).save(single / "progressive.jpg", progressive=True)


OUT.mkdir(exist_ok=True)
npy()
idx()
pictures()
(OUT / "expected.txt").write_text("\n".join(expected) + "\n")
