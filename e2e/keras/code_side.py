"""Runs generated code as it stands, in Keras or in PyTorch, and tells what it made: parameters and the shapes of outputs. Only how long it trains is cut
short, and datasets that would be fetched are numbers of their shape. Arguments: keras or pytorch, the cases as JSON, and a folder to work in."""

import contextlib
import io
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np


def digits():
    rng = np.random.default_rng(0)
    part = lambda rows: (rng.integers(0, 256, (rows, 28, 28)).astype("uint8"), np.arange(rows, dtype="uint8") % 10)
    return part(256), part(64)


def cut_short():
    import keras

    keras.datasets.mnist.load_data = digits
    keras.datasets.fashion_mnist.load_data = digits
    fit, evaluate = keras.Model.fit, keras.Model.evaluate
    keras.Model.fit = lambda self, *args, **more: fit(self, *args, **{**more, "epochs": 1, "steps_per_epoch": 1, "validation_steps": 1, "verbose": 0})
    keras.Model.evaluate = lambda self, *args, **more: evaluate(self, *args, **{**more, "steps": 1, "verbose": 0})


def write_arrays(arrays):
    """Files that the code reads: whole numbers below the number of classes, or fractions."""
    rng = np.random.default_rng(0)
    for path, columns in arrays.items():
        made = {
            name + ending: np.arange(128 * int(np.prod(shape)), dtype="int32").reshape(128, *shape) % below if below else rng.random((128, *shape)).astype("float32")
            for name, (shape, below) in columns.items()
            for ending in ("", "_test")
        }
        np.savez(path, **made)


def run(code):
    space = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "generated", "exec"), space)
    return space


def in_keras(case):
    import keras

    keras.backend.clear_session()
    model = run(case["keras"])["model"]
    outputs = model.outputs if isinstance(model.outputs, list) else [model.outputs]
    return {"parameters": model.count_params(), "outputs": [list(one.shape[1:]) for one in outputs]}


def in_torch(case):
    import torch

    model = run(case["pytorch"])["model"].eval()
    counted = [tensor for tensor in [*model.parameters(), *model.buffers()] if tensor.is_floating_point()]
    with torch.no_grad():
        result = model(*[torch.zeros(shape) for shape in case["fed"]])
    results = result if isinstance(result, tuple) else (result,)
    return {"parameters": sum(tensor.numel() for tensor in counted), "outputs": [list(one.shape[1:]) for one in results]}


def outcome(work, case):
    try:
        return work(case)
    except NotImplementedError as error:
        return {"words": str(error)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main(which, cases, folder):
    os.chdir(folder)
    work = in_keras if which == "keras" else in_torch
    if which == "keras":
        cut_short()
    told = []
    for case in json.load(open(cases)):
        write_arrays(case["arrays"])
        told.append(outcome(work, case))
        print(f"{len(told)} {case['name']}", file=sys.stderr)
    json.dump(told, open("told.json", "w"))


main(*sys.argv[1:])
