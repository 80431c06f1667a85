import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { tensor } from 'agon/core'
import * as g from 'agon/graph'
import { type PolicyFile, writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agon, CLI } from '../support/command.ts'
import { agonHere, jsonHere, type Said } from '../support/command-here.ts'
import { inCycles } from '../support/in-cycles.ts'
import { PYTHON } from '../support/python.ts'
import { bitsOf, settings } from '../support/quick-recipe.ts'

/** Exported by PyTorch, with names of its own and no card. */
const EXPORTED = fileURLToPath(new URL('../fixtures/stress/maze-torch.onnx', import.meta.url))
const MAPPED = ['--env', 'maze', '--map', 'image=view,direction=heading,logits=scores']
const SMALL = settings(
  ...['env.height=7', 'env.width=7', 'env.nWalls=12', 'env.maxSteps=30'],
  ...['student.rollout.envs=16', 'student.rollout.steps=30', 'adversary.repeats=2'],
  ...['adversary.initial=8', 'evaluation.suite=random:2', 'cuts.every=2', 'tensorboard=false'],
)

const root = mkdtempSync(join(tmpdir(), 'agon-stress-'))
const calm = join(root, 'calm')
const junit = join(root, 'junit.xml')
let tested: Said

const stress = (out: string, ...more: string[]): string[] => [
  ...['stress', EXPORTED, ...MAPPED, ...SMALL],
  ...['--budget', '96', '--seed', '3', '--out', out, ...more],
]

beforeAll(async () => {
  const limit = ['--fail-over', 'regret=0.5', '--junit', junit, '--workers', '2']
  tested = await jsonHere(stress(calm, ...limit))
})
afterAll(() => rmSync(root, { recursive: true }))

interface Elite {
  readonly id: string
  readonly objective: number
  readonly level: string
}
const archive = (): { readonly elites: readonly Elite[]; readonly attempts: number } =>
  JSON.parse(readFileSync(join(calm, 'archive', 'archive.json'), 'utf8'))
const rows = (): readonly Record<string, unknown>[] =>
  readFileSync(join(calm, 'history.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

it('tests a graph that PyTorch exported, against the shortest way, and fails over its bound', () => {
  expect(tested.code, tested.stderr).toBe(5)
  expect(tested.stderr).toContain('regret is above 0.5')
  expect(tested.events.at(-1)).toMatchObject({ kind: 'archive', attempts: 48, over: true })
  expect(rows()).toHaveLength(48)
  const { elites } = archive()
  expect(elites.length).toBeGreaterThan(4)
  for (const { level } of elites) {
    const text = readFileSync(join(calm, 'archive', level), 'utf8')
    expect(text.trim().split('\n')).toHaveLength(7)
  }
  const parsed = spawnSync(
    PYTHON ?? 'python3',
    [
      '-c',
      'import sys, xml.etree.ElementTree as e; t = e.parse(sys.argv[1]); print(len(t.findall(".//testcase")), len(t.findall(".//failure")), t.find("testsuite").get("failures"))',
      junit,
    ],
    { encoding: 'utf8' },
  )
  const over = elites.filter(({ objective }) => objective > 0.5).length
  expect(parsed.stdout.trim()).toBe(`${elites.length} ${over} ${over}`)
})

it('killed in the middle and resumed with another number of workers: the same bits, archive and all', async () => {
  const killed = join(root, 'killed')
  const dying = await agon(
    stress(killed, '--workers', '1'),
    inCycles([3], (child) => child.kill('SIGKILL')),
  )
  expect(dying.signal).toBe('SIGKILL')
  const again = await agonHere(stress(killed))
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('agon resume')])
  const { code, stderr } = await agonHere(['resume', killed])
  expect(code, stderr).toBe(0)
  expect(bitsOf(killed)).toEqual(bitsOf(calm))
  expect(Object.keys(bitsOf(calm))).toEqual(
    expect.arrayContaining(['archive/archive.json', 'history.jsonl']),
  )
  const diff = await jsonHere(['stress', 'diff', calm, killed])
  expect(diff.events).toMatchObject([{ kind: 'diff', onlyFirst: 0, meanDifference: 0 }])
})

it('plays an attempt again to the last bit, and says of a history that was changed that it does not', async () => {
  const found = rows().find(({ values }) => Number((values as { return?: number }).return) > 0)
  const id = String(found?.id)
  const page = join(root, 'replay.html')
  const again = await jsonHere(['stress', 'replay', calm, id, '--out', page])
  expect(again.code, again.stderr).toBe(0)
  expect(again.events).toMatchObject([{ kind: 'replay', id, same: true, page }])
  expect(readFileSync(page, 'utf8')).toContain(`Attempt ${id}`)
  const changed = join(root, 'changed')
  cpSync(calm, changed, { recursive: true })
  const [task] = (found?.tasks ?? []) as { seed: number }[]
  const text = readFileSync(join(changed, 'history.jsonl'), 'utf8')
  const other = text.replace(`"seed":${task.seed},"repeat":0,"return":`, '$&1')
  writeFileSync(join(changed, 'history.jsonl'), other)
  const differs = await agonHere(['stress', 'replay', changed, id, '--out', page])
  expect([differs.code, differs.stderr]).toEqual([1, expect.stringContaining('did not come out')])
  const none = await jsonHere(['stress', 'replay', calm, 'L99999'])
  expect([none.code, none.events.at(-1)?.code]).toEqual([2, 'stress/no-attempt'])
})

it('plays the best levels again with fresh seeds, and compares two policies on them', async () => {
  const card = join(calm, 'policies', 'target.yaml')
  const other = join(root, 'other.onnx')
  copyFileSync(EXPORTED, other)
  // The likeliest action each time: another policy, which never turns by chance.
  writeFileSync(
    join(root, 'other.yaml'),
    readFileSync(card, 'utf8').replace('decode: sample', 'decode: argmax'),
  )
  const files = [join(root, 'same.json'), join(root, 'other.json')]
  const policies = [join(calm, 'policies', 'target.onnx'), other]
  for (const [i, policy] of policies.entries()) {
    const argv = ['stress', 'retest', calm, policy, '--repeats', '4', '--top', '5']
    const { code, events, stderr } = await jsonHere([...argv, '--out', files[i]])
    expect(code, stderr).toBe(0)
    expect(events.at(-1)).toMatchObject({
      kind: 'retest',
      repeats: 4,
      archived: expect.any(Number),
    })
    expect(events.at(-1)?.levels).toHaveLength(5)
  }
  const { events } = await jsonHere(['stress', 'diff', ...files])
  expect(events).toMatchObject([{ of: 'retests', onlyFirst: 0, onlySecond: 0 }])
})

it('goes on with a retest that was killed, to the same bytes', async () => {
  const policy = join(calm, 'policies', 'target.onnx')
  const files = [join(root, 'whole.json'), join(root, 'in-two.json')]
  const argv = (out: string): string[] => [
    ...['stress', 'retest', calm, policy, '--top', '6', '--repeats', '128', '--out', out],
  ]
  const whole = await agonHere(argv(files[0]))
  expect(whole.code, whole.stderr).toBe(0)
  const part = `${files[1]}.part`
  const dying = spawn(process.execPath, [CLI, ...argv(files[1])], { stdio: 'ignore' })
  const ended = once(dying, 'exit')
  const kept = (): number =>
    existsSync(part) ? readFileSync(part, 'utf8').split('\n').length - 2 : 0
  while (kept() < 1 && dying.exitCode === null) await sleep(2)
  dying.kill('SIGKILL')
  await ended
  expect([dying.signalCode, kept()]).toEqual(['SIGKILL', expect.toBeOneOf([1, 2])])
  const again = await agonHere([...argv(files[1]), '--workers', '2'])
  expect(again.code, again.stderr).toBe(0)
  expect(readFileSync(files[1], 'utf8')).toBe(readFileSync(files[0], 'utf8'))
  expect(existsSync(part)).toBe(false)
})

it('ends by the clock where it is given hours, and says how far it got', async () => {
  const out = join(root, 'timed')
  const argv = ['stress', EXPORTED, ...MAPPED, ...SMALL, '--hours', '0.0004', '--out', out]
  const { code, events, stderr } = await jsonHere(argv)
  expect(code, stderr).toBe(0)
  const { spent } = events.findLast(({ kind }) => kind === 'cycle') ?? {}
  const attempts = (spent as { evaluations: number }).evaluations
  expect(attempts).toBeGreaterThanOrEqual(16)
  expect(events.at(-1)).toMatchObject({ kind: 'archive', attempts: attempts / 2 })
})

it('names a graph that is damaged, the card of another environment, and observations of another size', async () => {
  const damaged = join(root, 'damaged.onnx')
  writeFileSync(damaged, 'no model')
  const card = join(calm, 'policies', 'target.yaml')
  const cases = [
    [['stress', damaged, ...MAPPED], 4, 'onnx/corrupt'],
    [['stress', EXPORTED, '--card', card, '--env', 'walker'], 2, 'this needs walker'],
    [['stress', EXPORTED, ...MAPPED, '--set', 'env.view=7'], 2, 'the environment shows'],
    [['stress', EXPORTED, '--env', 'maze', '--map', 'image=views'], 2, 'policy/graph'],
    [['stress', EXPORTED, ...MAPPED, '--against', 'random'], 2, 'usage/option'],
  ] as const
  for (const [argv, code, error] of cases) {
    const said = await jsonHere([...argv, '--dry-run', '--out', join(root, 'refused')])
    expect([said.code, JSON.stringify(said.events.at(-1))]).toEqual([
      code,
      expect.stringContaining(error),
    ])
  }
})

it('stops at weights that are not finite, with nothing of them in the map', async () => {
  const broken = join(root, 'broken.onnx')
  const bytes = readFileSync(EXPORTED)
  // Both of the fours of the table: 4.0 becomes no number.
  for (let at = bytes.indexOf('00008040', 0, 'hex'); at >= 0; at = bytes.indexOf('00008040', 'hex'))
    bytes.set([0, 0, 0xc0, 0x7f], at)
  writeFileSync(broken, bytes)
  const out = join(root, 'broken')
  const argv = ['stress', broken, ...MAPPED, ...SMALL, '--budget', '32', '--out', out]
  const said = await jsonHere([...argv, '--set', 'supervision.restarts=1'])
  expect(said.code, said.stderr).toBe(1)
  expect(JSON.stringify(said.events.at(-1))).toContain('policy/action')
  expect(() => readFileSync(join(out, 'history.jsonl'))).toThrow(/ENOENT/)
})

it('stops at an action that there is not, with what was attempted before it whole in the map', async () => {
  const file = join(root, 'illegal.onnx')
  await writePolicyFile(file, seldomIllegal())
  const out = join(root, 'illegal')
  const argv = ['stress', file, '--env', 'maze', ...SMALL, '--budget', '4000', '--out', out]
  const said = await jsonHere([...argv, '--set', 'supervision.restarts=1'])
  expect(said.code, said.stderr).toBe(1)
  const told = JSON.stringify(said.events.at(-1))
  expect(told).toContain('policy/action')
  expect(told).toContain('99')
  const read = (name: string): string => readFileSync(join(out, name), 'utf8')
  const attempts = read('history.jsonl').trim().split('\n')
  const cycles = read('metrics.jsonl').trim().split('\n').length
  expect(attempts).toHaveLength(8 * cycles)
  expect(JSON.parse(read('archive/archive.json')).attempts).toBe(8 * cycles)
})

/** Goes straight ahead, but once in ten thousand times takes an action of which there are seven. */
function seldomIllegal(): PolicyFile {
  const graph = g.createGraph()
  const image = g.input(graph, 'image', 'uint8', ['B', 5, 5, 3])
  const direction = g.input(graph, 'direction', 'int32', ['B'])
  const noise = g.input(graph, 'noise', 'float32', ['B'])
  const seen = g.mul(g.cast(g.slice(g.reshape(image, [-1, 75]), 1, 0, 1), 'float32'), 0)
  const nothing = g.add(g.reshape(seen, [-1]), g.mul(g.cast(direction, 'float32'), 0))
  const illegal = g.cast(g.greaterEqual(noise, g.add(nothing, 0.9999)), 'float32')
  const action = g.cast(g.add(g.mul(illegal, 97), 2), 'int32')
  const row = g.constant(graph, tensor('float32', [1, 7]))
  const logits = g.matmul(g.reshape(nothing, [-1, 1]), row)
  return {
    onnx: g.toOnnx(graph, { action, log_prob: nothing, logits }),
    card: {
      ...{ format: 1, agon: '0', environment: { id: 'maze', profile: 'minimax' }, state: {} },
      observations: {
        image: { dtype: 'uint8', shape: [5, 5, 3] },
        direction: { dtype: 'int32', shape: [] },
      },
      actions: { kind: 'discrete', count: 7 },
      ...{ decode: 'sample', normalisation: {}, training: {} },
    },
  }
}
