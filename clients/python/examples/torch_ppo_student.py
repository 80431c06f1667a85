#!/usr/bin/env python3
"""A recurrent PPO student in torch: a GRU of its own memory, where the one in numpy looks at three steps.

    pip install torch
    python3 clients/python/examples/torch_ppo_student.py <run directory>/hub.json
"""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import Any, Mapping, Sequence

import numpy as np

import agon_client as agon
from maze_features import Features
from numpy_student import Options, advantages_of, choose, summarise

try:
    torch: Any = importlib.import_module("torch")
except ImportError:
    torch = None


def network(inputs: int, hidden: int, actions: int, seed: int) -> Any:
    """Features `[T, B, inputs]` → logits `[T, B, actions]` and values `[T, B]`; memory `[1, B, hidden]` starts at zero."""

    class ActorCritic(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.encode = torch.nn.Linear(inputs, hidden)
            self.core = torch.nn.GRU(hidden, hidden)
            self.policy = torch.nn.Linear(hidden, actions)
            self.value = torch.nn.Linear(hidden, 1)

        def forward(self, x: Any, memory: Any) -> tuple[Any, Any, Any]:
            y, memory = self.core(torch.relu(self.encode(x)), memory)
            return self.policy(y), self.value(y)[..., 0], memory

        def sequence(self, x: Any, dones: Any) -> tuple[Any, Any]:
            """A whole rollout: the memory is zeroed after every step that ended an episode."""
            memory = torch.zeros(1, x.shape[1], hidden)
            logits, values = [], []
            for t in range(len(x)):
                if t > 0:
                    memory = memory * (1 - dones[t - 1])[None, :, None]
                p, v, memory = self(x[t : t + 1], memory)
                logits.append(p)
                values.append(v)
            return torch.cat(logits), torch.cat(values)

    torch.manual_seed(seed)
    return ActorCritic()


class TorchStudent:
    offers = agon.STATISTICS
    deterministic = True

    def __init__(self, options: Options = Options(learning_rate=1.5e-3, minibatches=1)) -> None:
        self.options = options
        # More threads may change the order of sums, and so the last bits.
        torch.set_num_threads(1)
        torch.use_deterministic_algorithms(True)

    def open(self, place: agon.StudentPlace) -> None:
        self.place = place
        self.features = Features(place.environment.spec, memory=1)
        seed = int(agon.generator(place.seed, place.slot, "weights").integers(2**31))
        self.net = network(self.features.width, self.options.hidden, place.environment.spec.actions, seed)
        self.adam = torch.optim.Adam(self.net.parameters(), lr=self.options.learning_rate, eps=1e-6)
        self.updates = 0

    def attempt(self, batch: agon.TaskBatch) -> agon.AttemptReport:
        place, o, n = self.place, self.options, len(batch.tasks)
        uniform = agon.generator(place.seed, place.slot, batch.cycle, "act").random((o.steps, n))
        x = np.zeros((o.steps + 1, n, self.features.width), np.float32)
        actions = np.zeros((o.steps, n), np.int64)
        rewards, dones = np.zeros((o.steps, n), np.float32), np.zeros((o.steps, n), bool)
        memory = torch.zeros(1, n, o.hidden)
        with place.environment.vector(n, batch.auto_reset, seeds=[task.seed for task in batch.tasks]) as env:
            self.features.begin(n)
            x[0] = self.features(env.reset([task.level for task in batch.tasks]))
            for t in range(o.steps):
                probabilities, memory = self.act(x[t], memory)
                actions[t] = choose(probabilities, uniform[t])
                step = env.step(actions[t])
                rewards[t], dones[t] = step.rewards, step.done
                memory = memory * torch.from_numpy(~step.done)[None, :, None]
                x[t + 1] = self.features(step.observations, actions[t], step.done)
        self.played = {"batch": batch, "x": torch.from_numpy(x), "actions": torch.from_numpy(actions)}
        self.played["dones"] = torch.from_numpy(dones.astype(np.float32))
        with torch.no_grad():
            logits, values = self.net.sequence(self.played["x"], self.played["dones"])
        self.played["logp"] = torch.log_softmax(logits[:-1], -1).gather(-1, self.played["actions"][..., None])[..., 0]
        advantages, deltas = advantages_of(rewards, dones, values.numpy(), o)
        self.played["advantages"] = torch.from_numpy(advantages)
        self.played["targets"] = torch.from_numpy(advantages + values.numpy()[:-1])
        solved = place.environment.spec.solved
        outcomes = [
            agon.Outcome(
                task.id, summarise(i, rewards, dones, values.numpy(), advantages, deltas, o, self.updates, solved), task.repeat
            )
            for i, task in enumerate(batch.tasks)
        ]
        return agon.AttemptReport(outcomes, env_steps=o.steps * n)

    def act(self, x: agon.Array, memory: Any) -> tuple[agon.Array, Any]:
        with torch.no_grad():
            logits, _, memory = self.net(torch.from_numpy(x)[None], memory)
        return torch.softmax(logits[0], -1).double().numpy(), memory

    def learn(self) -> agon.LearnReport:
        played, o = self.played, self.options
        columns = [i for i, task in enumerate(played["batch"].tasks) if task.train]
        if not columns:
            return agon.LearnReport(0)
        part = {name: value[:, columns] for name, value in played.items() if name != "batch"}
        advantages = (part["advantages"] - part["advantages"].mean()) / (part["advantages"].std() + 1e-8)
        for _ in range(o.epochs):
            logits, values = self.net.sequence(part["x"][:-1], part["dones"])
            logp = torch.log_softmax(logits, -1)
            ratio = torch.exp(logp.gather(-1, part["actions"][..., None])[..., 0] - part["logp"])
            clipped = torch.clamp(ratio, 1 - o.clip, 1 + o.clip)
            policy_loss = -torch.minimum(ratio * advantages, clipped * advantages).mean()
            value_loss = 0.5 * ((values - part["targets"]) ** 2).mean()
            entropy = -(torch.exp(logp) * logp).sum(-1).mean()
            self.adam.zero_grad()
            (policy_loss + o.value * value_loss - o.entropy * entropy).backward()
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), 0.5)
            self.adam.step()
        self.updates += 1
        metrics = {"policy_loss": float(policy_loss), "value_loss": float(value_loss), "entropy": float(entropy)}
        return agon.LearnReport(1, metrics=metrics)

    def measure(self, environment: agon.Environment, episodes: Sequence[agon.SealedEpisode]) -> list[agon.SealedResult]:
        features = Features(environment.spec, memory=1)
        kept: dict[str, Any] = {}

        def begin(rows: int) -> None:
            features.begin(rows)
            kept.update(memory=torch.zeros(1, rows, self.options.hidden), actions=None)

        def act(observations: Mapping[str, agon.Array], uniform: agon.Array) -> agon.Array:
            probabilities, kept["memory"] = self.act(features(observations, kept["actions"]), kept["memory"])
            kept["actions"] = actions = choose(probabilities, uniform)
            return actions

        return agon.play_sealed(environment, episodes, act, begin=begin)

    def snapshot(self) -> agon.Snapshot:
        tensors = {f"weights/{name}": value.numpy() for name, value in self.net.state_dict().items()}
        for index, state in self.adam.state_dict()["state"].items():
            for name in ("exp_avg", "exp_avg_sq", "step"):
                tensors[f"adam/{index}/{name}"] = np.asarray(state[name], np.float32)
        return agon.Snapshot("torch-ppo", 1, {"updates": self.updates}, tensors)

    def restore(self, snapshot: agon.Snapshot) -> None:
        snapshot.of_kind("torch-ppo")
        self.updates = snapshot.state["updates"]
        weights = {name: snapshot.tensors[f"weights/{name}"] for name in self.net.state_dict()}
        self.net.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
        optimiser = self.adam.state_dict()
        indices = {int(name.split("/")[1]) for name in snapshot.tensors if name.startswith("adam/")}
        names = ("exp_avg", "exp_avg_sq", "step")
        optimiser["state"] = {
            i: {name: torch.from_numpy(snapshot.tensors[f"adam/{i}/{name}"]) for name in names} for i in sorted(indices)
        }
        self.adam.load_state_dict(optimiser)


if __name__ == "__main__":
    if torch is None:
        sys.exit("torch is not installed: pip install torch, or use numpy_student.py, which needs numpy alone")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hub", help="the hub's rendezvous file, or host:port with AGON_TOKEN set")
    parser.add_argument("--slot", default="")
    parser.add_argument("--wait", type=float, default=60, help="seconds to look for the hub")
    given = parser.parse_args()
    agon.as_program(
        lambda: agon.attach_student(given.hub, TorchStudent(), slot=given.slot, name="torch-ppo", wait_s=given.wait)
    )
