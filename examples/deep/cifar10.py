"""Makes cifar10.npz, which cifar10.yaml reads, from the python version of CIFAR-10 as its authors offer it.

Usage: python3 cifar10.py PATH/TO/cifar-10-batches-py [IMAGES]

IMAGES (default 10,000) are the first ones of each class in the training batches, in the order of the batches. Needs NumPy.
"""
import os
import pickle
import sys

import numpy as np


def main(folder, count):
    images, labels = [], []
    for i in range(1, 6):
        with open(os.path.join(folder, "data_batch_%d" % i), "rb") as file:
            batch = pickle.load(file, encoding="bytes")
        images.append(batch[b"data"].reshape(-1, 3, 32, 32))
        labels.append(np.array(batch[b"labels"]))
    images, labels = np.concatenate(images), np.concatenate(labels)
    rows = np.sort(np.concatenate([np.flatnonzero(labels == c)[:count // 10] for c in range(10)]))
    to = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cifar10.npz")
    np.savez(to, images=images[rows], labels=labels[rows].astype(np.int64))
    print("%s: %d images" % (to, len(rows)))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
