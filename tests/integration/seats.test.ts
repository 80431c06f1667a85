import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachEvaluator } from '../../src/actors/roles/attach-role.ts'
import { createEvaluator } from '../../src/evaluation/evaluator.ts'
import { resolveTarget } from '../../src/wire/index.ts'
import { agon, type Finished } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'
import { inCycles } from '../support/in-cycles.ts'
import { exactFiles } from '../support/run-files.ts'
import { serve } from '../support/serving.ts'
import { SLOW } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-seats-'))
afterAll(() => rmSync(root, { recursive: true }))

const DOORS = fileURLToPath(new URL('../../src/learners/fixtures/two-doors.mjs', import.meta.url))
const MAZE = 'env: { id: maze, height: 5, width: 5, nWalls: 6, maxSteps: 20 }'
const PPO =
  '{ id: ppo, network: { hidden: 16 }, rollout: { envs: 4, steps: 16 }, ppo: { epochs: 1 } }'
const FROZEN = '{ id: frozen, policy: old, rollout: { envs: 4, steps: 24 } }'
const EVALUATION = 'evaluation: { suite: random:3, every: 1 }'

function config(name: string, ...lines: readonly string[]): string {
  const path = join(root, `${name}.yaml`)
  writeFileSync(path, `${['seed: 3', 'workers: 1', ...lines].join('\n')}\n`)
  return path
}

async function run(path: string, name: string, ...more: string[]): Promise<string> {
  const out = join(root, name)
  const { code, stderr } = await jsonHere(['run', path, '--out', out, ...more])
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code).toBe(0)
  return out
}

/** Killed after `cycle`; `between` happens, and it goes on. */
async function killed(path: string, name: string, cycle: number, between = () => {}) {
  const out = join(root, name)
  const kill = inCycles([cycle], (child) => child.kill('SIGKILL'))
  expect((await agon(['run', path, '--out', out], kill)).signal).toBe('SIGKILL')
  between()
  expect((await jsonHere(['resume', out])).code).toBe(0)
  return out
}

const lastRow = (out: string): Record<string, number> =>
  JSON.parse(readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n').at(-1) ?? '')

const problemsOf = ({ events }: Finished) =>
  (events[0].fields as { problems: { path: string; nearest?: string }[] }).problems

describe('a frozen maze policy', () => {
  const own = (name: string) => join(root, `old.${name}`)
  const frozen = (name: string, adversary: string, ...more: string[]) =>
    config(
      name,
      MAZE,
      `adversary: ${adversary}`,
      `policies: { old: { file: ./old.onnx } }`,
      `student: ${FROZEN}`,
      EVALUATION,
      'budget: { cycles: 4 }',
      'cuts: { every: 1 }',
      ...more,
    )
  const PLR = '{ id: plr, capacity: 16, minFill: 0.25, score: return }'
  beforeAll(async () => {
    const trained = config('old', MAZE, 'adversary: dr', `student: ${PPO}`, 'budget: { cycles: 1 }')
    const out = await run(trained, 'old')
    for (const kind of ['onnx', 'yaml']) copyFileSync(join(out, `policy.${kind}`), own(kind))
  })

  it('is searched by PLR, killed and resumed without its file, and stays as it is', async () => {
    const path = frozen('plr', PLR)
    const bytes = readFileSync(own('onnx'))
    const calm = await run(path, 'plr', '--set=placement.student=process')
    const away = `${own('onnx')}.away`
    const out = await killed(path, 'plr-killed', 2, () => {
      copyFileSync(own('onnx'), away)
      rmSync(own('onnx'))
    })
    copyFileSync(away, own('onnx'))
    const { 'config.yaml': _, ...files } = exactFiles(out)
    const { 'config.yaml': __, ...others } = exactFiles(calm)
    expect(files).toEqual(others)
    for (const name of ['policy.onnx', 'policies/old.onnx'])
      expect(readFileSync(join(out, name)).equals(bytes)).toBe(true)
    expect(lastRow(out)).toMatchObject({
      cycle: 4,
      gradient_updates: 0,
      'adversary/buffer_size': expect.any(Number),
      'agent/episodes': expect.any(Number),
    })
    const { slots } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8'))
    expect(Object.keys(slots.agent)).toEqual(['final'])
    const page = readFileSync(join(out, 'report.html'), 'utf8')
    expect(page).toContain('frozen old under plr in maze')
    expect(page).not.toContain('Learning curves')
    expect(page).not.toContain('untrained')
  })

  it('a bot attempts too, is measured in its seat, and leaves no policy file', async () => {
    const path = frozen('bot', 'dr')
    writeFileSync(path, readFileSync(path, 'utf8').replace('file: ./old.onnx', 'bot: random'))
    const out = await run(path, 'bot', '--set=budget.cycles=1')
    expect(existsSync(join(out, 'policy.onnx'))).toBe(false)
    const { slots } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8'))
    expect(slots.agent.final).toMatchObject({ policySha256: '', episodes: 1 })
    // Without a critic there is no value, so nothing that regret could be estimated from.
    const scored = await jsonHere([
      ...['run', path, '--out', join(root, 'maxmc')],
      '--set=adversary={id: plr, score: max-mc}',
    ])
    expect(scored.code).not.toBe(0)
    expect(scored.events).toContainEqual(
      expect.objectContaining({
        code: 'run/incompatible',
        message: expect.stringMatching(
          /needs .*value.* the student in slot 'agent' does not offer/,
        ),
      }),
    )
  })

  it('refuses what is not there, by name, and what could never end', async () => {
    const wrong = config(
      'wrong',
      MAZE,
      'adversary: dr',
      'policies: { a: { file: ./none.onnx }, b: { bot: randum }, c: { slot: agnet }, e: { bot: random, difficulty: 1 } }',
      'student: { id: frozen, policy: d }',
      'seating: { agnet: b }',
      'budget: { gradientUpdates: 3 }',
    )
    expect(problemsOf(await jsonHere(['run', wrong, '--dry-run']))).toMatchObject([
      { path: 'policies.a.file' },
      { path: 'policies.b.bot', nearest: 'random' },
      { path: 'policies.c.slot', nearest: 'agent' },
      { path: 'policies.e.bot', message: expect.stringContaining('it has no difficulty') },
      { path: 'seating.agnet', nearest: 'agent' },
      { path: 'student.policy' },
      { path: 'budget.gradientUpdates' },
    ])
    const other = config(
      'other',
      'env: { id: maze, profile: jaxued }',
      'adversary: dr',
      'policies: { old: { file: ./old.onnx } }',
      `student: ${FROZEN}`,
      'budget: { cycles: 1 }',
    )
    expect(problemsOf(await jsonHere(['run', other, '--dry-run']))).toMatchObject([
      { path: 'policies.old.file', message: expect.stringContaining('profile minimax') },
    ])
  })
})

describe('students that sit beside each other', () => {
  const beside = (name: string, other: string, ...more: readonly string[]) =>
    config(
      name,
      `env: { id: ${DOORS}, apart: true }`,
      'adversary: dr',
      `policies: { other: ${other} }`,
      'seating: { right: other }',
      'cuts: { every: 1 }',
      ...more,
    )
  const SHADOW = '{ id: frozen, policy: other, rollout: { envs: 4, steps: 24 } }'
  const slots = (name: string, ...more: readonly string[]) =>
    beside(
      name,
      '{ slot: antagonist }',
      `students: { protagonist: ${PPO}, antagonist: ${PPO}, shadow: ${SHADOW} }`,
      'evaluation: { suite: random:3, every: 1 }',
      'budget: { cycles: 3 }',
      ...more,
    )
  const finals = (out: string): Record<string, { final: object; baseline?: object }> =>
    JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).slots
  const rows = (out: string): Record<string, number>[] =>
    readFileSync(join(out, 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  let calm: string
  beforeAll(async () => {
    calm = await run(slots('slots'), 'slots', '--set=placement.student=process')
  })

  it('as each is when a cycle begins, and in processes of their own: the same bits', async () => {
    const { 'config.yaml': _, ...files } = exactFiles(
      await (SLOW ? killed(slots('slots'), 'slots-here', 2) : run(slots('slots'), 'slots-here')),
    )
    const { 'config.yaml': __, ...others } = exactFiles(calm)
    expect(files).toEqual(others)
  })

  it('a measurement has the other student as it is then: the numbers of its file', async () => {
    const path = beside(
      'by-file',
      `{ file: ${calm}/policy-antagonist.onnx }`,
      `student: ${SHADOW.replace('policy: other', 'policy: me')}`,
      'evaluation: { suite: random:3 }',
      'budget: { cycles: 1 }',
    )
    const named = `policies.me={file: ${calm}/policy-protagonist.onnx}`
    const { agent } = finals(await run(path, 'by-file', `--set=${named}`))
    expect(agent.final).toEqual(finals(calm).protagonist.final)
  })

  it('a frozen one that follows attempts with what the other was before the cycle, and leaves no file', async () => {
    const path = beside(
      'followed-file',
      `{ file: ${calm}/initial/policy-antagonist.onnx }`,
      `students: { protagonist: ${PPO}, antagonist: ${PPO}, shadow: ${SHADOW} }`,
      'evaluation: { suite: random:3 }',
      'budget: { cycles: 1 }',
    )
    const [first] = rows(await run(path, 'followed-file'))
    const shadow = ([name]: [string, unknown]) => /^shadow\/(?!evaluation)/.test(name)
    const own = (row: object) => Object.entries(row).filter(shadow)
    expect(own(rows(calm)[0])).toEqual(own(first))
    expect(own(first).length).toBeGreaterThan(2)
    expect(existsSync(join(calm, 'policy-shadow.onnx'))).toBe(false)
    expect(Object.keys(finals(calm).shadow)).toEqual(['final'])
    const chain = slots('chain')
    const problems = problemsOf(
      await jsonHere(['run', chain, '--dry-run', '--set=policies.other.slot=shadow']),
    )
    expect(problems).toMatchObject([
      { path: 'students.shadow.policy', message: expect.stringContaining('frozen too') },
    ])
  })

  it('an attached evaluator is sent who sits there, and measures the same', async () => {
    const path = slots('far', 'placement: { evaluator: attach }', 'hub: { attachSeconds: 100 }')
    const out = join(root, 'far')
    const evaluator = attachEvaluator({
      endpoint: () => resolveTarget(join(out, 'hub.json'), { env: {} }),
      name: 'outsider',
      create: async () => createEvaluator(),
    })
    await run(path, 'far')
    await evaluator
    expect(finals(out)).toEqual(finals(calm))
    expect(rows(out)).toEqual(rows(calm))
  })
})

describe('a policy that another process serves', () => {
  it('sits beside a student and in evaluations, with the bits of the same file', async () => {
    const doors = (name: string, foe: string) =>
      config(
        name,
        `env: { id: ${DOORS}, apart: true }`,
        'adversary: dr',
        `policies: { foe: ${foe} }`,
        'seating: { right: foe }',
        `student: ${PPO}`,
        'evaluation: { suite: random:3 }',
        'budget: { cycles: 2 }',
      )
    const first = await run(doors('foe', '{ bot: contrary }'), 'foe', '--set=budget.cycles=1')
    const file = await run(doors('beside-file', `{ file: ${first}/policy.onnx }`), 'beside-file')
    const served = ['serve', join(first, 'policy.onnx'), '--name', 'foe', '--alone']
    const server = await serve([...served, '--listen', '127.0.0.1:0'])
    try {
      const address = `kserve://${server.listening.address}/foe`
      const far = await run(doors('beside-served', `{ kserve: ${address} }`), 'beside-served')
      for (const name of ['metrics.jsonl', 'policy.onnx'])
        expect(exactFiles(far)[name], name).toBe(exactFiles(file)[name])
      const score = (out: string) =>
        JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).slots.agent.final.meanReturn
      expect(score(far)).toBe(score(file))
    } finally {
      await server.kill()
    }
  })
})

describe.skipIf(!FOOTBALL_BUILT)('football policies in two seats', () => {
  const game =
    'env: { id: football, scenario: academy_empty_goal_close, representation: simple115v2, leftAgents: 1, rightAgents: 1, gameDuration: 20 }'

  it('one learns beside a bot; then two are played against each other, frozen', async () => {
    const trained = config(
      'rival',
      game,
      'adversary: dr',
      'policies: { ai: { bot: builtin } }',
      'seating: { right: ai }',
      `student: ${PPO}`,
      'evaluation: { suite: random:1 }',
      'budget: { cycles: 1 }',
    )
    const out = await run(trained, 'rival')
    const match = (name: string, right: string) =>
      config(
        name,
        game,
        'adversary: dr',
        `policies: { old: { file: ./rival/policy.onnx }, idle: { bot: idle } }`,
        `seating: { right: ${right} }`,
        'student: { id: frozen, policy: old, rollout: { envs: 2, steps: 24 } }',
        'evaluation: { suite: random:1 }',
        'budget: { cycles: 1 }',
      )
    const selfPlay = await run(match('self', 'old'), 'self')
    const crossPlay = await run(match('cross', 'idle'), 'cross')
    const traffic = (run: string): unknown =>
      readFileSync(join(run, 'journal.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('outcomes.report'))
        .map((line) => JSON.parse(line).sha256)
    expect(traffic(selfPlay)).not.toEqual(traffic(crossPlay))
    expect(lastRow(crossPlay)['agent/episodes']).toBeGreaterThan(0)
    expect(exactFiles(crossPlay)['policy.onnx']).toBe(exactFiles(out)['policy.onnx'])
  })
})
