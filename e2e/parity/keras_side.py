"""Keras' side of the comparison. One process for all networks:

    make FOLDER STEPS BATCH OPTIMIZERS [NETWORK …]   builds each network, saves it with its data, trains it with each optimizer from the same weights
    back FOLDER                                      loads what was written back, as it is, and trains it on

Prints one line for each network. Results are JSON and model files in FOLDER/NETWORK.
"""

import json
import math
import os
import pathlib
import sys
import traceback

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf
from keras import optimizers as O
from keras.src.optimizers.base_optimizer import BaseOptimizer

from networks import ASKED, BUILD

# Keras' own loop over the weights. On TensorFlow it goes through a strategy for several devices, where a step took most of the time. What an
# optimizer does before the loop (Nadam) stays.
O.Optimizer._backend_update_step = BaseOptimizer._backend_update_step

MAKERS = {
    "sgd": lambda: O.SGD(0.01, momentum=0.9, nesterov=True),
    "rmsprop": lambda: O.RMSprop(0.001),
    "adam": lambda: O.Adam(0.002),
    "adamW": lambda: O.AdamW(0.002, weight_decay=0.01, clipnorm=1.0),
    "adamax": lambda: O.Adamax(0.002),
    "nadam": lambda: O.Nadam(0.002),
    "adagrad": lambda: O.Adagrad(0.02),
    "adadelta": lambda: O.Adadelta(0.5, global_clipnorm=1.0),
    "ftrl": lambda: O.Ftrl(0.02),
    "lion": lambda: O.Lion(0.0005, weight_decay=0.01),
    "lamb": lambda: O.Lamb(0.002, weight_decay=0.01),
}


def inputs_of(spec, rng, steps, batch):
    kind = next((part for part in spec if isinstance(part, str)), None)
    if kind is None:
        return rng.normal(size=(steps * batch, *spec)).astype("float32")
    length, _, count = spec
    words = rng.integers(1, count, size=(steps * batch, length))
    if kind == "padded":
        lengths = rng.integers(2, length + 1, size=len(words))
        words = np.where(np.arange(length)[None] < lengths[:, None], words, 0)
    return words.astype("int32")


def target_of(spec, rng, n, x):
    if spec == "input":
        return x
    kind, *rest = spec
    if kind == "classes":
        classes, *positions = rest
        return np.concatenate([np.arange(classes), rng.integers(0, classes, size=n * int(np.prod(positions or [1])) - classes)]).reshape(n, *positions).astype("int32")
    if kind == "named":
        classes, *positions = rest
        named = rng.integers(0, classes, size=(n, *positions))
        return np.where(rng.uniform(size=named.shape) < 0.2, 255, named).astype("int32")
    if kind == "binary":
        return rng.integers(0, 2, size=(n, 1)).astype("int32")
    return (rng.uniform(0.1, 1.5, size=(n, *rest))).astype("float32")


def loss_of(spec, given):
    if given:
        return given
    return {"classes": "sparse_categorical_crossentropy", "binary": "binary_crossentropy"}.get(spec[0], "mse") if spec != "input" else "mse"


def one_or_all(values):
    return values[0] if len(values) == 1 else values


def batches(arrays, batch, first, count):
    """Batch number `first` and on; after the last comes the first again."""
    whole = len(arrays[0]) // batch
    for i in range(first, first + count):
        at = (i % whole) * batch
        yield one_or_all([a[at : at + batch] for a in arrays])


def weights_of(w, ys):
    """The same for each output."""
    return None if w is None else one_or_all([w for _ in ys])


def train(model, xs, ys, w, batch, first, count):
    losses = []
    for x, y, weights in zip(batches(xs, batch, first, count), batches(ys, batch, first, count), weight_batches(w, batch, first, count)):
        model.reset_metrics()
        losses.append(finite(model.train_on_batch(x, y, sample_weight=weights_of(weights, ys), return_dict=True)["loss"]))
    return losses


def weight_batches(w, batch, first, count):
    return [None] * count if w is None else batches([w], batch, first, count)


def loss_and_gradients(model, x, y, w):
    """What a training step of Keras computes before the optimizer's turn."""
    with tf.GradientTape() as tape:
        loss = model.compute_loss(x=x, y=y, y_pred=model(x, training=True), sample_weight=w, training=True)
    return loss, tape.gradient(loss, model.trainable_variables)


def train_by_hand(model, step, xs, ys, w, batch, count):
    """As `train_on_batch`, but compiled once for all optimizers, which would otherwise take most of the time."""
    losses = []
    for x, y, weights in zip(batches(xs, batch, 0, count), batches(ys, batch, 0, count), weight_batches(w, batch, 0, count)):
        loss, gradients = step(x, y, weights_of(weights, ys))
        model.optimizer.apply(gradients, model.trainable_variables)
        losses.append(finite(loss))
    return losses


def finite(loss):
    return float(loss) if math.isfinite(float(loss)) else None


def make_one(own, name, steps, batch, optimizers):
    inputs, targets, given, weighted = ASKED[name]
    rng = np.random.default_rng(sum(map(ord, name)))
    keras.utils.set_random_seed(3)
    xs = [inputs_of(spec, rng, steps, batch) for spec in inputs]
    ys = [target_of(spec, rng, steps * batch, xs[0]) for spec in targets]
    w = rng.uniform(0, 2, size=steps * batch).astype("float32") if weighted else None
    own.mkdir(parents=True)
    np.savez(own / "data.npz", **({} if w is None else {"sample_weight": w}), **{f"x{i}" if len(xs) > 1 else "x": x for i, x in enumerate(xs)}, **{f"y{i}" if len(ys) > 1 else "y": y for i, y in enumerate(ys)})
    model = BUILD[name]()
    loss = one_or_all([loss_of(spec, given) for spec in targets])
    start = model.get_weights()
    model.compile("sgd", loss, jit_compile=False)
    model.save(own / "start.keras")
    results = {}
    step = tf.function(lambda x, y, w: loss_and_gradients(model, x, y, w))
    for optimizer in optimizers:
        model.set_weights(start)
        model.compile(MAKERS[optimizer](), loss, jit_compile=False)
        results[optimizer] = train_by_hand(model, step, xs, ys, w, batch, steps)
        model.save(own / f"{optimizer}.keras")
    (own / "losses.json").write_text(json.dumps(results))


def make(folder, steps, batch, optimizers, *names):
    for i, name in enumerate(names or BUILD):
        own = pathlib.Path(folder, f"{i:02} {name}")
        try:
            make_one(own, name, int(steps), int(batch), optimizers.split(","))
        except Exception:
            (own / "failed.txt").write_text(traceback.format_exc())
        print(name, flush=True)
        keras.backend.clear_session()


def back(folder):
    for own in sorted(pathlib.Path(folder).iterdir()):
        taken = own / "taken.keras"
        if not taken.exists():
            continue
        asked = json.loads((own / "taken.json").read_text())
        try:
            model = keras.saving.load_model(taken)
            with np.load(own / "data.npz") as data:
                xs = [data[key] for key in sorted(k for k in data.files if k.startswith("x"))]
                ys = [data[key] for key in sorted(k for k in data.files if k.startswith("y"))]
                w = data["sample_weight"] if "sample_weight" in data.files else None
            answer = {"losses": train(model, xs, ys, w, asked["batch"], asked["first"], asked["count"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:2000]}
        (own / "back.json").write_text(json.dumps(answer))
        print(own.name, flush=True)
        keras.backend.clear_session()


{"make": make, "back": back}[sys.argv[1]](*sys.argv[2:])
