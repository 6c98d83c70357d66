"""Python's side of `npm run cudnn`: takes emitted graphs in, replaces cuDNN's kernels by their formulas, runs them and compares.

The formulas are those of cuDNN's documentation (cudnnRNNMode_t; the places of gates: cudnnGetRNNWeightParams), written without a look at how the graphs were
emitted. The derivative is TensorFlow's own, by its gradient tape.
"""

import base64
import importlib
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

# The package has a function of the same name.
keras_rnn = importlib.import_module("keras.src.backend.tensorflow.rnn")
GATES = {"lstm": 4, "gru": 3}
MAGIC = 77


def matrices(params, mode, inputs, units):
    """The gates' kernels [units, inputs], recurrent kernels [units, units], and both biases, in cuDNN's order."""
    gates = GATES[mode]
    sizes = [units * inputs] * gates + [units * units] * gates + [units] * (2 * gates)
    parts = tf.split(params, sizes)
    w = [tf.reshape(part, [units, inputs]) for part in parts[:gates]]
    r = [tf.reshape(part, [units, units]) for part in parts[gates : 2 * gates]]
    return w, r, parts[2 * gates : 3 * gates], parts[3 * gates :]


def forward(mode, x, h, c, params):
    """x [steps, batch, inputs], h and c [1, batch, units]: outputs of all steps, last hidden value, last cell."""
    steps, _, inputs = x.shape
    units = h.shape[2]
    w, r, bw, br = matrices(params, mode, inputs, units)
    hidden, cell = h[0], c[0] if mode == "lstm" else None

    def of_input(t, gate):
        return tf.linalg.matmul(x[t], w[gate], transpose_b=True) + bw[gate]

    def of_state(gate):
        return tf.linalg.matmul(hidden, r[gate], transpose_b=True) + br[gate]

    outputs = []
    for t in range(steps):
        if mode == "lstm":
            # 0 input gate, 1 forget gate, 2 new memory, 3 output gate
            i, f, o = (tf.sigmoid(of_input(t, gate) + of_state(gate)) for gate in (0, 1, 3))
            cell = f * cell + i * tf.tanh(of_input(t, 2) + of_state(2))
            hidden = o * tf.tanh(cell)
        else:
            # 0 reset gate, 1 update gate, 2 new memory
            reset, update = (tf.sigmoid(of_input(t, gate) + of_state(gate)) for gate in (0, 1))
            memory = tf.tanh(of_input(t, 2) + reset * of_state(2))
            hidden = (1.0 - update) * memory + update * hidden
        outputs.append(hidden)
    return tf.stack(outputs), hidden[tf.newaxis], cell[tf.newaxis] if mode == "lstm" else tf.zeros([])


def kernel_forward(mode, training, shapes):
    """CudnnRNNV3. What it keeps for the way back is its own output, so that the way back can tell whether it gets it."""

    @tf.function(input_signature=[tf.TensorSpec(shape, dtype) for shape, dtype in shapes])
    def kernel(x, h, c, params, lengths):
        with tf.control_dependencies([tf.debugging.assert_equal(lengths, tf.fill([x.shape[1]], x.shape[0]))]):
            outputs, last, cell = forward(mode, x, h, c, params)
        kept = tf.reshape(outputs, [-1]) if training else tf.zeros([0])
        return outputs, last, cell, kept, tf.constant([MAGIC], tf.int8)

    return kernel.get_concrete_function()


def kernel_backward(mode, shapes):
    """CudnnRNNBackpropV3."""

    @tf.function(input_signature=[tf.TensorSpec(shape, dtype) for shape, dtype in shapes])
    def kernel(x, h, c, params, lengths, output, output_h, output_c, by_output, by_h, by_c, kept, host):
        checks = [
            tf.debugging.assert_equal(lengths, tf.fill([x.shape[1]], x.shape[0])),
            tf.debugging.assert_equal(kept, tf.reshape(output, [-1]), "what the kernel forward has kept does not arrive"),
            tf.debugging.assert_equal(host, tf.constant([MAGIC], tf.int8)),
        ]
        with tf.control_dependencies(checks), tf.GradientTape() as tape:
            given = [tf.identity(value) for value in (x, h, c, params)]
            tape.watch(given)
            results = forward(mode, *given)
            tape_checks = [tf.debugging.assert_near(result, was) for result, was in zip(results, (output, output_h, output_c))]
            total = tf.reduce_sum(results[0] * by_output) + tf.reduce_sum(results[1] * by_h)
            if mode == "lstm":
                total += tf.reduce_sum(results[2] * by_c)
        with tf.control_dependencies(tape_checks):
            return [tf.zeros_like(value) if slope is None else tf.identity(slope) for value, slope in zip(given, tape.gradient(total, given))]

    return kernel.get_concrete_function()


def replaced(graph_def, graph):
    """The same graph with functions in the kernels' place; how many of both there were."""
    result = tf.compat.v1.GraphDef()
    result.CopyFrom(graph_def)
    known, counts = {}, {"CudnnRNNV3": 0, "CudnnRNNBackpropV3": 0}
    for node in result.node:
        if node.op not in counts:
            continue
        counts[node.op] += 1
        operation = graph.get_operation_by_name(node.name)
        mode = node.attr["rnn_mode"].s.decode()
        training = node.attr["is_training"].b
        # What the kernel forward keeps has no shape before it runs.
        shapes = [(value.shape if value.shape.is_fully_defined() else [None], value.dtype) for value in operation.inputs]
        if node.op == "CudnnRNNBackpropV3" and mode == "gru":
            shapes[7] = ([], tf.float32)
        key = (node.op, mode, training, str(shapes))
        if key not in known:
            known[key] = kernel_forward(mode, training, shapes) if node.op == "CudnnRNNV3" else kernel_backward(mode, shapes)
            library = known[key].graph.as_graph_def().library
            have = {function.signature.name for function in result.library.function}
            own = known[key].function_def
            for function in [own, *library.function]:
                if function.signature.name not in have:
                    result.library.function.append(function)
                    have.add(function.signature.name)
        function = known[key].function_def
        assert len(function.signature.input_arg) == len(operation.inputs), "a function takes what the kernel takes"
        node.op = "StatefulPartitionedCall"
        node.attr.clear()
        node.attr["f"].func.name = function.signature.name
        node.attr["Tin"].list.type.extend(argument.type for argument in function.signature.input_arg)
        node.attr["Tout"].list.type.extend(argument.type for argument in function.signature.output_arg)
    return result, counts


def check_shapes(graph, signature):
    """What TensorFlow infers is what the file declares."""
    for info in list(signature.inputs.values()) + list(signature.outputs.values()):
        inferred = graph.get_tensor_by_name(info.name).shape
        declared = tf.TensorShape(info.tensor_shape)
        assert inferred.is_compatible_with(declared), f"{info.name}: {inferred} where {declared} is declared"


def numbers(text, dtype):
    return np.frombuffer(base64.b64decode(text), dtype)


def difference(got, wanted):
    got, wanted = np.asarray(got, np.float64).reshape(-1), np.asarray(wanted, np.float64).reshape(-1)
    assert got.shape == wanted.shape, f"{got.shape} numbers where {wanted.shape} are wanted"
    worst = float(np.max(np.abs(got - wanted), initial=0.0))
    assert np.isfinite(worst), "not a number"
    return worst / max(1.0, float(np.max(np.abs(wanted), initial=0.0)))


def fed(graph, signature, values):
    result = {}
    for name, info in signature.inputs.items():
        tensor = graph.get_tensor_by_name(info.name)
        flat = numbers(values[name], tensor.dtype.as_numpy_dtype) if name in values else np.zeros(tensor.shape, tensor.dtype.as_numpy_dtype)
        result[tensor] = flat.reshape(tensor.shape)
    return result


def keras_parameters(mode, x, kernel, recurrent, bias):
    """The list that Keras' own code hands to cuDNN."""
    taken = {}

    class Taken(Exception):
        pass

    def kernel_call(**arguments):
        taken.update(arguments)
        raise Taken

    before = tf.raw_ops.CudnnRNNV3, tf.sysconfig.get_build_info
    tf.raw_ops.CudnnRNNV3 = kernel_call
    tf.sysconfig.get_build_info = lambda: {"is_cuda_build": True, "is_rocm_build": False}
    state = tf.zeros([x.shape[0], recurrent.shape[0]])
    states = (state, state) if mode == "lstm" else (state,)
    own = keras_rnn._cudnn_lstm if mode == "lstm" else keras_rnn._cudnn_gru
    try:
        own(tf.constant(x), *states, tf.constant(kernel), tf.constant(recurrent), tf.constant(bias), None, False, False, True)
    except Taken:
        pass
    finally:
        tf.raw_ops.CudnnRNNV3, tf.sysconfig.get_build_info = before
    assert taken["rnn_mode"] == mode
    return taken["params"].numpy()


def keras_layer(mode, given, results):
    """Outputs and derivatives of Keras' layer on the same numbers."""
    units = given["recurrentKernel"].shape[0]
    kind = keras.layers.LSTM if mode == "lstm" else keras.layers.GRU
    layer = kind(units, return_sequences=True, return_state=True)
    layer.build(given["x"].shape)
    layer.set_weights([given["kernel"], given["recurrentKernel"], given["bias"]])
    x = tf.constant(given["x"])
    states = [tf.constant(given[name]) for name in ("hidden", "cell") if name in given]
    with tf.GradientTape() as tape:
        tape.watch([x, *states])
        outputs = layer(x, initial_state=states)
        total = sum(tf.reduce_sum(output * given[f"weight/{i}"]) for i, output in enumerate(outputs))
    slopes = tape.gradient(total, [x, *(weight.value for weight in layer.trainable_weights), *states])
    wanted = {f"result/{i}": output for i, output in enumerate(outputs)}
    wanted.update(zip(("by/x", "by/kernel", "by/recurrentKernel", "by/bias", "by/hidden", "by/cell"), slopes))
    return max(difference(results[name], value.numpy()) for name, value in wanted.items())


def compare(folder):
    with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
        case = json.load(file)
    model = saved_model_pb2.SavedModel()
    with open(os.path.join(folder, "saved_model.pb"), "rb") as file:
        model.ParseFromString(file.read())
    [meta] = model.meta_graphs
    emitted = tf.Graph()
    with emitted.as_default():
        tf.import_graph_def(meta.graph_def, name="")
    for signature in meta.signature_def.values():
        check_shapes(emitted, signature)
    graph_def, counts = replaced(meta.graph_def, emitted)
    row = {"title": case["title"], "forward": counts["CudnnRNNV3"], "backward": counts["CudnnRNNBackpropV3"], "state": None, "keras": None, "parameters": None}
    signatures = meta.signature_def
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(graph_def, name="")
        with tf.compat.v1.Session(graph=graph) as session:

            def run(name, values):
                signature = signatures[name]
                wanted = {key: info.name for key, info in signature.outputs.items()}
                return session.run(wanted, fed(graph, signature, values))

            if case["state"]:
                run("assign", {str(place): values for place, values in enumerate(case["state"])})
            steps = [run("program", feed) for feed in case["feeds"]]
            row["outputs"] = max(
                difference(step[name], numbers(values, np.float64)) for step, wanted in zip(steps, case["wanted"]["outputs"]) for name, values in wanted.items()
            )
            if case["state"]:
                after = run("read", {})
                row["state"] = max(difference(after[str(place)], numbers(values, np.float64)) for place, values in enumerate(case["wanted"]["state"]))
            if case["layer"]:
                calls = [node.name for node in meta.graph_def.node if node.op == "CudnnRNNV3"]
                params = session.run(graph.get_operation_by_name(calls[0]).inputs[3], fed(graph, signatures["program"], case["feeds"][0]))
    if case["layer"]:
        given = {name: numbers(values, np.float32).reshape(case["shapes"][name]) for name, values in case["feeds"][0].items()}
        own = keras_parameters(case["layer"], given["x"], given["kernel"], given["recurrentKernel"], given["bias"])
        row["parameters"] = difference(params, own)
        row["keras"] = keras_layer(case["layer"], given, steps[0])
    return row


def main(folder):
    rows = []
    for name in sorted(os.listdir(folder)):
        rows.append(compare(os.path.join(folder, name)))
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    versions = f"TensorFlow {tf.__version__} and Keras {keras.__version__} on a CPU"
    with open(os.path.join(folder, "result.json"), "w", encoding="utf-8") as file:
        json.dump({"versions": versions, "rows": rows}, file)


main(sys.argv[1])
