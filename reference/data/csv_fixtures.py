"""Writes the tables that the tests of `data` read back, and what Python itself reads in them.

Run from the repository root:  python3 reference/data/csv_fixtures.py   (Python 3, no libraries; same output each time)
expected.txt: file, column, then every value as the shortest decimal that is that float64.
"""
import csv
import pathlib
import random

OUT = pathlib.Path("data/src/test/resources/csv")
EDGES = ["0", "-0.0", "1e22", "1e23", "4.9e-324", "1.7976931348623157e308", "9007199254740993", "123456789012345678901"]
random.seed(8)
plain = [repr(random.gauss(0, 10 ** random.randint(-30, 30))) for _ in range(40)]
fixed = ["%.4f" % random.uniform(-1000, 1000) for _ in range(40)]
whole = [str(random.randint(-(10**9), 10**9)) for _ in range(40)]
edges = (EDGES * 5)[:40]
notes = [random.choice(['a "quoted" one', "with, comma; and more", "two\nlines", "", "plain"]) for _ in range(40)]
expected = []


def write(name, delimiter, decimal, quoting, encoding, end):
    columns = {"plain": plain, "fixed": fixed, "note": notes, "whole": whole, "edges": edges}
    with open(OUT / name, "w", encoding=encoding, newline="") as f:
        out = csv.writer(f, delimiter=delimiter, quoting=quoting, lineterminator=end)
        out.writerow(columns)
        for row in zip(*columns.values()):
            out.writerow([c if i == 2 else c.replace(".", decimal) for i, c in enumerate(row)])
    with open(OUT / name, encoding=encoding, newline="") as f:
        rows = list(csv.DictReader(f, delimiter=delimiter))
    for key in columns:
        if key != "note":
            expected.append(" ".join([name, key] + [repr(float(r[key].replace(decimal, "."))) for r in rows]))


OUT.mkdir(exist_ok=True)
write("comma.csv", ",", ".", csv.QUOTE_MINIMAL, "utf-8", "\r\n")
write("semicolon.csv", ";", ",", csv.QUOTE_ALL, "utf-8-sig", "\n")
write("tab.tsv", "\t", ".", csv.QUOTE_MINIMAL, "utf-16", "\n")
write("bar.csv", "|", ",", csv.QUOTE_NONNUMERIC, "utf-8", "\n")
(OUT / "expected.txt").write_text("\n".join(expected) + "\n")
