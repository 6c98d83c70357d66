"""The dice of the random networks: the same seed, the same throws."""

import numpy as np


class Draw:
    def __init__(self, *seed):
        self.rng = np.random.default_rng(seed)

    def one(self, *options):
        return options[self.rng.integers(len(options))]

    def weighted(self, options):
        """One of the keys, by how much each counts."""
        names, counts = zip(*options.items(), strict=True)
        return names[self.rng.choice(len(names), p=np.array(counts) / sum(counts))]

    def whole(self, low, high):
        """Up to and with `high`."""
        return int(self.rng.integers(low, high + 1))

    def number(self, low, high):
        return round(float(self.rng.uniform(low, high)), 4)

    def chance(self, share=0.5):
        return bool(self.rng.uniform() < share)

    def some(self, share=0.3, **options):
        """Of what could be said, some. Each value is made only when it is taken."""
        return {name: make() for name, make in options.items() if self.chance(share)}

    def several(self, options, most):
        """Up to so many different ones."""
        count = self.whole(0, min(most, len(options)))
        return [options[i] for i in self.rng.permutation(len(options))[:count]]
