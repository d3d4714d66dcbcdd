"""Writes the Parquet fixtures of module tables, and what PyArrow says is in them (expected.txt).

    python3 reference/data/parquet_fixtures.py tables/src/test/resources/parquet

Needs pyarrow and numpy (made with pyarrow 25.0). Lines: file column type value value ... - texts in quotes, nan for null.
"""
import datetime
import decimal
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

folder = sys.argv[1]
lines = []


def text(value):
    if value is None:
        return "nan"
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime.datetime):
        zone = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        return repr((zone - epoch) // datetime.timedelta(microseconds=1) / 1e6)
    if isinstance(value, datetime.date):
        return str((value - datetime.date(1970, 1, 1)).days * 86400)
    if isinstance(value, decimal.Decimal):
        return repr(float(value))
    return repr(float(value))


def write(name, table, say=True, **options):
    pq.write_table(table, f"{folder}/{name}.parquet", **options)
    for column in table.column_names if say else []:
        values = table.column(column).to_pylist()
        lines.append("\t".join([name, column, *map(text, values)]))


n = 7
whole = [0, 1, -1, 100, -128, 127, None]
numbers = [0.1, -0.0, 1e300, float("nan"), float("inf"), 5e-324, None]
types = {
    **{f"i{b}": pa.array(whole, f"int{b}") for b in (8, 16, 32, 64)},
    **{f"u{b}": pa.array([0, 1, 2, 100, 2**b - 1, 2 ** (b - 1), None], f"uint{b}") for b in (8, 16, 32, 64)},
    "f16": pa.array(np.array([0.1, -0.0, 65504, 6e-8, -2, 1, 0], np.float16)),
    "f32": pa.array([0.1, -0.0, 1e30, float("nan"), float("inf"), 1e-45, None], pa.float32()),
    "f64": pa.array(numbers, pa.float64()),
    "flag": pa.array([True, False, None, True, True, False, False]),
    "text": pa.array(["b", "a", None, "b", "\u00e9\u4e2d", "a b", "a"]),
    "kind": pa.array(["b", "a", None, "b", "c", "c", "a"]).dictionary_encode(),
    "day": pa.array([datetime.date(1970, 1, 1), datetime.date(1969, 12, 31), None] + 4 * [datetime.date(2026, 2, 28)]),
    **{
        f"time_{unit}": pa.array([datetime.datetime(2026, 1, 2, 3, 4, 5), None] + 5 * [datetime.datetime(1969, 12, 31, 23)],
                                 pa.timestamp(unit, tz="UTC" if unit == "ms" else None))
        for unit in ("s", "ms", "us", "ns")
    },
    **{
        f"decimal_{p}_{s}": pa.array([decimal.Decimal(v) if v else None for v in values], pa.decimal128(p, s))
        for p, s, values in (
            (5, 2, ["1.10", "-0.07", "999.99", None, "0", "0.01", "12.34"]),
            (15, 4, ["12345678901.2345", "-0.0001", None, "0", "1", "2.5", "3.1"]),
            (30, 9, ["123456789012345678901.123456789", "-0.1", None, "0", "1", "2.5", "3.3"]),
        )
    },
}
table = pa.table(types)
write("types", table)
write("types_v2", table, data_page_version="2.0", compression="zstd", version="2.6")
write("types_plain", table, use_dictionary=False, compression="none", version="1.0")

rng = np.random.default_rng(5)
many = pa.table({
    "a": rng.normal(size=500), "b": rng.integers(0, 1000, 500),
    "c": pa.array([None if v < 0.3 else v for v in rng.random(500)]),
    "t": pa.array([None if v < 2 else "t%d" % v for v in rng.integers(0, 9, 500)]),
})
for codec in ("none", "snappy", "gzip", "zstd", "lz4"):
    write("many_" + codec, many, codec != "lz4", compression=codec, row_group_size=120, data_page_size=512)
write("many_index", many, write_page_index=True, data_page_size=512, row_group_size=300)
for encoding, columns in (
    ("DELTA_BINARY_PACKED", ["b"]), ("BYTE_STREAM_SPLIT", ["a", "c"]),
    ("DELTA_LENGTH_BYTE_ARRAY", ["t"]), ("DELTA_BYTE_ARRAY", ["t"]),
):
    write("many_" + encoding.lower(), many.select(columns), use_dictionary=False, column_encoding={c: encoding for c in columns})
write("int96", table.select(["time_us"]), use_deprecated_int96_timestamps=True)
write("norows", many.slice(0, 0), say=False)
write("onerow", many.slice(0, 1))
write("nested", pa.table({
    "list": pa.array([[1.0, 2.0], [3.0]]), "struct": pa.array([{"x": 1}, {"x": 2}]),
    "map": pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int32())), "bytes": pa.array([b"x", b"y"]),
    "time": pa.array([datetime.time(1), datetime.time(2)]), "plain": pa.array([1.5, 2.5]),
}), say=False)
write("twice", pa.table([pa.array([1, 2]), pa.array([3, 4]), pa.array([5.0, 6.0])], names=["a", "a", "b"]), say=False)
# A thousand million rows of one value: what fits into the file, but into no memory
bomb = pa.table({"a": pa.array(np.zeros(40_000_000))})
writer = pq.ParquetWriter(f"{folder}/bomb.parquet", bomb.schema, compression="zstd", max_rows_per_page=1 << 30)
for _ in range(25):
    writer.write_table(bomb, row_group_size=40_000_000)
writer.close()

with open(f"{folder}/expected.txt", "w", encoding="utf-8") as file:
    file.write("\n".join(lines) + "\n")
