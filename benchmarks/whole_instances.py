"""Writes made-up data and a study that trains the network `small` on them, for whole-instances.

    whole_instances.py DIRECTORY INSTANCES
"""
import pathlib
import sys

import numpy as np

STUDY = """\
study: {name}
seed: 1
data: {{file: data.npz, input: cells, input_scale: standard, target: energy, scale: log, validation: {held_out}, test: {held_out}}}
sample: {sample}
model:
  network:
    - conv2d: {{channels: {c1}, kernel: 3, padding: valid}}
    - activation: relu
    - maxpool: 2
    - conv2d: {{channels: {c2}, kernel: 3, padding: valid}}
    - activation: relu
    - maxpool: 2
    - flatten
    - dense: {hidden}
    - activation: relu
    - dense: 1
training: {{optimizer: {{name: adam, lr: 0.001}}, batch: {batch}, epochs: {epochs}, stability: none}}
selection: {{algorithm: exhaustive, criterion: mean, instances: {instances}}}
certificate: none
"""
directory, instances = pathlib.Path(sys.argv[1]), int(sys.argv[2])
sizes = dict(c1=8, c2=16, hidden=64, batch=256, sample=6000, epochs=25, held_out=5000)
generator = np.random.default_rng(1)
rows = 10 * sizes["sample"] + 2 * sizes["held_out"]
energy = generator.uniform(1, 100, rows).astype(np.float32)
shape = generator.dirichlet(np.ones(225), rows).reshape(rows, 15, 15)
np.savez(directory / "data.npz", cells=(energy[:, None, None] * shape).astype(np.float32), energy=energy)
(directory / "study.yaml").write_text(STUDY.format(name="whole-instances", instances=instances, **sizes))
