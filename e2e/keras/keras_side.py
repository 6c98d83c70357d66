# Keras' side of the check of model files. Two commands, both for a folder with one sub-folder per network:
#
#   make FOLDER [NETWORK …]  builds and compiles these networks, or all, saves it as .keras and .h5 with data.npz beside it, then trains it and
#                            writes what every batch lost
#   go-on FOLDER NETWORK …   loads taken.keras and taken.h5 of these networks, as they are and with warnings as errors, sees that both
#                            predict the same, and trains each one epoch further
#
# Batches come in the order of the data. Prints nothing but errors; results are losses.json, further.json and older.json.

import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import numpy as np
from keras import layers as L
from keras import optimizers as O

BATCH, EPOCHS, SAMPLES = 16, 2, 80


def chain(shape, *layers):
    return keras.Sequential([keras.Input(shape), *layers])


def residual():
    x = keras.Input((8, 8, 3))
    a = L.BatchNormalization()(L.Conv2D(4, 3, padding="same", use_bias=False)(x))
    b = L.Conv2D(4, 1, activation="relu")(x)
    c = L.MaxPooling2D()(L.Add()([b, L.Activation("relu")(a)]))
    d = L.Conv2D(6, 3, strides=2, padding="same")(c)
    e = L.Concatenate()([L.GlobalAveragePooling2D()(d), L.Flatten()(L.AveragePooling2D(4)(c))])
    return keras.Model(x, L.Dense(3, activation="softmax")(e))


def thin_convolutions():
    x = keras.Input((8, 8, 3))
    a = L.ReLU()(L.SeparableConv2D(6, 3, padding="same")(x))
    b = L.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(x)
    c = L.Multiply()([a, b])
    d = L.Conv2DTranspose(4, 3, strides=2, padding="same")(L.MaxPooling2D()(c))
    e = L.LayerNormalization()(L.GlobalMaxPooling2D()(d))
    return keras.Model(x, L.Dense(3, activation="softmax")(L.PReLU()(e)))


def towers():
    """Two inputs, a tower and a normalization that both share, a frozen layer, an inner model, two outputs of which one goes on."""
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    tower = keras.Sequential([keras.Input((4,)), L.Dense(5, activation="tanh"), L.BatchNormalization()], name="tower")
    gap = L.Subtract()([tower(left), tower(right)])
    frozen = L.Dense(5, activation="relu", name="frozen")
    frozen.trainable = False
    again = L.Dense(5, activation="tanh", kernel_regularizer=keras.regularizers.L2(0.01))
    size = L.Dense(1, name="size")(again(again(frozen(gap))))
    kind = L.Dense(3, activation="softmax", name="kind")(L.Concatenate()([gap, size]))
    return keras.Model([left, right], [kind, size])


def copying():
    x = keras.Input((6,))
    code = L.Dense(3, activation="relu")(x)
    return keras.Model(x, L.Dense(6)(code))


def translating():
    """A class for every step, from a sequence that attends to itself."""
    x = keras.Input((7, 3))
    read = L.Bidirectional(L.GRU(4, return_sequences=True))(x)
    told = read + L.MultiHeadAttention(2, 3)(read, read)
    return keras.Model(x, L.TimeDistributed(L.Dense(4, activation="softmax"))(L.LayerNormalization()(told)))


def transformer():
    """One block of an encoder."""
    x = keras.Input((7, 3))
    a = L.Dense(8)(x)
    b = L.LayerNormalization()(L.Add()([a, L.MultiHeadAttention(2, 4)(a, a)]))
    c = L.LayerNormalization()(L.Add()([b, L.Dense(8)(L.Dense(16, activation="gelu")(b))]))
    return keras.Model(x, L.Dense(3, activation="softmax")(L.GlobalAveragePooling1D()(c)))


def pictures():
    """Prepared pictures: a mean and a variance that are there already, other sizes; kernels that are held by constraints."""
    scale = L.Normalization()
    scale.adapt(np.random.default_rng(5).normal(1, 2, (40, 8, 8, 3)).astype("float32"))
    held = L.Conv2D(4, 3, activation="relu", kernel_constraint=keras.constraints.MaxNorm(0.5, axis=[0, 1, 2]))
    apart = L.Dense(5, "tanh", kernel_regularizer=keras.regularizers.OrthogonalRegularizer(0.05))
    return chain((8, 8, 3), scale, L.Rescaling(0.5, 0.25), L.Resizing(6, 9), L.CenterCrop(5, 5), held, L.Flatten(), apart, L.Dense(3, "softmax", kernel_constraint="non_neg"))


# name: network, optimizer, loss, metrics, shape of a sample (of several inputs: of each), what is asked for (so many classes, 0: numbers,
# "copy": what comes in, "steps": a class for every step; of several outputs: of each)
NETWORKS = {
    "mlp": (lambda: chain((6,), L.Dense(8, "relu"), L.Dense(3, "softmax")), O.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", ["accuracy"], (6,), 3),
    "scores": (lambda: chain((6,), L.Dense(8, "tanh"), L.Dense(1, "sigmoid")), O.Adam(0.01), "binary_crossentropy", ["accuracy"], (6,), 2),
    "regression": (lambda: chain((5,), L.Dense(8, "relu"), L.Dense(1)), O.RMSprop(0.01, centered=True, momentum=0.5), "mse", ["mae"], (5,), 0),
    "cnn": (lambda: chain((10, 10, 1), L.Conv2D(4, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(3, "softmax")), O.Adam(0.01, amsgrad=True), "sparse_categorical_crossentropy", ["accuracy"], (10, 10, 1), 3),
    "residual": (residual, O.Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"], (8, 8, 3), 3),
    "lstm": (lambda: chain((7, 3), L.LSTM(5, return_sequences=True), L.LSTM(4), L.Dense(1)), O.Adam(0.01), "mean_squared_error", ["mae"], (7, 3), 0),
    "gru": (lambda: chain((7, 3), L.GRU(5, return_sequences=True), L.GRU(4, reset_after=False), L.Dense(3, "softmax")), O.RMSprop(0.01), "sparse_categorical_crossentropy", ["accuracy"], (7, 3), 3),
    "thin": (thin_convolutions, O.AdamW(0.01), "sparse_categorical_crossentropy", ["accuracy"], (8, 8, 3), 3),
    "steps": (lambda: chain((9, 2), L.Conv1D(4, 3, padding="causal", activation="gelu"), L.MaxPooling1D(), L.Conv1D(3, 2), L.GlobalAveragePooling1D(), L.Dense(1)), O.Adamax(0.01), "huber", ["mae"], (9, 2), 0),
    "adagrad": (lambda: chain((6,), L.Dense(8, "silu"), L.Dense(3, "softmax")), O.Adagrad(0.1), "sparse_categorical_crossentropy", ["accuracy"], (6,), 3),
    "adadelta": (lambda: chain((6,), L.Dense(8, "selu"), L.Dense(3, "softmax")), O.Adadelta(1.0), "sparse_categorical_crossentropy", ["accuracy"], (6,), 3),
    "ftrl": (lambda: chain((6,), L.Dense(8, "elu"), L.Dense(3, "softmax")), O.Ftrl(0.1, l2_regularization_strength=0.01), "sparse_categorical_crossentropy", ["accuracy"], (6,), 3),
    "lion": (lambda: chain((6,), L.Dense(8, "mish"), L.Dense(3, "softmax")), O.Lion(0.01), "sparse_categorical_crossentropy", ["accuracy"], (6,), 3),
    "nadam": (lambda: chain((6,), L.Dense(8, "softsign"), L.Dense(3, "softmax")), O.Nadam(0.01), "sparse_categorical_crossentropy", ["accuracy"], (6,), 3),
    "normed": (lambda: chain((6,), L.Dense(8), L.BatchNormalization(), L.ReLU(), L.Dense(3, "softmax")), O.Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"], (6,), 3),
    "bilstm": (lambda: chain((7, 3), L.Bidirectional(L.LSTM(4)), L.Dense(1)), O.Adam(0.01), "mean_squared_error", ["mae"], (7, 3), 0),
    "transformer": (transformer, O.Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"], (7, 3), 3),
    "towers": (towers, O.SGD(0.05, momentum=0.9), ["sparse_categorical_crossentropy", "mean_absolute_error"], [["accuracy"], ["mae"]], [(4,), (4,)], [3, 0]),
    "pictures": (pictures, O.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", ["accuracy"], (8, 8, 3), 3),
    "copying": (copying, O.Adam(0.01), "mse", ["mae"], (6,), "copy"),
    "translating": (translating, O.Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"], (7, 3), "steps"),
    # SGD, because Keras on TensorFlow squares the gradients of a word that occurs twice before it adds them: with an optimizer that
    # looks at squares it then takes other steps than on its other backends, and than the formula says.
    "words": (lambda: chain((4,), L.Embedding(20, 6), L.SimpleRNN(5), L.Dense(3, "softmax")), O.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", ["accuracy"], (4,), 3),
}


def inputs_for(rng, name, shape):
    return rng.integers(0, 20, (SAMPLES, *shape)).astype("float32") if name == "words" else rng.normal(size=(SAMPLES, *shape)).astype("float32")


def labels_for(x, asked):
    if asked == "copy":
        return x
    if asked == "steps":
        return np.digitize(x.sum(-1), [-1, 0, 1]).astype("int32")
    flat = x.reshape(SAMPLES, -1).sum(1) / np.sqrt(x[0].size)
    if asked == 0:
        return np.tanh(flat).astype("float32")[:, None]
    return np.digitize(flat, np.quantile(flat, np.arange(1, asked) / asked)).astype("int32")


def data_for(name, shape, asked):
    """Arrays by their names in the file: x and y, or x0, x1, … and y0, y1, …"""
    rng = np.random.default_rng(sum(map(ord, name)))
    if not isinstance(shape, list):
        x = inputs_for(rng, name, shape)
        return {"x": x, "y": labels_for(x, asked)}
    x = [inputs_for(rng, name, one) for one in shape]
    y = [labels_for(x[0] + x[1] * (i + 1), one) for i, one in enumerate(asked)]
    return {f"{letter}{i}": array for letter, arrays in (("x", x), ("y", y)) for i, array in enumerate(arrays)}


def part(data, letter, start):
    arrays = [data[name][start : start + BATCH] for name in sorted(data) if name.startswith(letter)]
    return arrays[0] if len(arrays) == 1 else arrays


def train(model, data, epochs):
    losses = []
    for _ in range(epochs):
        for start in range(0, SAMPLES, BATCH):
            model.reset_metrics()
            losses.append(float(model.train_on_batch(part(data, "x", start), part(data, "y", start), return_dict=True)["loss"]))
    return losses


def write(path, value):
    with open(path, "w") as f:
        json.dump(value, f)


def make(folder, *names):
    for name in names or NETWORKS:
        build, optimizer, loss, metrics, shape, asked = NETWORKS[name]
        own = os.path.join(folder, name)
        os.makedirs(own)
        keras.utils.set_random_seed(3)
        model = build()
        model.compile(optimizer, loss, metrics=metrics)
        data = data_for(name, shape, asked)
        np.savez(os.path.join(own, "data.npz"), **data)
        for ending in ["keras", "h5"]:
            model.save(os.path.join(own, f"model.{ending}"))
        write(os.path.join(own, "losses.json"), train(model, data, EPOCHS))


def go_on(folder, *names):
    warnings.simplefilter("error")
    for name in names:
        own = os.path.join(folder, name)
        with np.load(os.path.join(own, "data.npz")) as file:
            data = dict(file)
        models = [keras.saving.load_model(os.path.join(own, f"taken.{ending}")) for ending in ["keras", "h5"]]
        said = [keras.tree.flatten(model.predict_on_batch(part(data, "x", 0))) for model in models]
        for new, old in zip(*said, strict=True):
            np.testing.assert_allclose(old, new, rtol=1e-6, atol=1e-7, err_msg=name)
        for model, result in zip(models, ["further", "older"]):
            write(os.path.join(own, f"{result}.json"), train(model, data, 1))


{"make": make, "go-on": go_on}[sys.argv[1]](*sys.argv[2:])
