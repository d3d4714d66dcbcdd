"""Makes examples/digits/digits.npz from digits.csv.gz, a copy of the test part of UCI's "Optical Recognition of
Handwritten Digits" that scikit-learn ships (Debian: python3-sklearn, sklearn/datasets/data/digits.csv.gz).

    /usr/bin/python3 reference/digits/digits.py digits.csv.gz examples/digits/digits.npz

Each line has 64 pixels of 0 to 16, row by row from the top left, and the digit. The order of the lines is kept. Members
of the archive carry a fixed date, so that the same input gives the same bytes.
"""
import gzip
import hashlib
import io
import sys
import zipfile

import numpy as np


def main(source: str, target: str) -> None:
    with gzip.open(source, "rt") as lines:
        rows = np.loadtxt(lines, delimiter=",")
    assert rows.shape == (1797, 65) and (rows == rows.astype(np.uint8)).all()
    images = rows[:, :64].astype(np.uint8).reshape(-1, 8, 8)
    labels = rows[:, 64].astype(np.uint8)
    assert images.max() == 16 and sorted(set(labels.tolist())) == list(range(10))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in (("image", images), ("digit", labels)):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, version=(1, 0))
            member = zipfile.ZipInfo(name + ".npy", date_time=(1998, 7, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, buffer.getvalue())
    data = open(target, "rb").read()
    print(len(data), "bytes, SHA-256", hashlib.sha256(data).hexdigest())
    print("images of each digit:", np.bincount(labels).tolist())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
