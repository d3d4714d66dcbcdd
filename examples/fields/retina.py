"""Makes data/retina.npz, which retina.yaml reads, from RetinaMNIST as its authors offer it (retinamnist.npz, 28 x 28).

Usage: python3 retina.py PATH/TO/retinamnist.npz

Arrays: images (rows, 3, 28, 28) uint8; grade (rows), 0 to 4; part (rows), 0 train, 1 validation, 2 test, as the authors
split them; and what an eye doctor looks for, each (rows), from the disc of the retina alone:

  red, green, blue   mean of each channel
  contrast           standard deviation of the green channel
  vessels            mean of its black top-hat: dark structures thinner than 3 pixels (vessels, bleedings)
  exudates           mean of its white top-hat: bright spots smaller than 3 pixels
  edges              mean length of its gradient
  darkest, brightest 2 % and 98 % quantile of its difference from a blurred copy

Needs NumPy and SciPy.
"""
import os
import sys

import numpy as np
from scipy import ndimage

PARTS = ("train", "val", "test")


def features(images):
    """Returns name -> (rows) of images (rows, 3, 28, 28)."""
    y, x = np.mgrid[:28, :28] - 13.5
    disc = x * x + y * y < 12.5 ** 2
    values = {name: [] for name in ("red", "green", "blue", "contrast", "vessels", "exudates", "edges", "darkest",
                                    "brightest")}
    for image in images.astype(np.float64) / 255:
        green = image[1]
        for c, name in enumerate(("red", "green", "blue")):
            values[name].append(image[c][disc].mean())
        values["contrast"].append(green[disc].std())
        values["vessels"].append(ndimage.black_tophat(green, size=3)[disc].mean())
        values["exudates"].append(ndimage.white_tophat(green, size=3)[disc].mean())
        values["edges"].append(np.hypot(ndimage.sobel(green, 0), ndimage.sobel(green, 1))[disc].mean())
        local = (green - ndimage.gaussian_filter(green, 3))[disc]
        values["darkest"].append(np.quantile(local, 0.02))
        values["brightest"].append(np.quantile(local, 0.98))
    return {name: np.array(column) for name, column in values.items()}


def main(path):
    source = np.load(path)
    images = np.concatenate([source[part + "_images"] for part in PARTS]).transpose(0, 3, 1, 2)
    grade = np.concatenate([source[part + "_labels"].reshape(-1) for part in PARTS]).astype(np.int64)
    part = np.concatenate([np.full(len(source[name + "_labels"]), i) for i, name in enumerate(PARTS)])
    to = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "retina.npz")
    os.makedirs(os.path.dirname(to), exist_ok=True)
    np.savez(to, images=np.ascontiguousarray(images), grade=grade, part=part, **features(images))
    print("%s: %d images" % (to, len(grade)))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
