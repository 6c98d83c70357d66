# The other side of the bench: Keras' own fit on the same network, data, batch and optimizer. Prints one JSON object a line.
import json, os, resource, sys, time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
started = float(sys.argv[5])

import numpy as np
import keras
from keras import layers as L

model_name, data, epochs, batch = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with np.load(data) as arrays:
    x, y = arrays["x"].astype("float32") / 255, arrays["y"].astype("int32")

if model_name == "mnist-mlp":
    layers = [L.Flatten(), L.Dense(512, "relu"), L.Dense(10, "softmax")]
elif model_name == "mnist-cnn":
    x = x[..., None]
    layers = [L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(2), L.Conv2D(64, 3, activation="relu"), L.MaxPooling2D(2), L.Flatten(), L.Dense(128, "relu"), L.Dense(10, "softmax")]
else:
    layers = [L.LSTM(64), L.Dense(10, "softmax")]


class Clock(keras.callbacks.Callback):
    first = None

    def on_train_batch_end(self, batch, logs=None):
        if Clock.first is None:
            Clock.first = time.time() - started

    def on_epoch_begin(self, epoch, logs=None):
        self.begin = time.time()

    def on_epoch_end(self, epoch, logs=None):
        print(json.dumps({"epoch": epoch + 1, "samples_per_second": len(x) / (time.time() - self.begin), "loss": float(logs["loss"])}), flush=True)


model = keras.Sequential(layers)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, batch_size=batch, epochs=epochs, verbose=0, callbacks=[Clock()])
print(json.dumps({"first_batch": Clock.first, "peak_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "keras": keras.__version__}))
