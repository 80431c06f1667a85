"""Steps a bare SyncVectorEnv: `bare.py GAME SLOTS`. For each line, milliseconds, it answers how many steps it took in them,
in what wall-clock and what processor time, as JSON."""

from __future__ import annotations

import json
import sys
import time

import gymnasium as gym

from games import GAMES

if __name__ == "__main__":
    name, slots = sys.argv[1], int(sys.argv[2])
    env = gym.vector.SyncVectorEnv([GAMES[name]] * slots)
    env.action_space.seed(0)
    env.reset(seed=0)
    actions = [env.action_space.sample() for _ in range(16)]
    steps = 0
    print("{}", flush=True)
    for line in sys.stdin:
        count, begin, cpu = 0, time.perf_counter(), time.process_time()
        end = begin + float(line) / 1000
        while time.perf_counter() < end:
            env.step(actions[(steps + count) & 15])
            count += 1
        wall, spent = time.perf_counter() - begin, time.process_time() - cpu
        steps += count
        print(json.dumps({"steps": count, "wallMs": wall * 1000, "cpuMs": spent * 1000}), flush=True)
