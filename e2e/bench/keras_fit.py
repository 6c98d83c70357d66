# The other side of the bench: Keras' own fit on the same network, data, batch and optimizer. Prints one JSON object a line.
# keras_fit.py NETWORK DATA.npz EPOCHS BATCH STARTED: the networks are those of networks.ts; STARTED is when the process was asked for, in seconds.
import json, os, resource, sys, time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = os.environ.get("NETWRIGHT_BENCH_GPU", "")
name, data, epochs, batch, started = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])

import numpy as np
import keras
from keras import layers as L

with np.load(data) as arrays:
    x, y = arrays["x"], arrays["y"].astype("int32")
    more = [arrays[key] for key in sorted(arrays) if key.startswith("x") and key != "x"]
if x.dtype == np.uint8:
    x = x.astype("float32") / 255


def mlp(*units):
    return keras.Sequential([L.Flatten()] + [L.Dense(size, "relu") for size in units] + [L.Dense(10, "softmax")])


def cnn():
    blocks = [L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(2), L.Conv2D(64, 3, activation="relu"), L.MaxPooling2D(2)]
    return keras.Sequential([L.Reshape((28, 28, 1))] + blocks + [L.Flatten(), L.Dense(128, "relu"), L.Dense(10, "softmax")])


def resnet():
    def conv(h, filters, size, stride):
        return L.Conv2D(filters, size, strides=stride, padding="same")(h)

    image = keras.Input((32, 32, 3))
    h = L.ReLU()(L.BatchNormalization()(conv(image, 16, 3, 1)))
    for stage, filters in enumerate((16, 32, 64)):
        for block in range(3):
            stride = 2 if stage and block == 0 else 1
            shortcut = h if stride == 1 else conv(h, filters, 1, 2)
            inner = L.BatchNormalization()(conv(L.ReLU()(L.BatchNormalization()(conv(h, filters, 3, stride))), filters, 3, 1))
            h = L.ReLU()(L.Add()([inner, shortcut]))
    return keras.Model(image, L.Dense(10, "softmax")(L.GlobalAveragePooling2D()(h)))


def recurrent(layer):
    return keras.Sequential([layer(64), L.Dense(10, "softmax")])


class PositionEmbedding(L.Layer):
    def build(self, shape):
        self.table = self.add_weight(shape=shape[1:], initializer="glorot_uniform")

    def call(self, h):
        return h + self.table


def transformer():
    tokens = keras.Input((64,), dtype="int32")
    h = PositionEmbedding()(L.Embedding(1000, 64)(tokens))
    for _ in range(2):
        n = L.LayerNormalization(epsilon=1e-6)(h)
        h = L.Add()([h, L.MultiHeadAttention(4, 16)(n, n)])
        h = L.Add()([h, L.Dense(64)(L.Dense(256, "relu")(L.LayerNormalization(epsilon=1e-6)(h)))])
    return keras.Model(tokens, L.Dense(10, "softmax")(L.GlobalAveragePooling1D()(h)))


def translator(layer):
    source, target = keras.Input((30,), dtype="int32"), keras.Input((30,), dtype="int32")
    read, *states = layer(64, return_sequences=True, return_state=True)(L.Embedding(1000, 64)(source))
    written = layer(64, return_sequences=True)(L.Embedding(1000, 64)(target), initial_state=states)
    told = L.Attention()([written, read])
    return keras.Model([source, target], L.Dense(10, "softmax")(L.Concatenate()([written, told])))


networks = {
    "mlp": lambda: mlp(512),
    "dense": lambda: mlp(4096, 4096),
    "cnn": cnn,
    "resnet": resnet,
    "lstm": lambda: recurrent(L.LSTM),
    "gru": lambda: recurrent(L.GRU),
    "transformer": transformer,
    "seq2seq": lambda: translator(L.LSTM),
    "seq2seq-gru": lambda: translator(L.GRU),
}


class Clock(keras.callbacks.Callback):
    first = None

    def on_train_batch_end(self, batch, logs=None):
        if Clock.first is None:
            Clock.first = time.time() - started

    def on_epoch_begin(self, epoch, logs=None):
        self.begin = time.time()

    def on_epoch_end(self, epoch, logs=None):
        print(json.dumps({"samplesPerSecond": len(x) / (time.time() - self.begin), "loss": float(logs["loss"])}), flush=True)


model = networks[name]()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit([x, *more] if more else x, y, batch_size=batch, epochs=epochs, verbose=0, callbacks=[Clock()])
print(json.dumps({"firstBatch": Clock.first, "peakMemory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
