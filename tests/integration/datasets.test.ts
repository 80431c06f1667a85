import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DatasetEpisode, openDataset } from 'agon/datasets'
import { environment } from 'agon/envs/maze'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { inCycles } from '../support/in-cycles.ts'
import { exactFiles } from '../support/run-files.ts'
import { SLOW } from '../support/tiers.ts'

// Three stages in real processes: a student that learns leaves its last episodes, a frozen one its first, and an adversary of a
// user begins with what the first stage has left.

const root = mkdtempSync(join(tmpdir(), 'agon-datasets-'))
afterAll(() => rmSync(root, { recursive: true }))
const REPLAY = fileURLToPath(new URL('../fixtures/datasets/replay-adversary.mjs', import.meta.url))
const MAZE = { height: 5, width: 5, nWalls: 6, maxSteps: 9 }
const SIZE = 'rollout: { envs: 4, steps: 24 }'

const path = join(root, 'recorded.yaml')
writeFileSync(
  path,
  `name: recorded
seed: 5
workers: 1
cuts: { every: 1, keep: 2 }
env: ${JSON.stringify({ id: 'maze', ...MAZE })}
adversary: dr
evaluation: { suite: random:2, every: 0 }
policies: { any: { bot: random } }
stages:
  - name: play
    student: { id: ppo, network: { hidden: 16 }, ppo: { epochs: 1 }, ${SIZE} }
    budget: { cycles: 3 }
    dataset: { episodes: 6 }
  - name: watch
    student: { id: frozen, policy: any, ${SIZE} }
    budget: { cycles: 2 }
    dataset: { episodes: 5, take: first }
  - name: replay
    adversary: ${JSON.stringify({ id: REPLAY })}
    student: { id: frozen, policy: any, ${SIZE} }
    budget: { cycles: 1 }
    from: { dataset: play }
`,
)
const calm = join(root, 'calm')
beforeAll(async () => {
  const { code, stderr } = await jsonHere(['run', path, '--out', calm])
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

/** What an environment shows and gives, where the actions of an episode are taken again on its level. */
function again({ level, actions, length }: DatasetEpisode) {
  const { levels, spec, vector } = environment.create(environment.options.parse(MAZE))
  const sizes = Object.entries(spec.observations).map(([name, { shape }]) => {
    const size = shape.reduce((all, one) => all * one, 1)
    return [name, new Uint8Array(size)] as const
  })
  const observations = Object.fromEntries(sizes)
  const out = {
    observations,
    rewards: new Float32Array(1),
    terminated: new Uint8Array(1),
    truncated: new Uint8Array(1),
  }
  const unused = (): never => {
    throw new Error('one episode is one level')
  }
  const env = vector!({ slots: 1, autoReset: 'none', nextLevel: unused, stream: unused })
  env.reset([0], [levels.decode(level)], observations)
  const seen: number[][] = []
  const rewards: number[] = []
  for (let t = 0; t < length; t++) {
    seen.push(Object.values(observations).flatMap((one) => [...one]))
    env.step(Int32Array.of(actions[t]), out)
    rewards.push(out.rewards[0])
  }
  return { seen, rewards, ended: [out.terminated[0], out.truncated[0]] }
}

it.each([
  ['play', 6, 3],
  ['watch', 5, 4],
])('%s leaves whole episodes, which come again as they were', (stage, count, cycle) => {
  const { manifest, episodes } = openDataset(join(calm, 'datasets', stage))
  const all = [...episodes()]
  expect(manifest).toMatchObject({ format: 1, stage, seed: 5, episodes: count })
  expect(manifest.steps).toBe(all.reduce((sum, { length }) => sum + length, 0))
  expect(all.map((one) => [one.cycle, one.slot])).toEqual(all.map(() => [cycle, 'agent']))
  for (const one of all) {
    const { seen, rewards, ended } = again(one)
    const per = Object.values(one.observations).map((data) => data.length / one.length)
    const shown = seen.map((_, t) =>
      Object.values(one.observations).flatMap((data, i) =>
        Array.from(data.subarray(t * per[i], (t + 1) * per[i]), Number),
      ),
    )
    expect(shown).toEqual(seen)
    expect([...one.rewards]).toEqual(rewards)
    expect([one.terminated.at(-1), one.truncated.at(-1)]).toEqual(ended)
    expect(one.terminated.subarray(0, -1).some((flag) => flag === 1)).toBe(false)
  }
})

it('a later stage is given the dataset that it names', () => {
  const rows = readFileSync(join(calm, 'metrics.jsonl'), 'utf8').trim().split('\n')
  expect(JSON.parse(rows.at(-1) ?? '')).toMatchObject({ stage: 3, 'adversary/levels': 6 })
  // What no cut could need any more is gone: the first cycle.
  expect(readdirSync(join(calm, 'datasets/play')).length).toBe(3)
})

const damaged = join(root, 'damaged')
it('kill -9 while it records, and while it is read: the same bytes', async () => {
  const out = join(root, 'killed')
  const kill = (cycle: number) => inCycles([cycle], (child) => child.kill('SIGKILL'))
  expect((await agon(['run', path, '--out', out], kill(2))).signal).toBe('SIGKILL')
  cpSync(out, damaged, { recursive: true })
  rmSync(join(damaged, 'lock'), { force: true })
  if (SLOW) expect((await agon(['resume', out], kill(5))).signal).toBe('SIGKILL')
  expect((await jsonHere(['resume', out])).code).toBe(0)
  expect(exactFiles(out)).toEqual(exactFiles(calm))
})

it('a damaged shard is refused by name, by who reads it and by a run that goes on', async () => {
  const out = damaged
  const folder = join(out, 'datasets/play')
  const [shard] = readdirSync(folder).filter((name) => name.endsWith('.safetensors'))
  const bytes = readFileSync(join(folder, shard))
  bytes[bytes.length - 1] ^= 1
  writeFileSync(join(folder, shard), bytes)
  const { code, events } = await jsonHere(['resume', out])
  expect(code).toBe(4)
  expect(events).toContainEqual(
    expect.objectContaining({ code: 'dataset/damaged', place: join(folder, shard) }),
  )
})

it('nobody who reads, nobody who leaves, and a student that cannot are told before anything starts', async () => {
  const told = async (...set: readonly string[]): Promise<string> => {
    const { code, events } = await jsonHere(['run', path, '--dry-run', ...set])
    expect(code).toBe(2)
    return JSON.stringify(events)
  }
  expect(await told('--set=stages.2.adversary=dr')).toContain('nobody in the cast')
  expect(await told('--set=stages.2.from.dataset=replay')).toContain("no stage 'replay' before")
  const carried = '--set=stages.0.student.rollout.carry=continue'
  expect(await told(carried)).toContain("'agent' (ppo) leaves no episodes")
})
