# The PyTorch peer: nn.LSTM, nn.GRU and nn.RNN trained as in PyTorch's own examples, and inspection by autograd.
# Arguments: threads, then "loop" or "vmap": how gradients of many outputs are taken.
import sys

from protocol import require, serve, threads

(torch,) = require("torch")
nn, F = torch.nn, torch.nn.functional

torch.set_num_threads(threads())
torch.manual_seed(0)
VMAP = sys.argv[2:] == ["vmap"]
# Gradients over long distances underflow into denormals, which the processor computes slowly.
torch.set_flush_denormal(VMAP)

CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "vanilla": nn.RNN}


class Network(nn.Module):
    """Embedding, recurrent layers, and logits of every step or, for a classifier, of the mean over time."""

    def __init__(self, w):
        super().__init__()
        directions = 2 if w["bidirectional"] else 1
        self.embedding = nn.Embedding(w["vocabulary"], w["embedding"])
        self.recurrent = CELLS[w["cell"]](
            w["embedding"], w["hidden"], w["layers"], bidirectional=w["bidirectional"]
        )
        self.output = nn.Linear(directions * w["hidden"], w["classes"] or w["vocabulary"])
        self.pooled = w["classes"] > 0

    def forward(self, tokens, state):
        hidden, state = self.recurrent(self.embedding(tokens), state)
        return self.output(hidden.mean(0) if self.pooled else hidden), state


def detach(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def training(w):
    network = Network(w)
    optimizer = torch.optim.Adam(network.parameters(), lr=w["learningRate"])
    tokens = torch.randint(0, w["vocabulary"], (w["timesteps"] + 1, w["batch"]))
    labels = torch.randint(0, w["classes"], (w["batch"],)) if w["classes"] else tokens[1:].flatten()
    carried = None

    def step():
        nonlocal carried
        optimizer.zero_grad()
        logits, state = network(tokens[:-1], carried)
        loss = F.cross_entropy(logits.flatten(0, -2), labels)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), w["clipNorm"])
        optimizer.step()
        if not w["classes"]:
            carried = detach(state)
        return loss.item()

    return step


class Inspected:
    """An LSTM written out step by step, since nn.LSTM shows neither its gates nor its states to autograd."""

    def __init__(self, w):
        self.embedding = nn.Embedding(w["vocabulary"], w["embedding"])
        self.cell = nn.LSTMCell(w["embedding"], w["hidden"])
        self.output = nn.Linear(w["hidden"], w["vocabulary"])
        self.hidden = w["hidden"]
        self.tokens = torch.randint(0, w["vocabulary"], (w["timesteps"] + 1, 1))

    def gates(self):
        """i, f, g, o, c, h of every step."""
        h = c = torch.zeros(1, self.hidden)
        steps = []
        with torch.no_grad():
            inputs = F.linear(self.embedding(self.tokens[:-1]), self.cell.weight_ih, self.cell.bias_ih)
            for x in inputs:
                z = x + F.linear(h, self.cell.weight_hh, self.cell.bias_hh)
                i, f, g, o = z.chunk(4, 1)
                i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
                c = f * c + i * g
                h = o * c.tanh()
                steps.append(torch.cat([i, f, g, o, c, h]))
        return torch.stack(steps)

    def states(self):
        h = c = torch.zeros(1, self.hidden)
        states = []
        for token in self.tokens[:-1]:
            h, c = self.cell(self.embedding(token), (h, c))
            states.append(h)
        return states

    def all_pairs(self):
        """‖∂J(i)/∂h(j)‖ for all i and j."""
        states = self.states()
        steps = len(states)
        losses = F.cross_entropy(self.output(torch.cat(states)), self.tokens[1:, 0], reduction="none")
        if VMAP:
            gradients = torch.autograd.grad(losses, states, torch.eye(steps), is_grads_batched=True)
            return torch.stack([gradient.squeeze(1).norm(dim=1) for gradient in gradients], 1)
        norms = torch.zeros(steps, steps)
        for i in range(steps):
            gradients = torch.autograd.grad(losses[i], states[: i + 1], retain_graph=True)
            norms[i, : i + 1] = torch.stack([gradient.norm() for gradient in gradients])
        return norms

    def jacobians(self):
        """∂h(T)/∂h(j) for all j."""
        states = self.states()
        if VMAP:
            rows = torch.eye(self.hidden).unsqueeze(1)
            return torch.stack(torch.autograd.grad(states[-1], states, rows, is_grads_batched=True)).squeeze(2)
        last = states[-1][0]
        rows = [torch.cat(torch.autograd.grad(last[k], states, retain_graph=True)) for k in range(self.hidden)]
        return torch.stack(rows, 1)


def products(w):
    m, k, n = w["product"]
    left, right, product = torch.rand(m, k), torch.rand(k, n), torch.empty(m, n)

    def step():
        for _ in range(w["repeats"]):
            torch.mm(left, right, out=product)

    return step


def prepare(w):
    if w["task"] == "train":
        return training(w)
    if w["task"] == "product":
        return products(w)
    inspected = Inspected(w)
    return {"gates": inspected.gates, "allPairs": inspected.all_pairs, "jacobians": inspected.jacobians}[w["task"]]


serve("PyTorch", torch.__version__, prepare)
