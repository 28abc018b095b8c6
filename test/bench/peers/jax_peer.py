# The JAX peer: a scan over time per layer, the whole training step compiled by jax.jit, optax for clipping and Adam.
# Argument: threads.
import os

from protocol import require, serve, threads

if hasattr(os, "sched_setaffinity"):
    # XLA makes as many threads as there are processors this process may use.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads() :])
os.environ["JAX_PLATFORMS"] = "cpu"
jax, optax, np = require("jax", "optax", "numpy")
jnp = jax.numpy
sigmoid, tanh = jax.nn.sigmoid, jnp.tanh


def lstm(z, wh, state):
    h, c = state
    i, f, g, o = jnp.split(z + h @ wh, 4, -1)
    c = sigmoid(f) * c + sigmoid(i) * tanh(g)
    return sigmoid(o) * tanh(c), c


def gru(z, wh, state):
    h, c = state
    (zr, zu, zn), (hr, hu, hn) = jnp.split(z, 3, -1), jnp.split(h @ wh, 3, -1)
    n = tanh(zn + sigmoid(zr + hr) * hn)
    u = sigmoid(zu + hu)
    return (1 - u) * n + u * h, c


def vanilla(z, wh, state):
    h, c = state
    return tanh(z + h @ wh), c


CELLS = {"lstm": (lstm, 4), "gru": (gru, 3), "vanilla": (vanilla, 1)}


def initial_parameters(w):
    keys = iter(jax.random.split(jax.random.PRNGKey(0), 64))
    hidden, gates = w["hidden"], CELLS[w["cell"]][1]
    bound = hidden**-0.5
    uniform = lambda *shape: jax.random.uniform(next(keys), shape, minval=-bound, maxval=bound)
    directions = 2 if w["bidirectional"] else 1
    layers, width = [], w["embedding"]
    for _ in range(w["layers"]):
        one = lambda: dict(wx=uniform(width, gates * hidden), wh=uniform(hidden, gates * hidden), b=jnp.zeros(gates * hidden))
        layers.append([one() for _ in range(directions)])
        width = directions * hidden
    classes = w["classes"] or w["vocabulary"]
    embedding = jax.random.normal(next(keys), (w["vocabulary"], w["embedding"]))
    return dict(embedding=embedding, layers=layers, wo=uniform(width, classes), bo=jnp.zeros(classes))


def training(w):
    cell = CELLS[w["cell"]][0]
    directions = 2 if w["bidirectional"] else 1

    def loss(parameters, tokens, labels, states):
        x, last = parameters["embedding"][tokens], []
        for layer, initial in zip(parameters["layers"], states):
            outputs = []
            for k, (p, state) in enumerate(zip(layer, initial)):

                def step(state, z, wh=p["wh"]):
                    state = cell(z, wh, state)
                    return state, state[0]

                final, h = jax.lax.scan(step, state, x @ p["wx"] + p["b"], reverse=k == 1)
                last.append(final)
                outputs.append(h)
            x = jnp.concatenate(outputs, -1) if directions > 1 else outputs[0]
        if w["classes"]:
            x = x.mean(0)
        logits = x @ parameters["wo"] + parameters["bo"]
        carried = states if w["classes"] else [last[k : k + directions] for k in range(0, len(last), directions)]
        return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean(), carried

    optimizer = optax.chain(optax.clip_by_global_norm(w["clipNorm"]), optax.adam(w["learningRate"]))

    def train(parameters, moments, tokens, labels, states):
        (value, states), gradients = jax.value_and_grad(loss, has_aux=True)(parameters, tokens, labels, states)
        updates, moments = optimizer.update(gradients, moments, parameters)
        return optax.apply_updates(parameters, updates), moments, states, value

    compiled = jax.jit(train)
    random = np.random.default_rng(0)
    tokens = random.integers(0, w["vocabulary"], (w["timesteps"] + 1, w["batch"]))
    labels = random.integers(0, w["classes"], w["batch"]) if w["classes"] else tokens[1:]
    parameters = initial_parameters(w)
    moments = optimizer.init(parameters)
    zeros = jnp.zeros((w["batch"], w["hidden"]))
    states = [[(zeros, zeros) for _ in range(directions)] for _ in range(w["layers"])]

    def step():
        nonlocal parameters, moments, states
        parameters, moments, states, value = compiled(parameters, moments, tokens[:-1], labels, states)
        jax.block_until_ready((parameters, value))

    step()  # compiles
    return step


def prepare(w):
    if w["task"] != "train":
        raise NotImplementedError("measured for training only")
    return training(w)


serve("JAX", jax.__version__, prepare)
