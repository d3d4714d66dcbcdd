"""Writes one table of 400 rows as CSV, Parquet, HDF5 and npz, for the test that all give the same bits of losses.

    python3 reference/data/same_table.py cli/src/test/resources/same

Needs numpy, pyarrow and h5py. bmi misses every 15th value; weights are whole numbers.
"""
import sys

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

folder = sys.argv[1]
rng = np.random.default_rng(8)
n = 400
columns = {
    "age": rng.uniform(18, 90, n),
    "bmi": np.where(np.arange(n) % 15 == 4, np.nan, rng.uniform(15, 40, n)),
    "weight": rng.integers(40, 120, n),
    "height": rng.uniform(1.4, 2.0, n).astype(np.float32),
}
columns["risk"] = columns["age"] / 10 + columns["weight"] / columns["height"] ** 2 + rng.normal(size=n)
table = pa.table({k: pa.array(v, mask=np.isnan(v) if k == "bmi" else None) for k, v in columns.items()})
# CSV writers print as many digits as the type needs: a float32 is printed as the float64 that it is
csv.write_csv(table.set_column(3, "height", table["height"].cast(pa.float64())), f"{folder}/same.csv")
pq.write_table(table, f"{folder}/same.parquet")
np.savez(f"{folder}/same.npz", **columns)
with h5py.File(f"{folder}/same.h5", "w") as file:
    for name, values in columns.items():
        file[name] = values
