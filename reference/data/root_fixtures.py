"""Writes ROOT files with flat TTrees for the tests of `data`, by the published description of the format, without ROOT.

Run from the repository root:  /usr/bin/python3 reference/data/root_fixtures.py   (NumPy 1.24; output is the same each time)
Source: "ROOT files layout" and the class pages of TKey, TDirectory, TTree, TBranch, TLeaf in the ROOT reference guide.
Written apart from the reader, but by the same hand from the same description: no file that ROOT itself wrote was at hand.
expected.txt: file, array, shape, then every value in C order as the shortest decimal that is that float64.
"""
import pathlib
import struct
import zlib

import numpy as np

OUT = pathlib.Path("data/src/test/resources/root")
LETTERS = {"i1": "B", "u1": "B", "i2": "S", "u2": "S", "i4": "I", "u4": "I", "i8": "L", "u8": "L", "f4": "F", "f8": "D", "b1": "O"}
expected = []


def string(text):
    raw = text.encode()
    return (bytes([len(raw)]) if len(raw) < 255 else b"\xff" + struct.pack(">i", len(raw))) + raw


def sized(version, body):
    return struct.pack(">IH", 0x40000000 | (len(body) + 2), version) + body


def tobject(bits=0x03000000):
    return struct.pack(">HII", 1, 0, bits)


def named(name, title):
    return sized(1, tobject() + string(name) + string(title))


class Buffer:
    """An object's bytes; remembers where classes were named."""

    def __init__(self, keylen):
        self.keylen, self.classes = keylen, {}

    def array(self, base, items):
        """TObjArray at offset base; items are functions (offset of the object's count) -> (class, body at offset)."""
        body = tobject() + string("") + struct.pack(">ii", len(items), 0)
        for item in items:
            body += self.any(base + 6 + len(body), *item)
        return sized(3, body)

    def any(self, base, cls, make):
        if make is None:
            return struct.pack(">I", 0)
        tag = base + 4
        if cls in self.classes:
            head = struct.pack(">I", 0x80000000 | self.classes[cls])
        else:
            self.classes[cls] = tag + self.keylen + 2
            head = b"\xff\xff\xff\xff" + cls.encode() + b"\0"
        body = make(tag + len(head))
        return struct.pack(">I", 0x40000000 | (len(head) + len(body))) + head + body


def compress(data, algorithm):
    if algorithm is None:
        return data
    out = b""
    for i in range(0, len(data), 0xFFFFFF):
        block = data[i:i + 0xFFFFFF]
        packed = zlib.compress(block, 6)
        size = lambda n: struct.pack("<I", n)[:3]
        out += algorithm.encode() + b"\x08" + size(len(packed)) + size(len(block)) + packed
    return out if len(out) < len(data) else data


class File:
    def __init__(self, name, large=False):
        self.name, self.large, self.data, self.keys = name, large, bytearray(100), []
        self.word = ">q" if large else ">i"
        start = self.key("TFile", name, "", 0, 0, extra=len(string(name)) * 0)
        self.begin_name = len(start) + len(string(name)) + len(string(""))
        self.directory_at = 100 + self.begin_name
        self.data += bytes(self.begin_name + 60)

    def key(self, cls, name, title, stored, whole, at=None, fields=b"", extra=0, cycle=1):
        at = len(self.data) if at is None else at
        tail = string(cls) + string(name) + string(title) + fields
        length = 18 + 2 * struct.calcsize(self.word) + len(tail)
        return struct.pack(">ihiIhh", length + stored, 1004 if self.large else 4, whole, 0, length, cycle) + struct.pack(
            self.word, at) + struct.pack(self.word, 100) + tail

    def record(self, cls, name, title, whole, algorithm, fields=b"", listed=False, cycle=1):
        stored = compress(whole, algorithm)
        at = len(self.data)
        key = self.key(cls, name, title, len(stored), len(whole), at, fields, cycle=cycle)
        self.data += key + stored
        if listed:
            self.keys.append(key)
        return at, len(key)

    def basket(self, tree, branch, rows, algorithm):
        raw = rows.astype(rows.dtype.newbyteorder(">")).tobytes()
        length = len(self.key("TBasket", branch, tree, 0, 0, fields=bytes(19)))
        size = raw and len(raw) // len(rows)
        fields = struct.pack(">HiiiiB", 3, 32000, size or 0, len(rows), length + len(raw), 0)
        return self.record("TBasket", branch, tree, raw, algorithm, fields)[0]

    def tree(self, name, columns, per_basket, algorithm="ZL", version=20, branch_version=13, odd=False, cycle=1, listed=True):
        entries = len(next(iter(columns.values())))
        places = {}
        for column, a in columns.items():
            places[column] = [(i, self.basket(name, column, a[i:i + per_basket], algorithm)) for i in range(0, entries, per_basket)]
        keylen = len(self.key("TTree", name, "a tree", 0, 0))
        b = Buffer(keylen)
        fixed = named(name, "a tree") + sized(2, struct.pack(">hhh", 602, 1, 1)) + sized(2, struct.pack(">hh", 0, 1001)) + sized(
            2, struct.pack(">hhf", 1, 1, 1))
        counts = [entries, 0, 0, 0] + ([0] if version >= 18 else [])
        fixed += struct.pack(f">{len(counts)}qd", *counts, 1.0)
        fixed += struct.pack(">iii", 0, 25, 0) + (struct.pack(">i", 1000) if version >= 17 else b"")
        ranges = 1 if version >= 19 else 0
        fixed += struct.pack(">i", ranges) if version >= 19 else b""
        fixed += struct.pack(">6q" if version >= 18 else ">5q", *[1000000] * (6 if version >= 18 else 5))
        if version >= 19:
            fixed += b"\1" + struct.pack(">q", entries) + b"\1" + struct.pack(">q", 100)
        if version >= 20:
            fixed += sized(0, struct.pack(">IB", 0x1AA12F10, 0))
        items = [("TBranch", lambda at, c=c, a=a: self.branch(b, at, c, a, places[c], branch_version)) for c, a in columns.items()]
        if odd:
            items += self.odd(b, places, columns, branch_version)
        body = fixed + b.array(6 + len(fixed), items)
        body += sized(3, tobject() + string("") + struct.pack(">ii", 0, 0)) + bytes(28)
        self.record("TTree", name, "a tree", sized(version, body), algorithm, listed=listed, cycle=cycle)

    def branch(self, b, at, name, a, places, version, leaves=None, inner=(), embedded=False):
        body = named(name, f"{name}/{LETTERS[a.dtype.str[1:]]}") + sized(2, struct.pack(">hh", 0, 1001))
        body += struct.pack(">iiiiq", 101, 32000, 0, len(places), len(a))
        if version >= 13:
            body += sized(0, struct.pack(">IB", 0x1AA12F10, 0))
        most = len(places) + 2
        body += struct.pack(">iIiq", 0, most, 0, len(a))
        body += struct.pack(">qqq", 0, 0, 0) if version >= 11 else struct.pack(">qq", 0, 0)
        here = lambda: at + 6 + len(body)
        body += b.array(here(), list(inner))
        leaves = leaves or [("TLeaf" + LETTERS[a.dtype.str[1:]], lambda p: self.leaf(name, a))]
        body += b.array(here(), leaves)
        body += b.array(here(), [("TBasket", lambda p: sized(3, bytes(10)))] if embedded else [])
        pad = [0, 0]
        body += b"\1" + struct.pack(f">{most}i", *[0] * most)
        body += b"\1" + struct.pack(f">{most}q", *[f for f, _ in places], len(a), *pad[1:])
        body += b"\1" + struct.pack(f">{most}q", *[s for _, s in places], *pad)
        return sized(version, body + string(""))

    def leaf(self, name, a, counter=False):
        each = int(np.prod(a.shape[1:], dtype=int))
        title = name + "".join(f"[{n}]" for n in a.shape[1:])
        core = named(name, title) + struct.pack(">iii??", each, a.dtype.itemsize, 0, False, a.dtype.kind == "u")
        core += struct.pack(">I", 90 if counter else 0)
        return sized(1, sized(2, core) + bytes(2 * a.dtype.itemsize))

    def odd(self, b, places, columns, version):
        first, a = next(iter(columns.items()))
        same = lambda name, **more: ("TBranch", lambda at: self.branch(b, at, name, a, places[first], version, **more))
        two = [("TLeafF", lambda p: self.leaf("x", a)), ("TLeafF", lambda p: self.leaf("y", a))]
        lists = [("TLeafI", lambda p: self.leaf("lists", a, counter=True))]
        text = [("TLeafC", lambda p: self.leaf("text", a))]
        element = lambda at: sized(10, self.branch(b, at + 6, "event", a, places[first], version))
        return [same("pair", leaves=two), same("lists", leaves=lists), same("text", leaves=text),
                same("split", inner=[same("within")]), same("open", embedded=True), ("TBranchElement", element), same("after")]

    def close(self):
        listing = struct.pack(">i", len(self.keys)) + b"".join(self.keys)
        at = len(self.data)
        key = self.key("TFile", self.name, "", len(listing), len(listing), at)
        self.data += key + listing
        end = len(self.data)
        version = 1062400 if self.large else 62400
        word = self.word[1]
        self.data[:100] = struct.pack(f">4sii{word}{word}iiiBi{word}i", b"root", version, 100, end, 0, 0, 1, self.begin_name, 8 if
                                      self.large else 4, 101, 0, 0).ljust(100, b"\0")
        record = self.key("TFile", self.name, "", self.begin_name + 60, 0, 100) + string(self.name) + string("")
        self.data[100:100 + len(record)] = record
        directory = struct.pack(f">hIIii{word}{word}{word}", 1005 if self.large else 5, 0, 0, len(key) + len(listing),
                                self.begin_name, 100, 0, at)
        self.data[self.directory_at:self.directory_at + len(directory)] = directory
        (OUT / self.name).write_bytes(bytes(self.data))


def expect(file, name, a):
    shape = "x".join(map(str, a.shape))
    expected.append(" ".join([file, name, shape] + [repr(float(v)) for v in a.ravel()]))


def columns(rows):
    rng = np.random.default_rng(rows)
    found = {}
    for code in LETTERS:
        if code == "b1":
            found[code] = np.arange(rows) % 3 == 0
        elif code[0] == "f":
            found[code] = rng.normal(size=rows).astype(code)
        else:
            info = np.iinfo(code)
            found[code] = rng.integers(info.min, info.max, rows, dtype=code, endpoint=True)
    found["vector"] = rng.normal(size=(rows, 3)).astype("f4")
    found["matrix"] = rng.integers(-9, 9, (rows, 2, 3)).astype("i2")
    return found


def write(name, rows, per_basket, large=False, **options):
    f = File(name, large)
    data = columns(rows)
    f.tree("events", data, per_basket, **options)
    f.close()
    for column, a in data.items():
        expect(name, column, a)


OUT.mkdir(exist_ok=True)
write("flat.root", 50, 20)
write("large.root", 7, 3, large=True)
write("plain.root", 12, 5, algorithm=None)
for tree_version, branch_version in [(16, 10), (17, 11), (18, 12), (19, 12)]:
    write(f"version{tree_version}.root", 9, 4, version=tree_version, branch_version=branch_version)
write("one.root", 1, 10)
write("none.root", 0, 10)
f = File("odd.root")
f.tree("t", {"x": np.arange(4, dtype="f4")}, 4, odd=True)
f.close()
expect("odd.root", "x", np.arange(4.0))
expect("odd.root", "after", np.arange(4.0))
f = File("several.root")
f.tree("a", {"x": np.arange(3, dtype="f4") + 9}, 4, cycle=1)
f.tree("a", {"x": np.arange(3, dtype="f4")}, 4, cycle=2)
f.tree("b", {"x": np.arange(2, dtype="f4")}, 4)
f.close()
expect("several.root", "a/x", np.arange(3.0))
expect("several.root", "b/x", np.arange(2.0))
f = File("lz4.root")
f.tree("t", {"x": np.zeros(900, dtype="f4")}, 900, algorithm="L4")
f.close()
f = File("notree.root")
f.record("TH1F", "h", "", bytes(20), None, listed=True)
f.close()
(OUT / "expected.txt").write_text("\n".join(expected) + "\n")
