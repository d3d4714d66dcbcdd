"""Times optimizer.step() and clipping of a network's gradients in PyTorch on one thread; prints lines "name microseconds" of
processor time per step. Arguments: the network's name (step.py has them), seconds for each line. foreach forms are tried too, and
the faster one counts. Lion is that of reference/engine/optimisers.py."""
import os
import sys
import time

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(HERE, "../../reference/engine")]
sys.dont_write_bytecode = True
from optimisers import Lion
from step import NETWORKS

name, seconds = sys.argv[1], float(sys.argv[2])
torch.set_num_threads(1)
O, clip = torch.optim, torch.nn.utils
CYCLE = lambda o: O.lr_scheduler.OneCycleLR(o, 0.001, total_steps=10**9)
CASES = {
    "sgd": ([lambda p: O.SGD(p, 0.001, momentum=0.9), lambda p: O.SGD(p, 0.001, momentum=0.9, foreach=True)], None, None),
    "rmsprop": ([lambda p: O.RMSprop(p, 0.001), lambda p: O.RMSprop(p, 0.001, foreach=True)], None, None),
    "adagrad": ([lambda p: O.Adagrad(p, 0.001), lambda p: O.Adagrad(p, 0.001, foreach=True)], None, None),
    "adam": ([lambda p: O.Adam(p, 0.001), lambda p: O.Adam(p, 0.001, foreach=True)], None, None),
    "lion": ([lambda p: Lion(p, 0.001, weight_decay=0.1)], None, None),
    "sgd+clip_norm": ([lambda p: O.SGD(p, 0.001, momentum=0.9)], lambda p: clip.clip_grad_norm_(p, 1.0), None),
    "sgd+clip_value": ([lambda p: O.SGD(p, 0.001, momentum=0.9)], lambda p: clip.clip_grad_value_(p, 0.5), None),
    "adam+one_cycle": ([lambda p: O.Adam(p, 0.001)], None, CYCLE),
}


def microseconds(make, limit, schedule):
    parameters = list(NETWORKS[name][0]().parameters())
    for p in parameters:
        p.grad = torch.randn_like(p)
    optimizer = make(parameters)
    plan = schedule(optimizer) if schedule else None
    times, start = [], time.perf_counter()
    while not times or time.perf_counter() - start < 2 * seconds:
        before = time.thread_time()
        for _ in range(100):
            if limit:
                limit(parameters)
            optimizer.step()
            if plan:
                plan.step()
        spent = (time.thread_time() - before) * 1e4
        if time.perf_counter() - start > seconds:
            times.append(spent)
    return sorted(times)[len(times) // 2]


for case, (makes, limit, schedule) in CASES.items():
    print(case, "%.3f" % min(microseconds(make, limit, schedule) for make in makes), flush=True)
