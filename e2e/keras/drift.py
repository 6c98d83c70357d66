"""How far Keras drifts from itself: what a difference between a training in Keras and one here must be held against.

    .build/bench-python/bin/python e2e/keras/drift.py MODEL.keras DATA.npz [STEPS [BATCH]]

Trains the compiled model (6 steps of 8 samples, if nothing else is said) on batches in the order of the data: x and y, or x0, x1, …, y0, y1, …, and
sample_weight if it is there. Then again with every weight moved up or down by 1e-7 of itself, three times by other signs, and without the
CPU kernels of oneDNN. Prints by step the largest relative difference of the loss. A difference between two programs that is not larger says
nothing about either. Not for models with dropout or other chance: their seeds go on in the file.
"""

import json
import os
import subprocess
import sys

MOVED, SEEDS = 1e-7, 3


def train(model, data, steps, batch):
    def part(letter, start):
        arrays = [data[name][start : start + batch] for name in sorted(data) if name.startswith(letter)]
        return arrays[0] if len(arrays) == 1 else arrays

    losses = []
    for start in range(0, steps * batch, batch):
        weights = data["sample_weight"][start : start + batch] if "sample_weight" in data else None
        model.reset_metrics()
        losses.append(float(model.train_on_batch(part("x", start), part("y", start), sample_weight=weights, return_dict=True)["loss"]))
    return losses


def moved(weights, seed):
    import numpy as np

    rng = np.random.default_rng(seed)
    return [(v * (1 + MOVED * rng.choice([-1, 1], size=v.shape))).astype(v.dtype) if v.dtype.kind == "f" else v for v in weights]


def losses_of(path, data, steps, batch, seeds):
    """Losses as the file is (where a seed is None), or with its weights moved."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    import keras
    import numpy as np

    with np.load(data) as file:
        arrays = dict(file)
    steps = min(steps, len(arrays["x" if "x" in arrays else "x0"]) // batch)
    found = []
    for seed in seeds:
        model = keras.saving.load_model(path)
        if seed is not None:
            model.set_weights(moved(model.get_weights(), seed))
        found.append(train(model, arrays, steps, batch))
    return found


def apart(one, other):
    return [abs(a - b) / max(abs(b), 1e-6) for a, b in zip(one, other, strict=True)]


def in_own_process(onednn, seeds, words):
    """oneDNN is chosen once, before TensorFlow starts."""
    env = {**os.environ, "TF_ENABLE_ONEDNN_OPTS": onednn, "DRIFT_SEEDS": json.dumps(seeds)}
    done = subprocess.run([sys.executable, __file__, *words], env=env, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def show(what, differences):
    print(f"{what:<32} largest {max(differences):.1e}   by step {' '.join(f'{one:.0e}' for one in differences)}")


def main(path, data, steps="6", batch="8"):
    if "DRIFT_SEEDS" in os.environ:
        print(json.dumps(losses_of(path, data, int(steps), int(batch), json.loads(os.environ["DRIFT_SEEDS"]))))
        return
    words = [path, data, steps, batch]
    plain, *others = in_own_process("1", [None, *range(SEEDS)], words)
    [without] = in_own_process("0", [None], words)
    show(f"weights moved by {MOVED}", [max(step) for step in zip(*[apart(one, plain) for one in others], strict=True)])
    show("without oneDNN", apart(without, plain))


main(*sys.argv[1:])
