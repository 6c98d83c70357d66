"""A random network by its seed: inputs, then steps that each add a layer or a small figure (a residual, branches, a model inside …), then outputs.

Every step has dice of its own, so that leaving some out (`skipped`) keeps the others: how a failing network is made smaller.
"""

import keras
from keras import layers as L
from keras import ops

from draw import Draw
from parts import TAME, activation, weights
from training import head
from vocabulary import CHANCE, LAYERS, TOLD

MOST_VALUES = 1500
NAMES = sorted(LAYERS)


class Graph:
    def __init__(self, seed, turn, skipped):
        self.skipped = skipped
        self.dice = lambda of: Draw(seed, turn, of)
        self.inputs, self.data, self.done = [], [], []
        self.is_chance = False
        self.spare = []
        d = self.dice(0)
        self.featured = NAMES[seed % len(NAMES)]
        self.allow_chance = d.chance(0.07)
        self.x = self.add_input(d, d.one(*LAYERS[self.featured][0]))
        if d.chance(0.12):
            self.spare.append(self.add_input(d, d.whole(1, 2)))

    # Inputs

    def add_input(self, d, rank):
        make = {1: self.features, 2: self.sequence, 3: self.picture, 4: self.volume}[rank]
        return make(d)

    def input(self, shape, **data):
        said = {"name": f"input {len(self.inputs)}"} if self.inputs and len(self.inputs) % 2 == 0 else {}
        x = keras.Input(tuple(None if data.get("open") and i == 0 else n for i, n in enumerate(shape)), dtype=data.get("input_dtype", "float32"), **said)
        self.inputs.append(x)
        self.data.append({"shape": shape, **data})
        return x

    def features(self, d):
        return self.input((d.whole(1, 8),), dtype=d.weighted({"float32": 8, "float64": 1, "int32": 1}))

    def sequence(self, d):
        length, is_open = d.whole(3, 7), d.chance(0.12)
        if d.chance(0.45):
            count, masked = d.whole(4, 12), d.chance()
            dtype = d.weighted({"int32": 6, "int64": 2, "uint8": 1, "float32": 1})
            x = self.input((length,), dtype=dtype, words=count, padded=masked or d.chance(0.2), input_dtype=d.one("int32", "float32", "int64"), open=is_open)
            return L.Embedding(count, d.whole(2, 5), mask_zero=masked, **weights(d, "embeddings"))(x)
        masked = d.chance(0.2)
        x = self.input((length, d.whole(1, 4)), dtype="float32", padded=masked, open=is_open)
        return L.Masking()(x) if masked else x

    def picture(self, d):
        size = (d.whole(4, 9), d.whole(4, 9), d.whole(1, 3))
        if d.chance(0.15):
            return L.Rescaling(1 / 255, d.one(0.0, -0.5))(self.input(size, dtype="uint8"))
        return self.input(size, dtype="float32")

    def volume(self, d):
        return self.input((d.whole(3, 5), d.whole(3, 5), d.whole(3, 5), d.whole(1, 2)), dtype="float32")

    # Steps

    def build(self):
        d = self.dice(1)
        count = d.whole(1, 7)
        at = d.whole(0, count - 1)
        for i in range(count):
            if i in self.skipped:
                continue
            self.step(self.dice(10 + i), self.featured if i == at else None)
        self.count = count
        outputs = self.outputs(self.dice(2))
        return keras.Model(self.inputs if len(self.inputs) > 1 else self.inputs[0], outputs if len(outputs) > 1 else outputs[0])

    def step(self, d, featured):
        """Tries until one fits; a step that never does is left out."""
        for attempt in range(6):
            what = "layer" if featured and attempt < 4 else self.kind(d)
            try:
                found = getattr(self, what)(d, *([featured] if featured and attempt < 4 else []))
            except Exception:
                continue  # Keras does not take it: too small for a kernel, an initializer of two axes for a bias, …
            if found is None or not fits(found):
                continue
            self.x = found
            self.done.append(what)
            return

    def kind(self, d):
        rank = len(self.x.shape) - 1
        kinds = {"layer": 8, "residual": 1.2, "branches": 1, "shared": 0.7, "nested": 0.8, "operation": 0.6}
        if self.spare:
            kinds["other"] = 3
        if rank == 2:
            kinds |= {"states": 0.6, "cross": 0.5}
        return d.weighted(kinds)

    def layer(self, d, name=None, x=None):
        """One layer of the vocabulary, of this name or any that takes such a shape."""
        x = self.x if x is None else x
        shape = tuple(x.shape[1:])
        among = CHANCE if self.allow_chance and d.chance(0.35) else LAYERS
        fitting = [one for one in sorted(among) if len(shape) in among[one][0]]
        if name is None and fitting:
            name = d.one(*fitting)
        elif name is not None:
            among = LAYERS
            if len(shape) not in LAYERS[name][0]:
                x = self.reshaped(d, x, LAYERS[name][0])
                shape = tuple(x.shape[1:])
        if name is None:
            return None
        made = among[name][1](d, shape)
        if made is None:
            return None
        if among is CHANCE:
            self.is_chance = True
        return made(x)

    def reshaped(self, d, x, ranks):
        """To a rank that the layer takes."""
        rank = d.one(*ranks)
        if rank == 1:
            return L.Flatten()(x)
        total = 1
        for size in x.shape[1:]:
            total *= size
        flat = L.Flatten()(x) if len(x.shape) > 2 else x
        target = {2: (4, 3), 3: (5, 4, 2), 4: (3, 4, 3, 2)}[rank]
        units = 1
        for size in target:
            units *= size
        return L.Reshape(target)(L.Dense(units)(flat))

    def residual(self, d):
        h = self.x
        for _ in range(d.whole(1, 2)):
            h = self.layer(d, x=h)
            if h is None:
                return None
        merge = d.one(L.Add, L.Add, L.Multiply, L.Average, L.Maximum, L.Subtract, L.Minimum)()
        if tuple(h.shape) != tuple(self.x.shape):
            if len(h.shape) != len(self.x.shape) or h.shape[1:-1] != self.x.shape[1:-1]:
                return None
            return merge([L.Dense(h.shape[-1])(self.x), h])
        return d.one(lambda: merge([self.x, h]), lambda: self.x + h)()

    def branches(self, d):
        several = [self.layer(d, x=self.x) for _ in range(d.whole(2, 3))]
        if any(one is None for one in several):
            return None
        if len({tuple(one.shape) for one in several}) == 1:
            return d.one(L.Add, L.Average, L.Maximum, L.Minimum, L.Multiply, lambda: L.Concatenate(d.whole(1, len(several[0].shape) - 1)))()(several)
        if len({tuple(one.shape[:-1]) for one in several}) == 1:
            return L.Concatenate()(several)
        flat = [L.Flatten()(one) if len(one.shape) > 2 else one for one in several]
        if len({one.shape[-1] for one in flat}) == 1 and d.chance():
            return L.Dot(1, normalize=d.chance())(flat[:2])
        return L.Concatenate()(flat)

    def shared(self, d):
        """One layer at two places, or two times in a row."""
        x = self.x
        rank = len(x.shape) - 1
        if rank == 2 and d.chance():
            one = getattr(L, d.one(*TOLD))(x.shape[-1], return_sequences=True)
        else:
            one = d.one(lambda: L.Dense(x.shape[-1], activation=d.one(*TAME)), lambda: L.BatchNormalization(), lambda: L.LayerNormalization(), lambda: L.PReLU(shared_axes=list(range(1, rank)) or None))()
        if d.chance():
            return one(one(x))
        other = L.Activation(activation(d))(x)
        return d.one(L.Add(), L.Concatenate(), L.Subtract())([one(x), one(other)])

    def nested(self, d):
        """A model inside, used once or twice."""
        inner = keras.Input(tuple(self.x.shape[1:]))
        h = inner
        for _ in range(d.whole(1, 3)):
            h = self.layer(d, x=h)
            if h is None:
                return None
        model = keras.Model(inner, h, **d.some(0.5, name=lambda: f"inside_{d.whole(0, 99)}"))
        if d.chance(0.1):
            model.trainable = False  # Told to the constructor it would hold for the file alone: Keras trains on what it has in memory.
        if d.chance(0.3) and tuple(h.shape) == tuple(inner.shape):
            return model(model(self.x))
        return model(self.x)

    def operation(self, d):
        """What stands in the code that builds a model."""
        x = self.x
        rank = len(x.shape) - 1
        options = [lambda: x * d.number(0.3, 1.5), lambda: 1.0 - x, lambda: ops.tanh(x), lambda: ops.relu(x) + 0.1, lambda: x - ops.mean(x, axis=-1, keepdims=True), lambda: x / (1.0 + ops.abs(x)), lambda: ops.sigmoid(x) * x, lambda: ops.square(x), lambda: ops.clip(x, -1.0, 1.0), lambda: ops.sqrt(ops.abs(x) + 0.1), lambda: ops.exp(-ops.square(x))]
        if rank > 1:
            options += [lambda: ops.sum(x, axis=1) * 0.3, lambda: ops.max(x, axis=-1), lambda: x[:, 0], lambda: x[:, -1], lambda: x[:, ::-1], lambda: x[..., :1]]
        return d.one(*options)()

    def other(self, d):
        """Another input joins."""
        y = self.spare.pop()
        x = self.x
        if len(y.shape) > 2:
            y = d.one(lambda: L.Flatten()(y) if None not in y.shape[1:] else L.GlobalMaxPooling1D()(y), lambda: L.GlobalAveragePooling1D()(y), lambda: L.LSTM(3)(y))()
        if len(x.shape) > 2:
            y = L.Dense(x.shape[-1])(y)
            y = L.Reshape((*[1] * (len(x.shape) - 2), x.shape[-1]))(y)
            return d.one(L.Add(), L.Multiply())([x, y])
        return L.Concatenate()([x, y])

    def states(self, d):
        """An encoder's state, where a decoder starts."""
        kind = d.one(*TOLD)
        units = d.whole(2, 4)
        _, *states = getattr(L, kind)(units, return_state=True, **TOLD[kind](d))(self.x)
        decoder = getattr(L, kind)(units, return_sequences=d.chance(0.7))
        return decoder(self.x, initial_state=states if len(states) > 1 else states[0])

    def cross(self, d):
        """Attention of what came to something made of it."""
        other = L.Dense(self.x.shape[-1], activation=d.one(*TAME))(self.x)
        return d.one(
            lambda: L.MultiHeadAttention(2, 2)(self.x, other),
            lambda: L.Attention(use_scale=d.chance())([self.x, other, other]),
            lambda: L.AdditiveAttention()([self.x, other]),
            lambda: L.Dot(d.one(2, -1))([self.x, other]),
        )()

    # Outputs

    def outputs(self, d):
        while self.spare:
            self.x = self.other(self.dice(3))
        count = d.weighted({1: 5, 2: 1, 3: 0.3})
        self.heads = [head(d, self.x, i) for i in range(count)]
        return [one["output"] for one in self.heads]


def fits(x):
    if not hasattr(x, "shape") or len(x.shape) < 2 or len(x.shape) > 5:
        return False
    total = 1
    for size in x.shape[1:]:
        if size == 0:
            return False
        total *= size or 7
    return total <= MOST_VALUES
