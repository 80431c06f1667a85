#!/usr/bin/env python3
"""A PPO student in numpy alone: learns small mazes under any adversary, is deterministic, and can be killed.

    agon run recipes/maze-plr-attach.yaml
    python3 clients/python/examples/numpy_student.py <run directory>/hub.json
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from typing import Any, Mapping, Sequence

# More threads of a linear-algebra library may change the order of sums, and so the last bits.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402

import agon_client as agon  # noqa: E402
from maze_features import Features  # noqa: E402

Arrays = dict[str, agon.Array]


@dataclass(frozen=True)
class Options:
    steps: int = 64
    """Steps of every task in one cycle."""
    hidden: int = 64
    learning_rate: float = 2e-3
    discount: float = 0.97
    gae_lambda: float = 0.9
    clip: float = 0.2
    epochs: int = 3
    minibatches: int = 4
    entropy: float = 0.01
    value: float = 0.5


class NumpyStudent:
    """Two hidden layers, a policy head and a value head; Adam; generalised advantages (Schulman et al. 2016)."""

    offers = agon.STATISTICS
    deterministic = True

    def __init__(self, options: Options = Options()) -> None:
        self.options = options

    def open(self, place: agon.StudentPlace) -> None:
        self.place = place
        self.features = Features(place.environment.spec)
        random = agon.generator(place.seed, place.slot, "weights")
        h, inputs, actions = self.options.hidden, self.features.width, place.environment.spec.actions

        def layer(rows: int, columns: int, scale: float) -> agon.Array:
            drawn: agon.Array = (random.standard_normal((rows, columns)) * scale / np.sqrt(rows)).astype(np.float32)
            return drawn

        shapes = {"w1": layer(inputs, h, 1.4), "w2": layer(h, h, 1.4), "wp": layer(h, actions, 0.1), "wv": layer(h, 1, 1)}
        zeros = {"b1": h, "b2": h, "bp": actions, "bv": 1}
        self.weights: Arrays = shapes | {name: np.zeros(size, np.float32) for name, size in zeros.items()}
        self.first: Arrays = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.second: Arrays = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.adam_steps = 0
        self.updates = 0
        self.played: dict[str, Any] | None = None

    # ---- attempting ----

    def attempt(self, batch: agon.TaskBatch) -> agon.AttemptReport:
        place, o, n = self.place, self.options, len(batch.tasks)
        uniform = agon.generator(place.seed, place.slot, batch.cycle, "act").random((o.steps, n))
        x = np.zeros((o.steps + 1, n, self.features.width), np.float32)
        actions = np.zeros((o.steps, n), np.int32)
        rewards = np.zeros((o.steps, n), np.float32)
        dones = np.zeros((o.steps, n), bool)
        with place.environment.vector(n, batch.auto_reset, seeds=[task.seed for task in batch.tasks]) as env:
            self.features.begin(n)
            x[0] = self.features(env.reset([task.level for task in batch.tasks]))
            for t in range(o.steps):
                actions[t] = choose(self.policy(x[t]), uniform[t])
                step = env.step(actions[t])
                rewards[t], dones[t] = step.rewards, step.done
                x[t + 1] = self.features(step.observations, actions[t], step.done)
        _, _, logits, values = forward(self.weights, x.reshape((o.steps + 1) * n, -1))
        values = values.reshape(o.steps + 1, n)
        advantages, deltas = advantages_of(rewards, dones, values, o)
        logp = log_softmax(logits).reshape(o.steps + 1, n, -1)[:-1]
        logp = np.take_along_axis(logp, actions[..., None], -1)[..., 0]
        self.played = {"batch": batch, "x": x[:-1], "actions": actions, "advantages": advantages, "logp": logp}
        self.played["targets"] = advantages + values[:-1]
        solved = place.environment.spec.solved
        outcomes = [
            agon.Outcome(task.id, summarise(i, rewards, dones, values, advantages, deltas, o, self.updates, solved), task.repeat)
            for i, task in enumerate(batch.tasks)
        ]
        finished = [episode for outcome in outcomes for episode in outcome.episodes if episode.finished]
        metrics = {"episodes": float(len(finished))}
        if finished:
            metrics["return_mean"] = float(np.mean([episode.return_ for episode in finished]))
            metrics["solve_rate"] = float(np.mean([episode.solved for episode in finished]))
        return agon.AttemptReport(outcomes, env_steps=o.steps * n, metrics=metrics)

    def policy(self, x: agon.Array) -> agon.Array:
        probabilities: agon.Array = np.exp(log_softmax(forward(self.weights, x)[2]))
        return probabilities

    def measure(self, environment: agon.Environment, episodes: Sequence[agon.SealedEpisode]) -> list[agon.SealedResult]:
        """Sampled actions, no learning. The features remember what was seen, so ended rows are no bother."""
        features = Features(environment.spec)
        last: list[agon.Array | None] = [None]

        def begin(rows: int) -> None:
            features.begin(rows)
            last[0] = None

        def act(observations: Mapping[str, agon.Array], uniform: agon.Array) -> agon.Array:
            last[0] = actions = choose(self.policy(features(observations, last[0])), uniform)
            return actions

        return agon.play_sealed(environment, episodes, act, begin=begin)

    # ---- learning ----

    def learn(self) -> agon.LearnReport:
        played, self.played, o = self.played, None, self.options
        assert played is not None, "there is no attempt to learn from"
        columns = np.array([i for i, task in enumerate(played["batch"].tasks) if task.train])
        if len(columns) == 0:
            return agon.LearnReport(0)
        chosen = {k: v[:, columns].reshape(-1, *v.shape[2:]) for k, v in played.items() if k != "batch"}
        spread = chosen["advantages"].std() + 1e-8
        chosen["advantages"] = (chosen["advantages"] - chosen["advantages"].mean()) / spread
        random = agon.generator(self.place.seed, self.place.slot, played["batch"].cycle, "learn")
        losses = []
        for _ in range(o.epochs):
            for rows in np.array_split(random.permutation(len(chosen["actions"])), o.minibatches):
                loss, gradients = loss_gradients(self.weights, {k: v[rows] for k, v in chosen.items()}, o)
                self.apply(gradients)
                losses.append(loss)
        self.updates += 1
        return agon.LearnReport(1, metrics=dict(zip(("policy_loss", "value_loss", "entropy"), np.mean(losses, axis=0).tolist())))

    def apply(self, gradients: Arrays, limit: float = 0.5) -> None:
        """One step of Adam (Kingma & Ba 2015) with the global norm clipped at `limit`."""
        self.adam_steps += 1
        norm = np.sqrt(sum(float((g * g).sum()) for g in gradients.values()))
        for name, gradient in gradients.items():
            g = gradient * np.float32(min(1.0, limit / (norm + 1e-8)))
            self.first[name] = np.float32(0.9) * self.first[name] + np.float32(0.1) * g
            self.second[name] = np.float32(0.999) * self.second[name] + np.float32(0.001) * g * g
            rate = self.options.learning_rate * np.sqrt(1 - 0.999**self.adam_steps) / (1 - 0.9**self.adam_steps)
            self.weights[name] = self.weights[name] - np.float32(rate) * self.first[name] / (np.sqrt(self.second[name]) + np.float32(1e-6))

    # ---- state ----

    def snapshot(self) -> agon.Snapshot:
        groups = {"weights": self.weights, "first": self.first, "second": self.second}
        tensors = {f"{group}/{name}": value for group, arrays in groups.items() for name, value in arrays.items()}
        return agon.Snapshot("numpy-ppo", 1, {"updates": self.updates, "adam_steps": self.adam_steps}, tensors)

    def restore(self, snapshot: agon.Snapshot) -> None:
        snapshot.of_kind("numpy-ppo")
        self.updates, self.adam_steps = snapshot.state["updates"], snapshot.state["adam_steps"]
        for group, arrays in (("weights", self.weights), ("first", self.first), ("second", self.second)):
            for name in arrays:
                arrays[name] = snapshot.tensors[f"{group}/{name}"]


def forward(w: Arrays, x: agon.Array) -> tuple[agon.Array, agon.Array, agon.Array, agon.Array]:
    """`x` `[B, features]` → two hidden layers `[B, h]`, logits `[B, actions]`, values `[B]`."""
    h1 = np.tanh(x @ w["w1"] + w["b1"])
    h2 = np.tanh(h1 @ w["w2"] + w["b2"])
    return h1, h2, h2 @ w["wp"] + w["bp"], (h2 @ w["wv"] + w["bv"])[:, 0]


def loss_gradients(w: Arrays, batch: Arrays, o: Options) -> tuple[tuple[float, float, float], Arrays]:
    """PPO's clipped loss (Schulman et al. 2017, eq. 9) over a minibatch, and its gradients by hand."""
    count = np.float32(len(batch["actions"]))
    h1, h2, logits, values = forward(w, batch["x"])
    logp = log_softmax(logits)
    p = np.exp(logp)
    taken = np.eye(p.shape[1], dtype=np.float32)[batch["actions"]]
    ratio = np.exp((logp * taken).sum(1) - batch["logp"])
    advantages = batch["advantages"]
    clipped = np.clip(ratio, 1 - o.clip, 1 + o.clip)
    entropy = -(p * logp).sum(1)
    error = values - batch["targets"]
    # The clipped branch has no gradient where it is the smaller one.
    through = (ratio * advantages <= clipped * advantages).astype(np.float32)
    d_logits = -(through * ratio * advantages)[:, None] * (taken - p)
    d_logits += o.entropy * p * (logp + entropy[:, None])
    d_logits = (d_logits / count).astype(np.float32)
    d_values = (o.value * error / count).astype(np.float32)[:, None]
    d2 = (d_logits @ w["wp"].T + d_values @ w["wv"].T) * (1 - h2 * h2)
    d1 = (d2 @ w["w2"].T) * (1 - h1 * h1)
    losses = (float(-np.minimum(ratio * advantages, clipped * advantages).mean()), float(0.5 * (error**2).mean()), float(entropy.mean()))
    gradients = {"w1": batch["x"].T @ d1, "b1": d1.sum(0), "w2": h1.T @ d2, "b2": d2.sum(0)}
    gradients |= {"wp": h2.T @ d_logits, "bp": d_logits.sum(0), "wv": h2.T @ d_values, "bv": d_values.sum(0)}
    return losses, gradients


def advantages_of(rewards: agon.Array, dones: agon.Array, values: agon.Array, o: Options) -> tuple[agon.Array, agon.Array]:
    """Generalised advantages and TD errors, each `[T, n]`, of `rewards` `[T, n]` and `values` `[T + 1, n]`."""
    going = 1 - dones.astype(np.float32)
    deltas = rewards + np.float32(o.discount) * values[1:] * going - values[:-1]
    advantages = np.zeros_like(deltas)
    following = np.zeros(deltas.shape[1], np.float32)
    for t in reversed(range(len(deltas))):
        following = deltas[t] + np.float32(o.discount * o.gae_lambda) * going[t] * following
        advantages[t] = following
    return advantages, deltas


def summarise(
    i: int, rewards: agon.Array, dones: agon.Array, values: agon.Array, advantages: agon.Array, deltas: agon.Array, o: Options,
    version: int, solved: Any,
) -> list[agon.Episode]:
    """The episodes of column `i`, in order; the last one is unfinished where the rollout cut it."""
    ends = [int(t) + 1 for t in np.flatnonzero(dones[:, i])]
    cuts = [0, *ends] + ([len(dones)] if not ends or ends[-1] < len(dones) else [])
    episodes = []
    for start, end in zip(cuts, cuts[1:]):
        r, a = rewards[start:end, i].astype(float), advantages[start:end, i].astype(float)
        finished, total = bool(dones[end - 1, i]), float(r.sum())
        without_last = deltas[start : end - 1 if finished else end, i].astype(float)
        episodes.append(
            agon.Episode(
                total,
                end - start,
                finished=finished,
                solved=finished and solved(total),
                discounted_return=float((r * o.discount ** np.arange(end - start)).sum()),
                value0=float(values[start, i]),
                sum_value=float(values[start:end, i].astype(float).sum()),
                sum_advantage=float(a.sum()),
                sum_abs_advantage=float(np.abs(a).sum()),
                sum_positive_advantage=float(np.maximum(a, 0).sum()),
                sum_abs_td_error=float(np.abs(without_last).sum()),
                trained_steps=end - start,
                student_version=version,
            )
        )
    return episodes


def log_softmax(logits: agon.Array) -> agon.Array:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    logarithms: agon.Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logarithms


def choose(probabilities: agon.Array, uniform: agon.Array) -> agon.Array:
    """Samples by inverting the cumulative distribution: `[n, actions]`, `[n]` → int32 `[n]`."""
    below = probabilities.cumsum(axis=1) < uniform[:, None]
    actions: agon.Array = np.minimum(below.sum(axis=1), probabilities.shape[1] - 1).astype(np.int32)
    return actions


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hub", help="the hub's rendezvous file, or host:port with AGON_TOKEN set")
    parser.add_argument("--slot", default="")
    parser.add_argument("--wait", type=float, default=60, help="seconds to look for the hub")
    given = parser.parse_args()
    agon.as_program(
        lambda: agon.attach_student(given.hub, NumpyStudent(), slot=given.slot, name="numpy-ppo", wait_s=given.wait)
    )
