import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { host, runHosted } from '../support/hosted-run.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'

const EXAMPLES = fileURLToPath(new URL('../../clients/python/examples/', import.meta.url))

const SPAWNED = `
import gymnasium

def make(n):
    kwargs = {"context": "spawn", "autoreset_mode": "NextStep"}
    return gymnasium.make_vec("CartPole-v1", n, vectorization_mode="async", vector_kwargs=kwargs)
`

/** The example, as it is typed. */
const GAME = `
import runpy
import sys
sys.argv[1:] = ["butterfly.knights_archers_zombies_v11", "max_cycles=12", "num_knights=1", "num_archers=1", "--rendezvous", "env.json"]
runpy.run_path(${JSON.stringify(`${EXAMPLES}pettingzoo_environment.py`)}, run_name="__main__")
raise SystemExit
`

const rowsOf = (out: string): Record<string, number>[] =>
  readFileSync(join(out, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe.skipIf(REAL_PYTHON === null)(`whole runs ${NEEDS_REAL_PACKAGES}`, () => {
  it('in a vector environment whose workers are spawned', async () => {
    const vectors = await host(SPAWNED, REAL_PYTHON)
    const { code, stderr, out } = await runHosted(vectors)
    expect(code, stderr).toBe(0)
    expect(existsSync(join(out, 'policy.onnx'))).toBe(true)
    expect(rowsOf(out)).toHaveLength(2)
    expect((await vectors.close()).code).toBe(0)
  })

  it('in a game of PettingZoo, with a student for all its agents', async () => {
    const game = await host(GAME, REAL_PYTHON)
    const student =
      'student: {id: ppo, rollout: {envs: 2, steps: 12}, network: {core: none, hidden: 16}, ppo: {epochs: 1, timeLimit: bootstrap}}'
    const { code, stderr, out } = await runHosted(game, [student])
    expect(code, stderr).toBe(0)
    for (const row of rowsOf(out)) expect(row['agent/episode_length_mean']).toBe(12)
    expect((await game.close()).code).toBe(0)
  })
})
