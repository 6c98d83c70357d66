"""What layers are made with: initializers, regularizers, constraints, activations, each with random parameters."""

from keras import constraints as C
from keras import initializers as I
from keras import layers as L
from keras import regularizers as R

ACTIVATIONS = [
    *["relu", "relu6", "sigmoid", "tanh", "softmax", "softplus", "softsign", "elu", "selu", "gelu", "silu", "swish", "mish", "celu", "exponential", "linear"],
    *["hard_sigmoid", "hard_silu", "hard_tanh", "hard_shrink", "soft_shrink", "tanh_shrink", "leaky_relu", "log_sigmoid", "log_softmax", "sparse_plus"],
    *["sparse_sigmoid", "sparsemax", "squareplus"],
]
# Of those that may follow each other often: what grows without bound makes every later number inf.
TAME = ["relu", "sigmoid", "tanh", "softplus", "elu", "selu", "gelu", "silu", "mish", "leaky_relu", "softsign", "hard_sigmoid"]
# Inside a recurrence.
BOUNDED = ["tanh", "sigmoid", "relu", "hard_sigmoid", "softsign", "elu", "selu", "silu"]


def activation(d):
    return d.one(*(TAME if d.chance(0.7) else ACTIVATIONS))


def initializer(d):
    seed = d.one(None, 7)
    return d.one(
        lambda: I.GlorotUniform(seed),
        lambda: I.GlorotNormal(seed),
        lambda: I.HeNormal(seed),
        lambda: I.HeUniform(seed),
        lambda: I.LecunNormal(seed),
        lambda: I.LecunUniform(seed),
        lambda: I.Orthogonal(d.number(0.5, 1.2), seed),
        lambda: I.RandomNormal(0.0, d.number(0.05, 0.3), seed),
        lambda: I.RandomUniform(-0.3, d.number(0.1, 0.4), seed),
        lambda: I.TruncatedNormal(0.0, d.number(0.05, 0.3), seed),
        lambda: I.VarianceScaling(d.number(0.5, 1.5), d.one("fan_in", "fan_out", "fan_avg"), d.one("normal", "uniform", "truncated_normal", "untruncated_normal"), seed),
        lambda: I.Constant(d.number(-0.2, 0.3)),
        lambda: I.Identity(d.number(0.5, 1.0)),
        lambda: "ones",
        lambda: "zeros",
    )()


def regularizer(d):
    return d.one(
        lambda: R.L1(d.number(0.001, 0.02)),
        lambda: R.L2(d.number(0.001, 0.05)),
        lambda: R.L1L2(d.number(0.001, 0.01), d.number(0.001, 0.02)),
        lambda: d.one("l1", "l2", "L1L2"),
    )()


def orthogonal(d):
    """For a kernel of two axes."""
    return R.OrthogonalRegularizer(d.number(0.001, 0.02), d.one("rows", "columns"))


def plain_regularizer(d):
    """One that takes a tensor of any rank."""
    return d.one(lambda: R.L1(d.number(0.0005, 0.01)), lambda: R.L2(d.number(0.0005, 0.01)), lambda: "l2")()


def constraint(d):
    axis = d.one(0, 0, [0])
    return d.one(
        lambda: C.MaxNorm(d.number(0.5, 2), axis),
        lambda: C.MinMaxNorm(d.number(0.1, 0.5), d.number(0.8, 2), d.number(0.3, 1), axis),
        lambda: C.NonNeg(),
        lambda: C.UnitNorm(axis),
        lambda: d.one("max_norm", "non_neg", "unit_norm"),
    )()


def weights(d, *names, share=0.12):
    """Some initializers, regularizers and constraints for weights of these names (`kernel`, `bias`, …)."""
    said = {}
    for name in names:
        is_flat = name in ("bias", "beta", "gamma")
        regular = plain_regularizer if is_flat else regularizer
        said |= d.some(share, **{f"{name}_initializer": lambda: initializer(d), f"{name}_regularizer": lambda regular=regular: regular(d), f"{name}_constraint": lambda: constraint(d)})
    return said


def common(d):
    """What every layer can be told."""
    return d.some(0.06, trainable=lambda: False, name=lambda: d.one("block_a", "my layer", "Größe", "conv2d", "x", "a-b.c", "Layer7") + f"_{d.whole(0, 999)}")


def activation_layer(d):
    return d.one(
        lambda: L.Activation(activation(d)),
        lambda: L.ReLU(d.one(None, 6.0, d.number(0.5, 3)), d.one(0.0, d.number(0, 0.3)), d.one(0.0, d.number(0, 0.3))),
        lambda: L.LeakyReLU(d.number(0.01, 0.4)),
        lambda: L.ELU(d.number(0.3, 1.5)),
        lambda: L.Softmax(),
    )()
