"""The networks of the comparison with Keras, each small enough to train in a moment. Only what is built; who trains it is keras_side.py.

A network is a function without arguments that gives a model; `ASKED` says what goes in and what is asked for:
inputs: a shape for numbers, or (length, "words", count) for word numbers, (…, "padded") with zeros at the end;
targets: ("classes", n), ("classes", n, steps), ("named", n, …) with places of the class 255 among them, ("binary",), ("numbers", *shape), or "input";
weighted: each sample counts differently.
"""

import keras
import numpy as np
from keras import layers as L

ASKED = {}
BUILD = {}


def network(name, inputs, *targets, loss=None, weighted=False):
    def add(build):
        ASKED[name] = (inputs if isinstance(inputs, list) else [inputs], list(targets), loss, weighted)
        BUILD[name] = build
        return build

    return add


def chain(shape, *layers):
    return keras.Sequential([keras.Input(shape), *layers])


def softmax(n=3):
    return L.Dense(n, activation="softmax")


# Dense


@network("logistic", (6,), ("binary",))
def _():
    return chain((6,), L.Dense(1, activation="sigmoid"))


@network("mlp", (6,), ("classes", 3))
def _():
    return chain((6,), L.Dense(16, activation="relu"), L.Dense(8, activation="relu"), softmax())


@network("activations", (6,), ("numbers", 1))
def _():
    names = ["elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "tanh", "sigmoid", "leaky_relu"]
    return chain((6,), *[L.Dense(8, activation=name) for name in names], L.Dense(1))


@network("mlp batch norm", (6,), ("classes", 3))
def _():
    return chain((6,), L.Dense(12, use_bias=False), L.BatchNormalization(), L.ReLU(), L.Dense(8), L.BatchNormalization(momentum=0.9), L.Activation("tanh"), softmax())


@network("mlp layer norm", (6,), ("classes", 3))
def _():
    return chain((6,), L.Dense(12), L.LayerNormalization(), L.PReLU(), L.Dense(8), L.UnitNormalization(), softmax())


@network("mlp RMS norm", (6,), ("numbers", 2))
def _():
    return chain((6,), L.Dense(12, activation="silu"), L.RMSNormalization(), L.Dense(2))


@network("regularized", (6,), ("classes", 3))
def _():
    return chain((6,), L.Dense(12, activation="relu", kernel_regularizer=keras.regularizers.L1L2(0.001, 0.01)), L.Dense(3, activation="softmax", kernel_regularizer="l2"))


@network("constrained", (6,), ("classes", 3))
def _():
    return chain((6,), L.Dense(12, activation="relu", kernel_constraint=keras.constraints.MaxNorm(1.0)), L.Dense(3, activation="softmax", kernel_constraint="non_neg"))


@network("maxout", (6,), ("classes", 3))
def _():
    x = keras.Input((6,))
    h = L.Maximum()([L.Dense(8)(x), L.Dense(8)(x), L.Dense(8)(x)])
    return keras.Model(x, softmax()(h))


@network("residual mlp", (6,), ("numbers", 1))
def _():
    x = keras.Input((6,))
    h = L.Dense(8, activation="relu")(x)
    for _ in range(3):
        h = L.Add()([h, L.Dense(8)(L.Activation("relu")(L.Dense(8)(h)))])
    return keras.Model(x, L.Dense(1)(h))


@network("gated", (6,), ("classes", 3))
def _():
    x = keras.Input((6,))
    h = L.Multiply()([L.Dense(8)(x), L.Dense(8, activation="sigmoid")(x)])
    h = L.Subtract()([h, L.Average()([L.Dense(8)(x), L.Dense(8)(x)])])
    return keras.Model(x, softmax()(h))


@network("autoencoder", (8,), "input")
def _():
    return chain((8,), L.Dense(5, activation="relu"), L.Dense(2), L.Dense(5, activation="relu"), L.Dense(8))


# Pictures


@network("LeNet", (14, 14, 1), ("classes", 4))
def _():
    return chain((14, 14, 1), L.Conv2D(4, 3, activation="tanh", padding="same"), L.AveragePooling2D(2), L.Conv2D(6, 3, activation="tanh"), L.AveragePooling2D(2), L.Flatten(), L.Dense(10, activation="tanh"), softmax(4))


@network("VGG", (12, 12, 3), ("classes", 3))
def _():
    c = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    return chain((12, 12, 3), c(4), c(4), L.MaxPooling2D(), c(6), c(6), L.MaxPooling2D(), L.Flatten(), L.Dense(12, activation="relu"), softmax())


@network("ResNet", (8, 8, 3), ("classes", 3))
def _():
    x = keras.Input((8, 8, 3))
    h = L.ReLU()(L.BatchNormalization()(L.Conv2D(4, 3, padding="same", use_bias=False)(x)))
    for filters, strides in [(4, 1), (8, 2)]:
        short = h if strides == 1 else L.BatchNormalization()(L.Conv2D(filters, 1, strides=strides, use_bias=False)(h))
        h = L.ReLU()(L.BatchNormalization()(L.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(h)))
        h = L.BatchNormalization()(L.Conv2D(filters, 3, padding="same", use_bias=False)(h))
        h = L.ReLU()(L.Add()([h, short]))
    return keras.Model(x, softmax()(L.GlobalAveragePooling2D()(h)))


@network("Inception", (8, 8, 3), ("classes", 3))
def _():
    x = keras.Input((8, 8, 3))
    c = lambda n, k: L.Conv2D(n, k, padding="same", activation="relu")
    towers = [c(2, 1)(x), c(3, 3)(c(2, 1)(x)), c(2, 5)(c(2, 1)(x)), c(2, 1)(L.MaxPooling2D(3, strides=1, padding="same")(x))]
    return keras.Model(x, softmax()(L.GlobalMaxPooling2D()(L.Concatenate()(towers))))


@network("preprocessed", (8, 8, 3), ("classes", 3))
def _():
    x = keras.Input((8, 8, 3))
    h = (keras.applications.vgg16.preprocess_input(x * 255) / 128 - np.array([0.1, 0.2, 0.3], "float32")) / np.array([0.4, 0.5, 0.6], "float32")
    return keras.Model(x, softmax()(L.GlobalAveragePooling2D()(L.Conv2D(4, 3, activation="relu")(h))))


@network("MobileNet", (10, 10, 3), ("classes", 3))
def _():
    def block(filters, strides):
        return [L.DepthwiseConv2D(3, strides=strides, padding="same", use_bias=False), L.BatchNormalization(), L.ReLU(6.0), L.Conv2D(filters, 1, use_bias=False), L.BatchNormalization(), L.ReLU(6.0)]

    return chain((10, 10, 3), L.Conv2D(4, 3, strides=2, padding="same", use_bias=False), L.BatchNormalization(), L.ReLU(6.0), *block(6, 1), *block(8, 2), L.GlobalAveragePooling2D(), softmax())


@network("Xception", (8, 8, 3), ("classes", 3))
def _():
    x = keras.Input((8, 8, 3))
    h = L.SeparableConv2D(6, 3, padding="same", activation="relu")(x)
    h = L.Add()([L.MaxPooling2D(3, strides=2, padding="same")(L.SeparableConv2D(8, 3, padding="same")(h)), L.Conv2D(8, 1, strides=2)(h)])
    return keras.Model(x, softmax()(L.GlobalAveragePooling2D()(h)))


@network("DenseNet", (8, 8, 2), ("classes", 3))
def _():
    h = x = keras.Input((8, 8, 2))
    for _ in range(3):
        h = L.Concatenate()([h, L.Conv2D(3, 3, padding="same", activation="relu")(h)])
    return keras.Model(x, softmax()(L.GlobalAveragePooling2D()(L.AveragePooling2D(2)(h))))


@network("squeeze and excite", (8, 8, 2), ("classes", 3))
def _():
    x = keras.Input((8, 8, 2))
    h = L.Conv2D(6, 3, padding="same", activation="relu")(x)
    s = L.Reshape((1, 1, 6))(L.Dense(6, activation="sigmoid")(L.Dense(2, activation="relu")(L.GlobalAveragePooling2D()(h))))
    return keras.Model(x, softmax()(L.Flatten()(L.Multiply()([h, s]))))


@network("U-Net", (8, 8, 1), ("numbers", 8, 8, 1))
def _():
    x = keras.Input((8, 8, 1))
    c = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    a = c(4)(x)
    b = c(6)(L.MaxPooling2D()(a))
    d = c(8)(L.MaxPooling2D()(b))
    b = c(6)(L.Concatenate()([b, L.UpSampling2D()(d)]))
    a = c(4)(L.Concatenate()([a, L.Conv2DTranspose(4, 2, strides=2)(b)]))
    return keras.Model(x, L.Conv2D(1, 1)(a))


@network("dilated", (12, 12, 1), ("classes", 3))
def _():
    return chain((12, 12, 1), L.Conv2D(4, 3, dilation_rate=2, activation="relu"), L.ZeroPadding2D(1), L.Conv2D(6, 3, groups=2, activation="relu"), L.Cropping2D(2), L.Flatten(), softmax())


@network("group norm", (8, 8, 3), ("classes", 3))
def _():
    return chain((8, 8, 3), L.Conv2D(8, 3, padding="same"), L.GroupNormalization(4), L.Activation("silu"), L.Conv2D(6, 3, strides=2), L.GlobalAveragePooling2D(), softmax())


@network("generator", (5,), ("numbers", 8, 8, 1))
def _():
    return chain((5,), L.Dense(2 * 2 * 6), L.Reshape((2, 2, 6)), L.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu"), L.Conv2DTranspose(1, 4, strides=2, padding="same", activation="tanh"))


@network("convolutional autoencoder", (8, 8, 1), "input")
def _():
    return chain((8, 8, 1), L.Conv2D(4, 3, strides=2, padding="same", activation="relu"), L.Conv2D(2, 3, padding="same"), L.UpSampling2D(interpolation="bilinear"), L.Conv2D(1, 3, padding="same"))


@network("volumes", (6, 6, 6, 1), ("classes", 3))
def _():
    return chain((6, 6, 6, 1), L.Conv3D(4, 3, activation="relu"), L.MaxPooling3D(), L.Flatten(), softmax())


# Sequences


@network("causal convolutions", (10, 2), ("numbers", 1))
def _():
    c = lambda d: L.Conv1D(6, 3, padding="causal", dilation_rate=d, activation="relu")
    return chain((10, 2), c(1), c(2), c(4), L.GlobalAveragePooling1D(), L.Dense(1))


@network("pooled series", (12, 2), ("classes", 3))
def _():
    return chain((12, 2), L.ZeroPadding1D(1), L.SeparableConv1D(6, 3, activation="relu"), L.MaxPooling1D(), L.Conv1D(4, 2), L.AveragePooling1D(2), L.Permute((2, 1)), L.Flatten(), softmax())


@network("simple RNN", (7, 3), ("numbers", 1))
def _():
    return chain((7, 3), L.SimpleRNN(6), L.Dense(1))


@network("LSTM", (7, 3), ("classes", 3))
def _():
    return chain((7, 3), L.LSTM(6), softmax())


@network("two LSTMs", (7, 3), ("numbers", 1))
def _():
    return chain((7, 3), L.LSTM(6, return_sequences=True), L.LSTM(4, go_backwards=True), L.Dense(1))


@network("GRU", (7, 3), ("classes", 3))
def _():
    return chain((7, 3), L.GRU(6), softmax())


@network("GRU reset before", (7, 3), ("numbers", 1))
def _():
    return chain((7, 3), L.GRU(6, reset_after=False, return_sequences=True), L.GRU(4), L.Dense(1))


@network("bidirectional LSTM", (7, 3), ("classes", 3))
def _():
    return chain((7, 3), L.Bidirectional(L.LSTM(4, return_sequences=True)), L.Bidirectional(L.LSTM(3)), softmax())


@network("bidirectional GRU", (7, 3), ("numbers", 1))
def _():
    return chain((7, 3), L.Bidirectional(L.GRU(4), merge_mode="sum"), L.Dense(1))


@network("encoder and decoder", (6, 2), ("numbers", 4, 1))
def _():
    return chain((6, 2), L.LSTM(6), L.RepeatVector(4), L.LSTM(6, return_sequences=True), L.TimeDistributed(L.Dense(1)))


@network("pictures in time", (4, 6, 6, 1), ("classes", 3))
def _():
    return chain((4, 6, 6, 1), L.TimeDistributed(L.Conv2D(3, 3, activation="relu")), L.TimeDistributed(L.Flatten()), L.GRU(5), softmax())


# Words


@network("bag of words", (6, "words", 60), ("binary",))
def _():
    return chain((6,), L.Embedding(60, 8), L.GlobalAveragePooling1D(), L.Dense(1, activation="sigmoid"))


@network("words with padding", (6, "padded", 60), ("classes", 3))
def _():
    return chain((6,), L.Embedding(60, 8, mask_zero=True), L.LSTM(6), softmax())


@network("tagger", (5, "padded", 60), ("classes", 3, 5))
def _():
    return chain((5,), L.Embedding(60, 6, mask_zero=True), L.Bidirectional(L.LSTM(4, return_sequences=True)), softmax())


@network("attention", (6, 4), ("classes", 3))
def _():
    x = keras.Input((6, 4))
    q, v, k = L.Dense(5)(x), L.Dense(5)(x), L.Dense(5)(x)
    return keras.Model(x, softmax()(L.GlobalAveragePooling1D()(L.Attention()([q, v, k]))))


@network("additive attention", (6, 4), ("classes", 3))
def _():
    x = keras.Input((6, 4))
    h = L.GRU(5, return_sequences=True)(x)
    return keras.Model(x, softmax()(L.GlobalAveragePooling1D()(L.AdditiveAttention()([L.Dense(5)(h), h]))))


def encoder_block(x, heads, width, causal=False):
    a = L.MultiHeadAttention(heads, width // heads)(x, x, use_causal_mask=causal) if causal else L.MultiHeadAttention(heads, width // heads)(x, x)
    x = L.LayerNormalization(epsilon=1e-6)(L.Add()([x, a]))
    f = L.Dense(width)(L.Dense(2 * width, activation="gelu")(x))
    return L.LayerNormalization(epsilon=1e-6)(L.Add()([x, f]))


@network("waves", (8, 6), ("classes", 3))
def _():
    x = keras.Input((8, 6))
    place, feature = np.arange(8)[:, None], np.arange(6)
    angle = place / 10000 ** (2 * (feature // 2) / 6)
    waves = np.where(feature % 2 == 0, np.sin(angle), np.cos(angle)).astype("float32")
    return keras.Model(x, softmax()(L.GlobalAveragePooling1D()(encoder_block(L.Dense(6)(x) + waves, 2, 6))))


@network("transformer encoder", (6, 4), ("classes", 3))
def _():
    x = keras.Input((6, 4))
    return keras.Model(x, softmax()(L.GlobalAveragePooling1D()(encoder_block(L.Dense(8)(x), 2, 8))))


@network("two transformer blocks", (6, "words", 60), ("numbers", 1))
def _():
    x = keras.Input((6,))
    h = encoder_block(encoder_block(L.Embedding(60, 8)(x), 2, 8), 4, 8)
    return keras.Model(x, L.Dense(1)(L.GlobalAveragePooling1D()(h)))


# Graphs


@network("two inputs", [(6,), (8, 8, 1)], ("classes", 3))
def _():
    a, b = keras.Input((6,), name="table"), keras.Input((8, 8, 1), name="picture")
    h = L.Concatenate()([L.Dense(6, activation="relu")(a), L.Flatten()(L.Conv2D(3, 3, activation="relu")(b))])
    return keras.Model([a, b], softmax()(h))


@network("two outputs", (6,), ("classes", 3), ("numbers", 1))
def _():
    x = keras.Input((6,))
    h = L.Dense(10, activation="relu")(x)
    return keras.Model(x, [L.Dense(3, activation="softmax", name="kind")(h), L.Dense(1, name="size")(h)])


@network("siamese", [(6,), (6,)], ("binary",))
def _():
    a, b = keras.Input((6,), name="left"), keras.Input((6,), name="right")
    first, second = L.Dense(8, activation="relu"), L.Dense(4)
    h = L.Subtract()([second(first(a)), second(first(b))])
    return keras.Model([a, b], L.Dense(1, activation="sigmoid")(h))


@network("recommender", [(1, "words", 20), (1, "words", 30)], ("numbers", 1))
def _():
    a, b = keras.Input((1,), name="user"), keras.Input((1,), name="film")
    h = L.Dot(axes=1)([L.Flatten()(L.Embedding(20, 5)(a)), L.Flatten()(L.Embedding(30, 5)(b))])
    return keras.Model([a, b], h)


@network("wide and deep", [(6,), (4,)], ("numbers", 1))
def _():
    a, b = keras.Input((6,), name="deep"), keras.Input((4,), name="wide")
    h = L.Dense(6, activation="relu")(L.Dense(8, activation="relu")(a))
    return keras.Model([a, b], L.Dense(1)(L.Concatenate()([h, b])))


@network("nested", (6,), ("classes", 3))
def _():
    inner = keras.Sequential([keras.Input((8,)), L.Dense(8, activation="relu"), L.Dense(8)], name="block")
    x = keras.Input((6,))
    h = L.Dense(8)(x)
    return keras.Model(x, softmax()(L.Add()([h, inner(h)])))


@network("frozen", (6,), ("classes", 3))
def _():
    model = chain((6,), L.Dense(8, activation="relu"), L.BatchNormalization(), L.Dense(8, activation="relu"), softmax())
    model.layers[0].trainable = False
    model.layers[1].trainable = False
    return model


# Losses


@network("hinge", (6,), ("binary",), loss="hinge")
def _():
    return chain((6,), L.Dense(8, activation="tanh"), L.Dense(1))


@network("Huber", (6,), ("numbers", 2), loss="huber")
def _():
    return chain((6,), L.Dense(8, activation="relu"), L.Dense(2))


@network("Poisson", (6,), ("numbers", 1), loss="poisson")
def _():
    return chain((6,), L.Dense(8, activation="relu"), L.Dense(1, activation="softplus"))


@network("log-cosh", (6,), ("numbers", 2), loss="log_cosh")
def _():
    return chain((6,), L.Dense(8, activation="tanh"), L.Dense(2))


@network("Circle", (6,), ("classes", 3), loss="circle")
def _():
    return chain((6,), L.Dense(8, activation="relu"), L.Dense(5), L.UnitNormalization())


# Weights of samples, and what holds those of layers


@network("weighted samples", (6,), ("classes", 3), weighted=True)
def _():
    return chain((6,), L.Dense(8, activation="relu"), softmax())


@network("weighted outputs", (6,), ("classes", 3), ("numbers", 2), weighted=True)
def _():
    x = keras.Input((6,))
    h = L.Dense(8, activation="tanh")(x)
    return keras.Model(x, [L.Dense(3, activation="softmax", name="kind")(h), L.Dense(2, name="size")(h)])


@network("held recurrence", (6, 4), ("numbers", 2))
def _():
    C, R = keras.constraints, keras.regularizers
    held = {
        "kernel_constraint": C.MaxNorm(0.8), "recurrent_constraint": C.UnitNorm(), "bias_constraint": C.NonNeg(),
        "kernel_regularizer": R.L1(0.001), "recurrent_regularizer": R.L2(0.01), "bias_regularizer": R.L2(0.01), "kernel_initializer": keras.initializers.RandomNormal(stddev=0.2),
    }
    return chain((6, 4), L.LSTM(5, return_sequences=True, activity_regularizer=R.L2(0.001), **held), L.LayerNormalization(gamma_constraint=C.MaxNorm(1.2)), L.GRU(5, **held), L.Dense(2, bias_constraint=C.MaxNorm(0.1)))


@network("held convolution", (6, 6, 2), ("classes", 3))
def _():
    C, R = keras.constraints, keras.regularizers
    return chain(
        (6, 6, 2),
        L.SeparableConv2D(4, 3, depthwise_constraint=C.MinMaxNorm(0.2, 0.9, 0.5, axis=[0, 1, 2]), pointwise_regularizer=R.L2(0.01), bias_constraint=C.NonNeg()),
        L.PReLU(alpha_initializer=keras.initializers.Constant(0.2), alpha_constraint=C.NonNeg(), shared_axes=[1, 2]),
        L.BatchNormalization(gamma_regularizer=R.L2(0.01), beta_constraint=C.NonNeg()),
        L.Flatten(),
        softmax(),
    )


# States that go from layer to layer


@network("sequence to sequence by states", [(5, "padded", 60), (4, "padded", 60)], ("classes", 3, 4))
def _():
    source, target = keras.Input((5,)), keras.Input((4,))
    _, hidden, cell = L.LSTM(5, return_state=True)(L.Embedding(60, 6, mask_zero=True)(source))
    written = L.LSTM(5, return_sequences=True)(L.Embedding(60, 6)(target), initial_state=[hidden, cell])
    return keras.Model([source, target], softmax()(written))


@network("states of a GRU", [(5, 3), (4, 2)], ("numbers", 2))
def _():
    source, target = keras.Input((5, 3)), keras.Input((4, 2))
    read, state = L.GRU(4, return_sequences=True, return_state=True)(source)
    written = L.GRU(4)(target, initial_state=state)
    plain = L.SimpleRNN(4)(read, initial_state=L.Dense(4, activation="tanh")(state))
    return keras.Model([source, target], L.Dense(2)(L.Concatenate()([written, plain, state])))


@network("states of a bidirectional encoder", [(6, 3), (4, 2)], ("numbers", 4, 2))
def _():
    source, target = keras.Input((6, 3)), keras.Input((4, 2))
    _, fh, fc, bh, bc = L.Bidirectional(L.LSTM(3, return_state=True))(source)
    hidden, cell = L.Concatenate()([fh, bh]), L.Concatenate()([fc, bc])
    written = L.LSTM(6, return_sequences=True)(target, initial_state=[hidden, cell])
    both, forth, back = L.Bidirectional(L.GRU(3, return_sequences=True, return_state=True), merge_mode="sum")(written)
    again = L.Bidirectional(L.GRU(3, return_sequences=True))(both, initial_state=[forth, back])
    return keras.Model([source, target], L.Dense(2)(again))


@network("states of masked words, read backwards", [(6, "padded", 60), (4, "padded", 60)], ("classes", 3, 4))
def _():
    source, target = keras.Input((6,)), keras.Input((4,))
    words, asked = L.Embedding(60, 5, mask_zero=True)(source), L.Embedding(60, 5, mask_zero=True)(target)
    written = []
    for kind in (L.LSTM, L.GRU, L.SimpleRNN):
        read, *states = kind(4, go_backwards=True, return_sequences=True, return_state=True)(words)
        written.append(kind(4, return_sequences=True)(asked, initial_state=states))
        written.append(L.RepeatVector(4)(kind(3)(read, initial_state=[L.Dense(3)(state) for state in states])))
    return keras.Model([source, target], softmax()(L.Concatenate()(written)))


@network("states of masked words, read both ways", [(6, "padded", 60), (4, "padded", 60)], ("classes", 3, 4))
def _():
    source, target = keras.Input((6,)), keras.Input((4,))
    words, asked = L.Embedding(60, 5, mask_zero=True)(source), L.Embedding(60, 5, mask_zero=True)(target)
    written = []
    for kind, count in ((L.LSTM, 2), (L.GRU, 1), (L.SimpleRNN, 1)):
        _, *states = L.Bidirectional(kind(3, return_state=True, return_sequences=count == 1))(words)
        both = [L.Concatenate()([states[i], states[i + count]]) for i in range(count)]
        written.append(kind(6, return_sequences=True)(asked, initial_state=both))
        written.append(L.Bidirectional(kind(3, return_sequences=True), merge_mode="ave")(asked, initial_state=states))
    return keras.Model([source, target], softmax()(L.Concatenate()(written)))


@network("a layer that goes on where it stopped", [(6, 3), (5, 3), (4,)], ("numbers", 5))
def _():
    a, b, c = keras.Input((6, 3)), keras.Input((5, 3)), keras.Input((4,))
    gru = L.GRU(4, return_state=True)
    _, first = gru(a, initial_state=L.Dense(4, "tanh")(c))
    _, second = gru(b, initial_state=first)
    lstm = L.LSTM(4, return_sequences=True, return_state=True)
    read, *states = lstm(L.Dense(4)(a))
    again, _, cell = lstm(read, initial_state=states)
    return keras.Model([a, b, c], L.Dense(5)(L.Concatenate()([second, cell, L.GlobalAveragePooling1D()(again)])))


@network("decoder with attention", [(6, "padded", 60), (5, "padded", 60)], ("classes", 4, 5))
def _():
    source, target = keras.Input((6,)), keras.Input((5,))
    read, hidden, cell = L.LSTM(5, return_sequences=True, return_state=True)(L.Embedding(60, 4, mask_zero=True)(source))
    written = L.LSTM(5, return_sequences=True)(L.Embedding(60, 4, mask_zero=True)(target), initial_state=[hidden, cell])
    told = L.Attention()([written, read])
    return keras.Model([source, target], softmax(4)(L.Concatenate()([written, told])))


# What Keras spells in its own ways


@network("attention scores", (6, 4), ("numbers", 2))
def _():
    x = keras.Input((6, 4))
    told, scores = L.MultiHeadAttention(2, 3)(x, x, return_attention_scores=True)
    seen, shares = L.Attention()([told, x], return_attention_scores=True)
    return keras.Model(x, L.Dense(2)(L.Concatenate()([L.Flatten()(one) for one in [told, scores, seen, shares]])))


@network("operations", (6, 4), ("classes", 3))
def _():
    ops = keras.ops
    x = keras.Input((6, 4))
    h = L.Dense(4)(x)
    h = ops.abs(h - 2.0 * x) + ops.sqrt(ops.square(h) + 1.0) / 3.0
    h = ops.concatenate([h[:, -1, :], ops.mean(h, axis=1), ops.max(x * h, axis=1), h[:, 1, :2] ** 2, 1.0 - ops.sigmoid(h[:, 0])], axis=-1)
    return keras.Model(x, softmax()(ops.maximum(h, 0.1)))


@network("cells", (6, 3), ("numbers", 2))
def _():
    stacked = L.RNN([L.LSTMCell(4), L.LSTMCell(3)], return_sequences=True)
    return chain((6, 3), stacked, L.Bidirectional(L.RNN(L.GRUCell(3), return_sequences=True)), L.RNN(L.SimpleRNNCell(3), go_backwards=True), L.Dense(2))


@network("a model for every step", (4, 8, 8, 1), ("classes", 3))
def _():
    read = chain((8, 8, 1), L.Conv2D(3, 3, strides=2, use_bias=False), L.BatchNormalization(), L.ReLU(), L.GlobalAveragePooling2D(), L.Dense(4))
    return chain((4, 8, 8, 1), L.TimeDistributed(read), L.GRU(4), softmax())


@network("open sizes", (10, 3), ("numbers", 1))
def _():
    return chain((None, 3), L.Conv1D(6, 3, activation="relu"), L.MaxPooling1D(2), L.Bidirectional(L.LSTM(4)), L.Dense(1))


@network("axes", (6, 5, 4), ("classes", 3))
def _():
    return chain(
        (6, 5, 4), L.BatchNormalization(axis=1), L.LayerNormalization(axis=[2, 3]), L.Conv2D(4, 2), L.BatchNormalization(axis=2), L.UnitNormalization(axis=[1, 3]), L.Softmax(axis=[1, 2]),
        L.Rescaling([10.0, 20.0, 5.0, 1.0], offset=[0.0, 0.1, 0.2, 0.3]), L.Flatten(), softmax(),
    )


@network("sum of losses", (6,), ("numbers", 2), loss=keras.losses.MeanSquaredError(reduction="sum"), weighted=True)
def _():
    return chain((6,), L.Dense(8, activation="tanh"), L.Dense(2))


@network("an ignored class", (6, 6, 2), ("classes", 3, 6, 6), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=1))
def _():
    return chain((6, 6, 2), L.Conv2D(6, 3, padding="same", activation="relu"), L.Conv2D(3, 1))


@network("unnamed places", (6, 6, 2), ("named", 3, 6, 6), loss=keras.losses.SparseCategoricalCrossentropy(ignore_class=255))
def _():
    return chain((6, 6, 2), L.Conv2D(6, 3, padding="same", activation="relu"), L.Conv2D(3, 1, activation="softmax"))


@network("channels first", (3, 8, 8), ("classes", 3))
def _():
    first = {"data_format": "channels_first"}
    return chain((3, 8, 8), L.Conv2D(4, 3, activation="relu", **first), L.BatchNormalization(axis=1), L.MaxPooling2D(**first), L.DepthwiseConv2D(2, **first), L.Flatten(**first), softmax())


@network("a model that feeds itself", (6,), ("classes", 3))
def _():
    x = keras.Input((6,))
    step = chain((6,), L.Dense(6, activation="tanh"), L.LayerNormalization())
    return keras.Model(x, softmax()(L.Add()([step(x), step(step(step(x)))])))


@network("parts and turns", (4, 6), ("classes", 3))
def _():
    ops = keras.ops
    x = keras.Input((4, 6))
    half, gate = ops.split(L.Dense(6)(x), 2, axis=-1)
    moved = [half * ops.sigmoid(gate), ops.flip(half, axis=1), ops.roll(half, 1, axis=1), x[:, ::-1, :3], ops.take(x, [2, 0, 0], axis=-1), ops.pad(half, [[0, 0], [0, 0], [1, 2]])[:, :, 1:4]]
    h = ops.concatenate(moved, axis=1)
    spread = [ops.var(h, axis=1), ops.std(h, axis=1), ops.min(h, axis=1), ops.norm(h, axis=1), ops.logsumexp(h, axis=1), ops.normalize(ops.mean(h, axis=1), axis=-1)]
    return keras.Model(x, softmax()(ops.concatenate(spread, axis=-1)))


@network("projections by equations", (5, 6), ("classes", 3))
def _():
    x = keras.Input((5, 6))
    read = L.EinsumDense("abc,cde->abde", output_shape=(5, 2, 4), bias_axes="de", activation="gelu")(x)
    told = L.EinsumDense("abde,def->abf", output_shape=(5, 6), bias_axes="f", kernel_regularizer="l2")(read)
    turned = L.EinsumDense("abc,bd->adc", output_shape=(4, 6), bias_axes="d")(x + told)
    return keras.Model(x, softmax()(L.Flatten()(L.EinsumDense("...x,xy->...y", output_shape=3, bias_axes="y", activation="tanh")(turned))))


@network("attention by hand", (5, 6), ("classes", 3))
def _():
    ops = keras.ops
    x = keras.Input((5, 6))
    query, key, value = [L.EinsumDense("btd,dhk->bthk", output_shape=(5, 2, 3), bias_axes="hk")(x) for _ in range(3)]
    scores = ops.softmax(ops.einsum("bthk,bshk->bhts", query, key) / 3**0.5)
    told = ops.reshape(ops.einsum("bhts,bshk->bthk", scores, value), (-1, 5, 6))
    first, second = [ops.transpose(ops.reshape(L.Dense(6)(told), (-1, 5, 2, 3)), (0, 2, 1, 3)) for _ in range(2)]
    both = ops.matmul(ops.softmax(ops.matmul(first, ops.swapaxes(second, -1, -2))), second)
    return keras.Model(x, softmax()(L.GlobalAveragePooling1D()(x + ops.reshape(ops.transpose(both, (0, 2, 1, 3)), (-1, 5, 6)))))


@network("shared words", [(5, "words", 30), (4, "padded", 30)], ("classes", 3))
def _():
    a, b = keras.Input((5,)), keras.Input((4,))
    words = L.Embedding(30, 6, mask_zero=True)
    first, second = L.GRU(5)(words(a)), L.LSTM(5)(words(b))
    third = L.GlobalAveragePooling1D()(words(a))
    return keras.Model([a, b], softmax()(L.Concatenate()([first, second, third])))


@network("masked transformer", (7, "padded", 70), ("classes", 3))
def _():
    """The residual takes the mask off: Keras' second block sees padding as all else, the mean does not."""
    x = keras.Input((7,))
    h = L.Embedding(70, 8, mask_zero=True)(x)
    for _ in range(2):
        h = L.LayerNormalization()(L.Add()([h, L.MultiHeadAttention(2, 4)(h, h)]))
        h = L.LayerNormalization()(L.Add()([h, L.Dense(8)(L.Dense(12, activation="relu")(h))]))
    return keras.Model(x, softmax()(L.GlobalAveragePooling1D()(h)))
