"""What random networks are trained for and how: outputs with their losses, metrics, targets, optimizers, and the data."""

import keras
import numpy as np
from keras import layers as L
from keras import losses as J
from keras import metrics as M
from keras import optimizers as O

from parts import weights

S = O.schedules


def flat(d, x):
    """One vector for each sample."""
    if len(x.shape) == 2:
        return x
    if len(x.shape) == 3 and d.chance(0.5):
        return d.one(L.GlobalAveragePooling1D, L.GlobalMaxPooling1D)()(x)
    if len(x.shape) == 4 and d.chance(0.5):
        return L.GlobalAveragePooling2D()(x)
    if None in x.shape[1:]:
        return L.GlobalAveragePooling1D()(x)
    return L.Flatten()(x)


def head(d, x, i):
    """An output with what it is asked for. Answers for each place of a sequence, or one for all of it."""
    for_each = len(x.shape) == 3 and x.shape[1] is not None and d.chance(0.4)
    h = x if for_each else flat(d, x)
    task = d.weighted({"classes": 3, "one-hot": 2, "binary": 2, "numbers": 4})
    width = {"classes": d.whole(2, 5), "one-hot": d.whole(2, 5), "binary": d.one(1, 1, 3), "numbers": d.whole(1, 3)}[task]
    if for_each and task == "binary":
        width = 1
    logits = d.chance(0.3) and task != "numbers"
    last = {"classes": "softmax", "one-hot": "softmax", "binary": "sigmoid", "numbers": d.one("linear", "linear", "softplus", "sigmoid")}[task]
    said = {"name": f"answer_{i}"} if d.chance(0.3) else {}
    output = L.Dense(width, activation="linear" if logits else last, **weights(d, "kernel", "bias"), **said)(h)
    places = tuple(h.shape[1:-1])
    return {"output": output, "task": task, "width": width, "places": places, "logits": logits, "loss": loss(d, task, logits, last, width), "metrics": metrics(d, task, logits, width, for_each), "last": last}


def loss(d, task, logits, last, width):
    r = d.some(0.15, reduction=lambda: d.one("sum", "sum_over_batch_size", "mean_with_sample_weight"))
    smooth = d.some(0.3, label_smoothing=lambda: d.number(0.02, 0.2))
    says = {"from_logits": True} if logits else {}
    if task == "classes":
        return d.one(
            lambda: "sparse_categorical_crossentropy" if not logits else J.SparseCategoricalCrossentropy(from_logits=True),
            lambda: J.SparseCategoricalCrossentropy(**says, **d.some(0.2, ignore_class=lambda: d.one(0, 1)), **r),
        )()
    if task == "one-hot":
        options = [lambda: J.CategoricalCrossentropy(**says, **smooth, **r), lambda: J.CategoricalFocalCrossentropy(gamma=d.number(1, 3), alpha=d.number(0.2, 0.6), **says, **smooth, **r)]
        if not logits:
            options += [
                lambda: "categorical_crossentropy",
                lambda: J.CategoricalGeneralizedCrossEntropy(q=d.number(0.3, 0.9), **r),
                lambda: J.CategoricalHinge(**r),
                lambda: J.KLDivergence(**r),
                lambda: J.Dice(**d.some(0.3, axis=lambda: -1)),
                lambda: J.Tversky(alpha=d.number(0.3, 0.7), beta=d.number(0.3, 0.7)),
                lambda: "kl_divergence",
            ]
        return d.one(*options)()
    if task == "binary":
        options = [lambda: J.BinaryCrossentropy(**says, **smooth, **r), lambda: J.BinaryFocalCrossentropy(apply_class_balancing=d.chance(), gamma=d.number(1, 3), **says, **smooth, **r)]
        if not logits:
            options += [lambda: "binary_crossentropy", lambda: J.Hinge(**r), lambda: J.SquaredHinge(**r), lambda: "hinge", lambda: J.MeanSquaredError(**r)]
        return d.one(*options)()
    return d.one(
        lambda: d.one("mse", "mae", "mape", "msle", "log_cosh", "huber", "mean_squared_error", "logcosh"),
        lambda: J.MeanSquaredError(**r),
        lambda: J.MeanAbsoluteError(**r),
        lambda: J.MeanAbsolutePercentageError(**r),
        lambda: J.MeanSquaredLogarithmicError(**r),
        lambda: J.Huber(**r),
        lambda: J.LogCosh(**r),
        lambda: d.one("mse", J.MeanSquaredError()) if last == "linear" else J.Poisson(**r),  # Of a negative answer it is no number.
        lambda: "mse" if width == 1 else J.CosineSimilarity(**d.some(0.3, axis=lambda: -1), **r),  # One number has no direction: no slope but by rounding.
    )()


def metrics(d, task, logits, width, for_each):
    options = {
        "classes": [d.one("accuracy", "acc"), lambda: M.SparseCategoricalAccuracy(), lambda: M.SparseTopKCategoricalAccuracy(k=2)],
        "one-hot": ["accuracy", lambda: M.TopKCategoricalAccuracy(k=2), *([] if logits or for_each else [lambda: M.F1Score(average=d.one("macro", "micro", "weighted")), "precision", lambda: M.AUC(curve=d.one("ROC", "PR")), "recall"])],
        "binary": ["accuracy", *([] if logits else [lambda: M.BinaryAccuracy(threshold=d.number(0.3, 0.7)), lambda: M.Precision(thresholds=d.one(None, 0.4)), lambda: M.Recall(), lambda: M.AUC(curve=d.one("ROC", "PR"))]), "mse"],
        "numbers": ["mae", "mse", lambda: M.RootMeanSquaredError(), lambda: M.MeanAbsolutePercentageError(), *([] if for_each else [lambda: M.R2Score()]), "cosine_similarity", lambda: M.MeanSquaredLogarithmicError(), lambda: M.LogCoshError()],
    }[task]
    return [one if isinstance(one, str) else one() for one in d.several(options, 2)]


def schedule(d, rate):
    return d.one(
        lambda: S.ExponentialDecay(rate, d.whole(3, 20), d.number(0.5, 0.95), staircase=d.chance()),
        lambda: S.InverseTimeDecay(rate, d.whole(3, 20), d.number(0.2, 0.8), staircase=d.chance()),
        lambda: S.PiecewiseConstantDecay([d.whole(2, 8), d.whole(9, 15)], [rate, rate / 2, rate / 5]),
        lambda: S.PolynomialDecay(rate, d.whole(5, 20), rate / 10, power=d.one(1.0, 2.0), cycle=d.chance(0.3)),
        lambda: S.CosineDecay(rate, d.whole(5, 30), alpha=d.number(0, 0.2)),
        lambda: S.CosineDecay(rate / 10, d.whole(5, 20), warmup_target=rate, warmup_steps=d.whole(2, 6)),
        lambda: S.CosineDecayRestarts(rate, d.whole(4, 9), t_mul=d.one(1.0, 2.0), m_mul=d.one(1.0, 0.8), alpha=d.number(0, 0.1)),
    )()


RATES = {"SGD": (0.003, 0.03), "RMSprop": (0.0005, 0.003), "Adam": (0.0005, 0.004), "AdamW": (0.0005, 0.004), "Adamax": (0.001, 0.004), "Nadam": (0.0005, 0.003), "Adagrad": (0.005, 0.03), "Adadelta": (0.1, 0.7), "Ftrl": (0.005, 0.03), "Lion": (0.0002, 0.001), "Lamb": (0.0005, 0.004)}
OWN = {
    "SGD": lambda d: d.some(0.5, momentum=lambda: d.number(0.3, 0.95), nesterov=lambda: True),
    "RMSprop": lambda d: d.some(0.3, rho=lambda: d.number(0.7, 0.95), momentum=lambda: d.number(0.2, 0.8), centered=lambda: True),
    "Adam": lambda d: d.some(0.25, beta_1=lambda: d.number(0.8, 0.95), beta_2=lambda: d.number(0.9, 0.999), epsilon=lambda: 1e-4, amsgrad=lambda: True),
    "AdamW": lambda d: d.some(0.25, beta_1=lambda: d.number(0.8, 0.95), epsilon=lambda: 1e-4, amsgrad=lambda: True),
    "Adagrad": lambda d: d.some(0.3, initial_accumulator_value=lambda: d.number(0.05, 0.3)),
    "Adadelta": lambda d: d.some(0.3, rho=lambda: d.number(0.8, 0.97)),
    "Ftrl": lambda d: d.some(0.25, l1_regularization_strength=lambda: d.number(0.001, 0.01), l2_regularization_strength=lambda: d.number(0.001, 0.01), beta=lambda: d.number(0.1, 0.5), l2_shrinkage_regularization_strength=lambda: d.number(0.001, 0.01)),
    "Lion": lambda d: d.some(0.25, beta_1=lambda: d.number(0.8, 0.95)),
}


def optimizer(d):
    name = d.one(*RATES)
    rate = d.number(*RATES[name])
    if d.chance(0.05):
        return name.lower()
    said = OWN[name](d) if name in OWN else {}
    said |= d.some(0.2, weight_decay=lambda: d.number(0.001, 0.05))
    said |= d.one({}, {}, {}, {"clipnorm": d.number(0.2, 2)}, {"clipvalue": d.number(0.05, 0.5)}, {"global_clipnorm": d.number(0.2, 2)})
    if d.chance(0.12):
        said |= {"use_ema": True, "ema_momentum": d.number(0.5, 0.99), **d.some(0.5, ema_overwrite_frequency=lambda: d.whole(2, 7))}
    said |= d.some(0.05, loss_scale_factor=lambda: 8.0, gradient_accumulation_steps=lambda: d.whole(2, 4))
    return getattr(O, name)(schedule(d, rate) if d.chance(0.25) else rate, **said)


def compile_model(d, model, heads):
    losses, measures = [one["loss"] for one in heads], [one["metrics"] for one in heads]
    said = {}
    if len(heads) > 1 and d.chance():
        weights = [d.number(0.2, 2) for _ in heads]
        said["loss_weights"] = dict(zip(model.output_names, weights, strict=True)) if d.chance() and len(set(model.output_names)) == len(heads) else weights
    by_name = len(heads) > 1 and d.chance(0.3) and len(set(model.output_names)) == len(heads)
    pack = lambda values: values[0] if len(values) == 1 else dict(zip(model.output_names, values, strict=True)) if by_name else values
    if any(measures):
        said[d.weighted({"metrics": 4, "weighted_metrics": 1})] = pack(measures)
    model.compile(optimizer(d), pack(losses), jit_compile=False, **said)


# Data


def inputs_of(d, spec, count):
    shape, rng = spec["shape"], d.rng
    if "words" in spec:
        words = rng.integers(1, spec["words"], size=(count, *shape))
        return padded(d, words, spec).astype(spec["dtype"])
    if spec["dtype"] == "uint8":
        return rng.integers(0, 256, size=(count, *shape)).astype("uint8")
    if spec["dtype"] == "int32":
        return rng.integers(-2, 4, size=(count, *shape)).astype("int32")
    return padded(d, rng.normal(size=(count, *shape)), spec).astype(spec["dtype"])


def padded(d, values, spec):
    """Zeros at the end, rarely at the start or in the midst, as texts are padded."""
    if not spec.get("padded"):
        return values
    length = values.shape[1]
    lengths = d.rng.integers(1, length + 1, size=len(values))
    at = np.arange(length)[None]
    kept = d.weighted({"end": 6, "start": 2, "midst": 1})
    keep = at < lengths[:, None] if kept == "end" else at >= length - lengths[:, None] if kept == "start" else (at == 0) | (d.rng.uniform(size=(len(values), length)) < 0.7)
    return np.where(keep.reshape(*keep.shape, *[1] * (values.ndim - 2)), values, 0)


def target_of(d, one, count):
    shape = (count, *one["places"])
    if one["task"] in ("classes", "one-hot"):
        classes = d.rng.integers(0, one["width"], size=shape)
        classes.reshape(-1)[: one["width"]] = np.arange(one["width"])
        if one["task"] == "classes":
            return classes.astype(d.one("int32", "int64", "uint8")).reshape(*shape, *([1] if not one["places"] and d.chance(0.3) else []))
        return np.eye(one["width"], dtype="float32")[classes]
    if one["task"] == "binary":
        return d.rng.integers(0, 2, size=(*shape, one["width"])).astype(d.one("int32", "float32", "uint8"))
    low, high = (0.05, 0.95) if one["last"] == "sigmoid" else (0.1, 1.5)
    return d.rng.uniform(low, high, size=(*shape, one["width"])).astype("float32")


def data_for(d, specs, heads, count):
    xs, ys = [inputs_of(d, spec, count) for spec in specs], [target_of(d, one, count) for one in heads]
    weighting = d.weighted({"none": 6, "samples": 1.2, "classes": 1})
    sample = class_weight = None
    # Keras lays one weight for each sample along the steps where an answer has some: it fails, or weighs steps where there are as many.
    if weighting == "samples" and not any(one["places"] for one in heads):
        sample = d.rng.uniform(0, 2, size=count).astype("float32")
    elif weighting == "classes" and len(heads) == 1 and heads[0]["task"] in ("classes", "one-hot") and not heads[0]["places"]:
        class_weight = {i: d.number(0.3, 2) for i in range(heads[0]["width"])}
    return xs, ys, sample, class_weight
