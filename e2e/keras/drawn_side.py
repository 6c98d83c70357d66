"""Keras' side of the check of networks drawn here (drawn.ts). The list of cases says their folders and what their data are.

    make LIST    writes data.npz into each folder
    go-on LIST   loads taken.keras and taken.h5, as they are and with warnings as errors, compares what they give with predicted.npz, and trains
                 one epoch further where the case says so; writes told.json, or failed.txt
"""

import json
import os
import pathlib
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np

SAMPLES, BATCH = 80, 16


def column(rng, shape, below):
    size = (SAMPLES, *shape)
    return rng.integers(0, below, size=size).astype("int32") if below else rng.uniform(size=size).astype("float32")


def named(letter, arrays):
    return {letter: arrays[0]} if len(arrays) == 1 else {f"{letter}{i}": array for i, array in enumerate(arrays)}


def make(case, seed):
    rng = np.random.default_rng(seed)
    xs, ys = ([column(rng, *one) for one in case[letter]] for letter in "xy")
    np.savez(pathlib.Path(case["folder"], "data.npz"), **named("x", xs), **named("y", ys))


def part(data, letter, rows):
    arrays = [data[name][rows] for name in sorted(data) if name.startswith(letter)]
    return arrays[0] if len(arrays) == 1 else arrays


def relative(theirs, ours):
    scale = max(np.abs(theirs).max(), 1e-6)
    return float(np.abs(theirs.reshape(ours.shape) - ours).max() / scale)


def predicted(model, data, expected):
    given = model.predict(part(data, "x", slice(None)), batch_size=SAMPLES, verbose=0)
    given = given if isinstance(given, list) else [given]
    return max(relative(one, ours) for one, ours in zip(given, expected, strict=True))


def epoch(model, data, asked):
    losses = []
    for start in range(0, SAMPLES, BATCH):
        rows = slice(start, start + BATCH)
        x, y = part(data, "x", rows), part(data, asked, rows)
        model.reset_metrics()
        y = y.reshape(BATCH, *model.output_shape[1:]) if y.size == BATCH * np.prod(model.output_shape[1:]) else y
        losses.append(float(model.train_on_batch(x, y, return_dict=True)["loss"]))
    return float(np.mean(losses))


def go_on(case):
    folder = pathlib.Path(case["folder"])
    data = dict(np.load(folder / "data.npz"))
    ours = np.load(folder / "predicted.npz")
    expected = [ours[name] for name in ours.files]
    models = {ending: keras.saving.load_model(folder / f"taken.{ending}") for ending in ("keras", "h5")}
    told = {"predicted": {ending: predicted(model, data, expected) for ending, model in models.items()}, "loss": None}
    if case["trainsOn"]:
        told["loss"] = epoch(models["keras"], data, "x" if case["rebuilds"] else "y")
    (folder / "told.json").write_text(json.dumps(told))


def main(command, path):
    warnings.filterwarnings("error", module="keras")
    for number, case in enumerate(json.loads(pathlib.Path(path).read_text())):
        failed = pathlib.Path(case["folder"], "failed.txt")
        try:
            if command == "make":
                make(case, number)
            elif not failed.exists():
                go_on(case)
        except Exception as error:
            failed.write_text(f"{type(error).__name__}: {error}")


main(*sys.argv[1:])
