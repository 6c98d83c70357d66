"""Keras' side of the random networks: one process for all. Reads a request a line, answers a line, both JSON:

    {"do": "make", "folder": F, "seed": N, "skipped": [...], "steps": S, "batch": B}   draws, saves, trains; what it is
    {"do": "back", "folder": F, "steps": …, "batch": …}                                 loads what was written back, and goes on
    {"do": "drift", "folder": F, …}                                                     how far Keras leaves itself

In F: model.keras (and model.h5), data.npz, end.keras, and (for itself) predictions.
"""

import contextlib
import io
import json
import math
import os
import pathlib
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import keras
import numpy as np
from keras import optimizers as O
from keras.src.optimizers.base_optimizer import BaseOptimizer

from graph import Graph
from training import compile_model, data_for

# As in ../../parity/keras_side.py: Keras' own loop over the weights, which is compiled several times quicker.
O.Optimizer._backend_update_step = BaseOptimizer._backend_update_step

FURTHER, MOVED, DRIFTS, TURNS = 2, 1e-7, 2, 4


def one_or_all(values):
    return values[0] if len(values) == 1 else values


def finite(value):
    return float(value) if math.isfinite(float(value)) else None


def named(letter, arrays):
    return {f"{letter}{i}" if len(arrays) > 1 else letter: array for i, array in enumerate(arrays)}


def read_data(own):
    with np.load(own / "data.npz") as data:
        arrays = dict(data)
    of = lambda letter: [arrays[name] for name in sorted(arrays) if name[0] == letter and name != "sample_weight"]
    return of("x"), of("y"), arrays.get("sample_weight"), json.loads((own / "asked.json").read_text())["class_weight"]


def train(model, data, first, steps, batch):
    """What each step says of itself."""
    xs, ys, sample, by_class = data
    told = []
    for step in range(first, first + steps):
        at = (step * batch) % len(xs[0])
        part = lambda arrays: one_or_all([a[at : at + batch] for a in arrays])
        weights = None if sample is None else one_or_all([sample[at : at + batch] for _ in ys])
        model.reset_metrics()
        by = {int(k): v for k, v in by_class.items()} if by_class else None
        values = model.train_on_batch(part(xs), part(ys), sample_weight=weights, class_weight=by, return_dict=True)
        told.append({key: finite(value) for key, value in values.items()})
    return told


def predictions(model, xs):
    given = model(one_or_all(xs), training=False)
    return [np.array(one) for one in (given if isinstance(given, list) else [given])]


def layers_in(model):
    """What the network is made of, also inside models and wrappers, by their classes."""
    found = []
    for one in model.layers:
        inner = one.layers if isinstance(one, keras.Model) else []
        found += layers_in(one) if inner else [type(one).__name__]
        for held in (getattr(one, "layer", None), getattr(one, "forward_layer", None), getattr(one, "cell", None)):
            if held is not None and isinstance(held, keras.Layer):
                found.append(type(held).__name__)
    return found


def make(folder, seed, skipped, steps, batch):
    """The first of a few networks of that seed that Keras can train."""
    for turn in range(TURNS):
        try:
            return make_one(folder, seed, turn, skipped, steps, batch)
        except Exception as error:
            refusal = error
    raise refusal


def make_one(folder, seed, turn, skipped, steps, batch):
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    own = pathlib.Path(folder)
    own.mkdir(parents=True, exist_ok=True)
    graph = Graph(seed, turn, set(skipped))
    model = graph.build()
    d = graph.dice(4)
    compile_model(d, model, graph.heads)
    xs, ys, sample, class_weight = data = data_for(d, graph.data, graph.heads, steps * batch)
    class_weight = data[3]
    np.savez(own / "data.npz", **named("x", xs), **named("y", ys), **({} if sample is None else {"sample_weight": sample}))
    (own / "asked.json").write_text(json.dumps({"class_weight": class_weight}))
    is_legacy = d.chance(0.2)
    model.save(own / "model.keras")
    if is_legacy:
        model.save(own / "model.h5")
    before = predictions(model, [x[:batch] for x in xs])
    told = train(model, data, 0, steps, batch) if not graph.is_chance else []
    if model.optimizer.use_ema and told:
        model.optimizer.finalize_variable_values(model.trainable_weights)  # As at the end of `fit`, and of a training here.
    model.save(own / "end.keras")
    after = predictions(model, [x[:batch] for x in xs])
    # Learning on, and the older format, cost much: of every other seed.
    further = train(model, data, 0, FURTHER, batch) if told and seed % 2 else []
    np.savez(own / "predicted.npz", **{f"before{i}": one for i, one in enumerate(before)}, **{f"after{i}": one for i, one in enumerate(after)})
    (own / "further.json").write_text(json.dumps(further))
    loss = [describe(one["loss"]) for one in graph.heads]
    return {
        **{"layers": layers_in(model), "figures": graph.done, "losses": loss, "metrics": [describe(one) for h in graph.heads for one in h["metrics"]]},
        **{"optimizer": optimizer_words(model.optimizer), "chance": graph.is_chance, "format": "h5" if is_legacy else "keras", "classWeight": class_weight},
        **{"weighted": sample is not None, "told": told, "count": graph.count, "older": seed % 2 == 0},
    }


def describe(one):
    if isinstance(one, str):
        return one
    config = {k: v for k, v in one.get_config().items() if k not in ("name", "dtype", "fn") and v is not None}
    return f"{type(one).__name__}({', '.join(f'{k}={v}' for k, v in config.items())})"


def optimizer_words(optimizer):
    plain = type(optimizer)().get_config()
    config = {k: v for k, v in optimizer.get_config().items() if k != "name" and v != plain.get(k)}
    words = {k: v["class_name"] + str(v["config"]) if isinstance(v, dict) else v for k, v in config.items()}
    return f"{type(optimizer).__name__}({', '.join(f'{k}={v}' for k, v in words.items())})"


def apart(ours, theirs):
    """The largest difference, relative to the largest value; NaN where the shapes differ."""
    if ours.shape != theirs.shape or ours.size == 0:
        return None
    scale = max(float(np.max(np.abs(theirs), where=np.isfinite(theirs), initial=0)), 1e-3)
    same = np.where(np.isfinite(theirs) | np.isfinite(ours), np.abs(ours.astype("float64") - theirs), 0)
    return finite(np.max(same) / scale)


def worst(given, expected):
    found = [apart(one, other) for one, other in zip(given, expected, strict=True)]
    return None if None in found else max(found)


def back(folder, seed, steps, batch):
    """What was taken from us, as it is, beside what Keras had; where dice are thrown, our own predictions from the start."""
    keras.backend.clear_session()
    own = pathlib.Path(folder)
    xs, *_ = data = read_data(own)
    with np.load(own / "predicted.npz") as stored:
        expected = {which: [stored[key] for key in sorted(stored.files) if key.startswith(which)] for which in ("before", "after")}
    further = json.loads((own / "further.json").read_text())
    answers = {}
    if (own / "ours.npz").exists():
        with np.load(own / "ours.npz") as ours:
            answers["ours.npz"] = {"predictions": worst([ours[key][:batch] for key in ours.files], expected["before"])}
    for name in ("taken.keras", "taken.h5"):
        if not (own / name).exists():
            continue
        try:
            model = keras.saving.load_model(own / name)
            given = predictions(model, [x[:batch] for x in xs])
            answers[name] = {} if (own / "ours.npz").exists() else {"predictions": worst(given, expected["after"])}
            if name == "taken.keras" and further:
                answers[name]["further"] = {"ours": train(model, data, 0, FURTHER, batch), "theirs": further}
        except Exception as error:
            answers[name] = {"error": f"{type(error).__name__}: {error}"[:1500]}
    return answers


def moved(weights, seed):
    rng = np.random.default_rng(seed)
    return [(v * (1 + MOVED * rng.choice([-1, 1], size=v.shape))).astype(v.dtype) if v.dtype.kind == "f" else v for v in weights]


def drift(folder, seed, steps, batch):
    """Keras beside itself with its weights moved (../drift.py), by step."""
    own = pathlib.Path(folder)
    data = read_data(own)
    losses, last = [], []
    for turn in [None, *range(DRIFTS)]:
        keras.backend.clear_session()
        model = keras.saving.load_model(own / "model.keras")
        if turn is not None:
            model.set_weights(moved(model.get_weights(), turn))
        losses.append([told["loss"] for told in train(model, data, 0, steps, batch)])
        last.append(predictions(model, [x[:batch] for x in data[0]]))
    leaves = [max((abs(a - b) / max(abs(b), 1e-6) if a is not None and b is not None else 0) for a, b in zip(one, losses[0], strict=True)) for one in losses[1:]]
    outputs = [apart(a, b) or 0 for one in last[1:] for a, b in zip(one, last[0], strict=True)]
    return {"losses": max(leaves), "predictions": max(outputs)}


DO = {"make": make, "back": back, "drift": drift}


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # Whatever else prints must not stand among the answers.
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = {"ok": DO[asked.pop("do")](**asked)}
        except Exception as error:
            said = {"error": f"{type(error).__name__}: {error}"[:1500]}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
