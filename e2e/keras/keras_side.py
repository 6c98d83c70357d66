# Keras' side of the check of model files. Two commands, both for a folder with one sub-folder per network:
#
#   make FOLDER              builds and compiles every network, saves it as .keras and .h5 with data.npz beside it, then trains it and
#                            writes what every batch lost
#   go-on FOLDER NETWORK …   loads taken.keras of these networks, as it is and with warnings as errors, and trains it one epoch further
#
# Batches come in the order of the data. Prints nothing but errors; results are losses.json and further.json.

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


# name: network, optimizer, loss, metrics, shape of a sample, what is asked for
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
    # SGD, because Keras on TensorFlow squares the gradients of a word that occurs twice before it adds them: with an optimizer that
    # looks at squares it then takes other steps than on its other backends, and than the formula says.
    "words": (lambda: chain((4,), L.Embedding(20, 6), L.SimpleRNN(5), L.Dense(3, "softmax")), O.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", ["accuracy"], (4,), 3),
}


def data_for(name, shape, classes):
    rng = np.random.default_rng(sum(map(ord, name)))
    x = rng.integers(0, 20, (SAMPLES, *shape)).astype("float32") if name == "words" else rng.normal(size=(SAMPLES, *shape)).astype("float32")
    flat = x.reshape(SAMPLES, -1).sum(1) / np.sqrt(x[0].size)
    if classes == 0:
        return x, np.tanh(flat).astype("float32")[:, None]
    y = np.digitize(flat, np.quantile(flat, np.arange(1, classes) / classes)).astype("int32")
    return x, y


def train(model, x, y, epochs):
    losses = []
    for _ in range(epochs):
        for start in range(0, SAMPLES, BATCH):
            model.reset_metrics()
            losses.append(float(model.train_on_batch(x[start : start + BATCH], y[start : start + BATCH], return_dict=True)["loss"]))
    return losses


def write(path, value):
    with open(path, "w") as f:
        json.dump(value, f)


def make(folder):
    for name, (build, optimizer, loss, metrics, shape, classes) in NETWORKS.items():
        own = os.path.join(folder, name)
        os.makedirs(own)
        keras.utils.set_random_seed(3)
        model = build()
        model.compile(optimizer, loss, metrics=metrics)
        x, y = data_for(name, shape, classes)
        np.savez(os.path.join(own, "data.npz"), x=x, y=y)
        for ending in ["keras", "h5"]:
            model.save(os.path.join(own, f"model.{ending}"))
        write(os.path.join(own, "losses.json"), train(model, x, y, EPOCHS))


def go_on(folder, *names):
    warnings.simplefilter("error")
    for name in names:
        own = os.path.join(folder, name)
        model = keras.saving.load_model(os.path.join(own, "taken.keras"))
        with np.load(os.path.join(own, "data.npz")) as data:
            write(os.path.join(own, "further.json"), train(model, data["x"], data["y"], 1))


{"make": make, "go-on": go_on}[sys.argv[1]](*sys.argv[2:])
