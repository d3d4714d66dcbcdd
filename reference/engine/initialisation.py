"""torch.nn.init.orthogonal_ of known matrices, for OrthogonalTest (PyTorch 1.13).

Usage: python3 initialisation.py > engine/src/test/resources/dev/mettle/engine/orthogonal.txt
The numbers of a matrix, row by row, are those that training.py makes with seed 3; torch.nn.init.orthogonal_ draws them from a
normal distribution, which here is replaced. In double precision.
"""
import contextlib
import io

import torch

with contextlib.redirect_stdout(io.StringIO()):
    import training as T

for rows, columns in [(1, 5), (5, 1), (3, 3), (4, 9), (9, 4), (6, 7), (1, 1)]:
    numbers = T.numbers(rows * columns, 3).double().reshape(rows, columns)
    tensor = torch.empty(rows, columns, dtype=torch.float64)
    with torch.no_grad():
        flat = numbers.t() if rows < columns else numbers
        q, r = torch.linalg.qr(flat)
        q = q * torch.diag(r, 0).sign()
        tensor.copy_(q.t() if rows < columns else q)
    print("%dx%d" % (rows, columns), *["%.15g" % v for v in tensor.flatten().tolist()])
