"""Times numpy and scikit-learn on the inputs a benchmark wrote, and prints medians in microseconds as JSON."""

import json
import statistics
import sys
import time

import numpy as np

try:
    from sklearn.metrics import matthews_corrcoef
except ImportError:
    matthews_corrcoef = None

folder = sys.argv[1]
plan = json.load(open(f"{folder}/plan.json"))


def median_us(act, seconds):
    act()
    times, end = [], time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def bincount_mcc(labels, predictions):
    matrix = np.bincount(labels * 3 + predictions, minlength=9).reshape(3, 3)
    truth, answered, n = matrix.sum(axis=1), matrix.sum(axis=0), len(labels)
    squared = float(n * n - answered @ answered) * float(n * n - truth @ truth)
    return 0.0 if squared == 0 else (matrix.trace() * n - truth @ answered) / squared**0.5


def iou_by_sum(confidences, truth):
    mask = confidences > 0.5
    return np.logical_and(mask, truth).sum() / np.logical_or(mask, truth).sum()


def iou_by_count(confidences, truth):
    mask = confidences > 0.5
    return np.count_nonzero(mask & truth) / np.count_nonzero(mask | truth)


results, values = {}, {}


def measure(name, function, items, seconds):
    results[name] = median_us(lambda: [function(*item) for item in items], seconds)
    values[name] = [float(function(*item)) for item in items]


for n in plan["answers"]:
    rows = [np.fromfile(f"{folder}/{kind}-{n}.u8", np.uint8).reshape(-1, n) for kind in ("labels", "predictions")]
    measure(f"numpy mcc {n}", bincount_mcc, list(zip(*rows)), plan["seconds"])
    if matthews_corrcoef is not None:
        measure(f"sklearn mcc {n}", matthews_corrcoef, list(zip(*rows)), plan["seconds"])

for side in plan["sides"]:
    confidences = np.fromfile(f"{folder}/confidences-{side}.f32", np.float32).reshape(side, side)
    truth = np.fromfile(f"{folder}/truth-{side}.u8", np.uint8).reshape(side, side).astype(bool)
    measure(f"numpy iou, sum {side}", iou_by_sum, [(confidences, truth)], plan["seconds"])
    measure(f"numpy iou, count_nonzero {side}", iou_by_count, [(confidences, truth)], plan["seconds"])

versions = {"numpy": np.__version__, "sklearn": matthews_corrcoef is not None}
print(json.dumps({"versions": versions, "medians": results, "values": values}))
