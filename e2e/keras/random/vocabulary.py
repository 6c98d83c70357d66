"""The layers that random networks are made of. Each is told the shape it gets (without the batch) and gives a layer with random parameters, or
None where none fits. By the rank of that shape."""

from keras import layers as L

from parts import BOUNDED, activation, activation_layer, common, constraint, initializer, orthogonal, plain_regularizer, weights

# By name: the ranks, and how it is made.
LAYERS = {}
# Those that throw dice while training: only predictions can be compared.
CHANCE = {}


def layer(*ranks, among=LAYERS):
    def add(make):
        among[make.__name__] = (ranks, make)
        return make

    return add


def act(d, share=0.5):
    return {"activation": activation(d)} if d.chance(share) else {}


def biased(d, *names):
    """A layer's bias or none, and what its weights are told."""
    return {**weights(d, *names, "bias"), **d.some(0.2, use_bias=lambda: False), **d.some(0.05, activity_regularizer=lambda: plain_regularizer(d)), **common(d)}


# Core


@layer(1, 2, 3)
def Dense(d, shape):
    said = {**act(d), **biased(d, "kernel"), **d.some(0.04, kernel_regularizer=lambda: orthogonal(d))}
    return L.Dense(d.whole(1, 9), **said)


@layer(1, 2)
def EinsumDense(d, shape):
    if len(shape) == 1:
        return L.EinsumDense("ab,bc->ac", output_shape=d.whole(2, 6), bias_axes=d.one(None, "c"), **act(d), **weights(d, "kernel"))
    equation, output, bias = d.one(("abc,cd->abd", (None, 5), "d"), ("abc,cde->abde", (None, 2, 3), "de"), ("abc,bd->adc", (4, shape[1]), None))
    if shape[0] is None and equation == "abc,bd->adc":
        return None
    return L.EinsumDense(equation, output_shape=output, bias_axes=d.one(None, bias), **act(d))


@layer(1, 2, 3, 4)
def Activation(d, shape):
    return L.Activation(activation(d), **common(d))


@layer(1, 2, 3)
def ReLU(d, shape):
    return L.ReLU(d.one(None, 6.0, d.number(0.5, 3)), d.one(0.0, d.number(0, 0.3)), d.one(0.0, d.number(0, 0.3)))


@layer(1, 2, 3)
def LeakyReLU(d, shape):
    return L.LeakyReLU(d.number(0.01, 0.4))


@layer(1, 2, 3)
def ELU(d, shape):
    return L.ELU(d.number(0.3, 1.5))


@layer(1, 2, 3)
def PReLU(d, shape):
    shared = [axis for axis in range(1, len(shape)) if shape[axis - 1] is None or d.chance(0.4)]
    return L.PReLU(shared_axes=shared or None, **weights(d, "alpha"), **common(d))


@layer(1, 2, 3)
def Softmax(d, shape):
    return L.Softmax(d.one(-1, -1, d.whole(1, len(shape))))


@layer(1, 2, 3)
def Identity(d, shape):
    return L.Identity()


@layer(2)
def Masking(d, shape):
    return L.Masking(d.one(0.0, 0.0, 1.0))


# Convolution


def kernel_for(d, sizes, most=3):
    """A kernel that fits, as one number or one for each axis."""
    known = [min(most, size) if size else most for size in sizes]
    return d.whole(1, min(known)) if d.chance(0.6) else tuple(d.whole(1, size) for size in known)


def windowed(d, rank, allow_causal=False):
    """Strides or dilation (not both, as Keras asks), and what is done at the border."""
    said = {"padding": d.one("valid", "same", *(["causal"] if allow_causal else []))}
    several = lambda high: d.whole(1, high) if d.chance(0.6) else tuple(d.whole(1, high) for _ in range(rank))
    return {**said, **d.one({}, {"strides": several(2)}, {"dilation_rate": several(2)})}


def convolution(cls, rank):
    def make(d, shape):
        *sizes, channels = shape
        groups = d.whole(2, 3) if d.chance(0.15) else 1
        if channels % groups:
            groups = 1
        return cls(groups * d.whole(1, 4), kernel_for(d, sizes), groups=groups, **windowed(d, rank, rank == 1), **act(d), **biased(d, "kernel"))

    return make


def named(name, make, *ranks):
    make.__name__ = name
    layer(*ranks)(make)


def depthwise(cls, rank):
    def make(d, shape):
        said = windowed(d, rank)
        if "strides" in said:
            said["strides"] = d.whole(1, 2)
        return cls(kernel_for(d, shape[:-1]), depth_multiplier=d.whole(1, 2), **said, **act(d), **biased(d, "depthwise"))

    return make


def separable(cls, rank):
    def make(d, shape):
        said = windowed(d, rank, rank == 1)
        if "strides" in said:
            said["strides"] = d.whole(1, 2)
        return cls(d.whole(1, 5), kernel_for(d, shape[:-1]), depth_multiplier=d.whole(1, 2), **said, **act(d), **biased(d, "depthwise", "pointwise"))

    return make


def transposed(cls, rank):
    def make(d, shape):
        strides = d.whole(1, 2)
        return cls(d.whole(1, 4), kernel_for(d, shape[:-1]), strides=strides, padding=d.one("valid", "same"), **act(d), **biased(d, "kernel"))

    return make


for rank in (1, 2, 3):
    named(f"Conv{rank}D", convolution(getattr(L, f"Conv{rank}D"), rank), rank + 1)
    named(f"Conv{rank}DTranspose", transposed(getattr(L, f"Conv{rank}DTranspose"), rank), rank + 1)
    if rank < 3:
        named(f"DepthwiseConv{rank}D", depthwise(getattr(L, f"DepthwiseConv{rank}D"), rank), rank + 1)
        named(f"SeparableConv{rank}D", separable(getattr(L, f"SeparableConv{rank}D"), rank), rank + 1)


# Pooling


def pooling(cls):
    def make(d, shape):
        return cls(kernel_for(d, shape[:-1]), strides=d.one(None, None, d.whole(1, 3)), padding=d.one("valid", "same"))

    return make


def global_pooling(cls):
    def make(d, shape):
        return cls(keepdims=d.chance(0.3))

    return make


for rank in (1, 2, 3):
    for kind in ("Max", "Average"):
        named(f"{kind}Pooling{rank}D", pooling(getattr(L, f"{kind}Pooling{rank}D")), rank + 1)
        named(f"Global{kind}Pooling{rank}D", global_pooling(getattr(L, f"Global{kind}Pooling{rank}D")), rank + 1)


# Recurrent


def told(d, **more):
    """What all three recurrent layers, and their cells, can be told."""
    said = d.some(0.15, activation=lambda: d.one(*BOUNDED), use_bias=lambda: False, **more)
    return {**said, **weights(d, "kernel", "recurrent", "bias", share=0.06)}


def gates(d):
    return {"recurrent_activation": lambda: d.one("sigmoid", "hard_sigmoid", "tanh")}


TOLD = {
    "SimpleRNN": lambda d: told(d),
    "LSTM": lambda d: told(d, **gates(d), unit_forget_bias=lambda: False),
    "GRU": lambda d: told(d, **gates(d), reset_after=lambda: False),
}


def recurrent_kind(d):
    return d.one(*TOLD)


def recurrent_of(d, kind, **said):
    run = d.some(0.2, go_backwards=lambda: True, unroll=lambda: True)
    return getattr(L, kind)(d.whole(2, 6), **{**run, **TOLD[kind](d), **common(d), **said})


def recurrent(kind):
    def make(d, shape):
        one = recurrent_of(d, kind, return_sequences=d.chance(0.6))
        if shape[0] is None:
            one.unroll = False
        return one

    return make


for kind in TOLD:
    named(kind, recurrent(kind), 2)


def cell(d):
    kind = recurrent_kind(d)
    return getattr(L, f"{kind}Cell")(d.whole(2, 5), **TOLD[kind](d))


@layer(2)
def Bidirectional(d, shape):
    inner = getattr(L, d.one(*TOLD))
    said = {"return_sequences": d.chance(0.6)}
    return L.Bidirectional(inner(d.whole(2, 4), **said), merge_mode=d.one("concat", "sum", "mul", "ave"))


@layer(2)
def RNN(d, shape):
    cells = [cell(d) for _ in range(d.whole(1, 2))]
    return L.RNN(cells if len(cells) > 1 or d.chance(0.2) else cells[0], return_sequences=d.chance(0.6), go_backwards=d.chance(0.15))


@layer(2, 3, 4)
def TimeDistributed(d, shape):
    if shape[0] is None:
        return None
    inner = {2: [Dense, LayerNormalization, activation_layer], 3: [LAYERS["Conv1D"][1], LAYERS["LSTM"][1], LAYERS["GlobalAveragePooling1D"][1], Flatten], 4: [LAYERS["Conv2D"][1], LAYERS["MaxPooling2D"][1], Flatten]}[len(shape)]
    chosen = d.one(*inner)
    made = chosen(d) if chosen is activation_layer else chosen(d, shape[1:])
    return made and L.TimeDistributed(made)


# Attention: of a sequence to itself; to another, see graph.py


@layer(2)
def MultiHeadAttention(d, shape):
    more = d.some(0.2, value_dim=lambda: d.whole(1, 4), output_shape=lambda: d.whole(2, 6), use_bias=lambda: False)
    made = L.MultiHeadAttention(d.whole(1, 3), d.whole(1, 4), **more, **weights(d, "kernel", "bias", share=0.06))
    causal = d.chance(0.25)
    return lambda x: made(x, x, use_causal_mask=causal)


@layer(2)
def GroupQueryAttention(d, shape):
    groups = d.whole(1, 2)
    made = L.GroupQueryAttention(d.whole(1, 4), groups * d.whole(1, 2), groups, **d.some(0.2, use_bias=lambda: False))
    return lambda x: made(x, x)


@layer(2)
def Attention(d, shape):
    made = L.Attention(use_scale=d.chance(), score_mode=d.one("dot", "dot", "concat"))
    count, causal = d.whole(2, 3), d.chance(0.25)
    return lambda x: made([x] * count, use_causal_mask=causal)


@layer(2)
def AdditiveAttention(d, shape):
    made, causal = L.AdditiveAttention(use_scale=d.chance()), d.chance(0.25)
    return lambda x: made([x, x], use_causal_mask=causal)


# Normalization


@layer(1, 2, 3, 4)
def BatchNormalization(d, shape):
    more = d.some(0.2, momentum=lambda: d.number(0.5, 0.99), epsilon=lambda: 1e-2, center=lambda: False, scale=lambda: False)
    more |= d.some(0.06, gamma_initializer=lambda: initializer(d), beta_regularizer=lambda: plain_regularizer(d), gamma_constraint=lambda: constraint(d))
    axis = d.whole(1, len(shape)) if d.chance(0.15) and None not in shape else -1
    return L.BatchNormalization(axis, **more, **common(d))


@layer(1, 2, 3)
def LayerNormalization(d, shape):
    axis = sorted({d.whole(1, len(shape)), len(shape)}) if d.chance(0.2) and None not in shape else -1
    return L.LayerNormalization(axis, **d.some(0.2, epsilon=lambda: 1e-2, center=lambda: False, scale=lambda: False), **common(d))


@layer(1, 2, 3)
def GroupNormalization(d, shape):
    groups = [count for count in range(1, shape[-1] + 1) if shape[-1] % count == 0]
    return L.GroupNormalization(d.one(*groups, -1), **d.some(0.2, epsilon=lambda: 1e-2, center=lambda: False, scale=lambda: False))


@layer(1, 2, 3)
def UnitNormalization(d, shape):
    return L.UnitNormalization(d.one(-1, -1, len(shape)))


@layer(1, 2, 3)
def RMSNormalization(d, shape):
    return L.RMSNormalization(-1, **d.some(0.2, epsilon=lambda: 1e-3))


@layer(1, 3)
def Normalization(d, shape):
    return L.Normalization(mean=d.number(-1, 1), variance=d.number(0.5, 2), invert=d.chance(0.15))


# Regularization: at a rate of 0, where it is nothing


@layer(1, 2, 3)
def Dropout(d, shape):
    return L.Dropout(0.0, **d.some(0.2, seed=lambda: 3))


def spatial(rank):
    def make(d, shape):
        return getattr(L, f"SpatialDropout{rank}D")(0.0)

    return make


for rank in (1, 2, 3):
    named(f"SpatialDropout{rank}D", spatial(rank), rank + 1)


@layer(1, 2)
def AlphaDropout(d, shape):
    return L.AlphaDropout(0.0)


@layer(1, 2)
def GaussianNoise(d, shape):
    return L.GaussianNoise(0.0)


@layer(1, 2)
def GaussianDropout(d, shape):
    return L.GaussianDropout(0.0)


@layer(1, 2, 3)
def ActivityRegularization(d, shape):
    return L.ActivityRegularization(d.number(0, 0.01), d.number(0, 0.01))


# Reshaping


@layer(1, 2, 3, 4)
def Flatten(d, shape):
    return L.Flatten()


@layer(1, 2, 3, 4)
def Reshape(d, shape):
    if None in shape:
        return None
    total = 1
    for size in shape:
        total *= size
    factors = [n for n in range(1, total + 1) if total % n == 0]
    rows = d.one(*factors)
    target = d.one((rows, total // rows), (total,), (rows, -1), (-1, rows), *([(rows, 1, total // rows)]))
    return L.Reshape(target)


@layer(2, 3, 4)
def Permute(d, shape):
    return None if None in shape else L.Permute(tuple(int(i) + 1 for i in d.rng.permutation(len(shape))))


@layer(1)
def RepeatVector(d, shape):
    return L.RepeatVector(d.whole(2, 5))


def around(cls, rank, most):
    def make(d, shape):
        pair = lambda: (d.whole(0, most), d.whole(0, most))
        if rank == 1:
            return cls(d.one(d.whole(0, most), pair()))
        return cls(d.one(d.whole(0, most), tuple(d.whole(0, most) for _ in range(rank)), tuple(pair() for _ in range(rank))))

    return make


def upsampling(rank):
    def make(d, shape):
        how = {"interpolation": d.one("nearest", "bilinear", "bicubic")} if rank == 2 else {}
        return getattr(L, f"UpSampling{rank}D")(d.whole(1, 2) if rank == 1 or d.chance() else tuple(d.whole(1, 2) for _ in range(rank)), **how)

    return make


for rank in (1, 2, 3):
    named(f"ZeroPadding{rank}D", around(getattr(L, f"ZeroPadding{rank}D"), rank, 2), rank + 1)
    named(f"Cropping{rank}D", around(getattr(L, f"Cropping{rank}D"), rank, 1), rank + 1)
    named(f"UpSampling{rank}D", upsampling(rank), rank + 1)


# Pictures


@layer(1, 3)
def Rescaling(d, shape):
    return L.Rescaling(d.number(0.2, 1.5), d.one(0.0, d.number(-1, 1)))


@layer(3)
def Resizing(d, shape):
    return L.Resizing(d.whole(2, 8), d.whole(2, 8), interpolation=d.one("bilinear", "nearest"))


@layer(3)
def CenterCrop(d, shape):
    return L.CenterCrop(d.whole(1, shape[0]), d.whole(1, shape[1]))


# What throws dice while training


def chances():
    add = lambda *ranks: layer(*ranks, among=CHANCE)
    for name, ranks, make in [
        ("Dropout", (1, 2, 3), lambda d: L.Dropout(d.number(0.1, 0.6), **d.some(0.3, seed=lambda: 3))),
        ("AlphaDropout", (1, 2), lambda d: L.AlphaDropout(d.number(0.1, 0.6))),
        ("GaussianNoise", (1, 2, 3), lambda d: L.GaussianNoise(d.number(0.1, 0.6))),
        ("GaussianDropout", (1, 2, 3), lambda d: L.GaussianDropout(d.number(0.1, 0.6))),
        ("SpatialDropout1D", (2,), lambda d: L.SpatialDropout1D(d.number(0.1, 0.6))),
        ("SpatialDropout2D", (3,), lambda d: L.SpatialDropout2D(d.number(0.1, 0.6))),
        ("RandomFlip", (3,), lambda d: L.RandomFlip(d.one("horizontal", "vertical", "horizontal_and_vertical"))),
        ("RandomRotation", (3,), lambda d: L.RandomRotation(d.number(0.05, 0.3), fill_mode=d.one("reflect", "constant", "nearest", "wrap"))),
        ("RandomZoom", (3,), lambda d: L.RandomZoom(d.number(0.05, 0.3))),
        ("RandomTranslation", (3,), lambda d: L.RandomTranslation(d.number(0.05, 0.3), d.number(0.05, 0.3))),
        ("RandomContrast", (3,), lambda d: L.RandomContrast(d.number(0.05, 0.3))),
        ("RandomBrightness", (3,), lambda d: L.RandomBrightness(d.number(0.05, 0.3), value_range=(0.0, 1.0))),
        ("RandomCrop", (3,), lambda d: L.RandomCrop(4, 4)),
        ("LSTM", (2,), lambda d: L.LSTM(3, return_sequences=d.chance(), dropout=d.number(0.1, 0.5), recurrent_dropout=d.one(0.0, 0.2))),
        ("GRU", (2,), lambda d: L.GRU(3, return_sequences=d.chance(), dropout=d.number(0.1, 0.5))),
        ("MultiHeadAttention", (2,), lambda d: (lambda made: lambda x: made(x, x))(L.MultiHeadAttention(2, 3, dropout=0.3))),
    ]:
        made = lambda d, shape, make=make: make(d)
        made.__name__ = name
        add(*ranks)(made)


chances()
