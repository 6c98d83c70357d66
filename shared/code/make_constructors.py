"""Writes constructors.json: what the constructors of Keras 3 take and what they take when nothing is said, by class, so that generated code says
only what differs. An argument without a default is an empty list, others a list of one. Run with Keras 3: python make_constructors.py"""

import inspect
import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = os.environ.get("KERAS_BACKEND", "tensorflow")
import keras

MODULES = {
    "keras.layers": keras.layers,
    "keras.initializers": keras.initializers,
    "keras.regularizers": keras.regularizers,
    "keras.constraints": keras.constraints,
    "keras.losses": keras.losses,
    "keras.metrics": keras.metrics,
    "keras.optimizers": keras.optimizers,
    "keras.optimizers.schedules": keras.optimizers.schedules,
    "keras.callbacks": keras.callbacks,
}
PASSED_ON = {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}


def plain(value):
    return value if isinstance(value, (int, float, str, bool, type(None))) else list(value) if isinstance(value, (list, tuple)) else None


def arguments(cls):
    found = {}
    for name, parameter in list(inspect.signature(cls.__init__).parameters.items())[1:]:
        if parameter.kind not in PASSED_ON and name not in ("name", "dtype"):
            found[name] = [] if parameter.default is inspect.Parameter.empty else [plain(parameter.default)]
    return found


def classes(module):
    return {name: cls for name, cls in sorted(vars(module).items()) if inspect.isclass(cls) and not name.startswith("_")}


def main():
    table = {path: {name: arguments(cls) for name, cls in classes(module).items()} for path, module in MODULES.items()}
    lines = [f"  {json.dumps(path)}: {{\n" + ",\n".join(f"    {json.dumps(name)}: {json.dumps(args)}" for name, args in entries.items()) + "\n  }" for path, entries in table.items()]
    pathlib.Path(__file__).with_name("constructors.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
