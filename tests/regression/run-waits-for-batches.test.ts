import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { agon } from '../../src/wire/index.ts'
import { plain } from '../support/besieged-run.ts'
import { published, start } from '../support/control.ts'
import { attachLiar, type Script, saying } from '../support/lying-actor.ts'

// What an actor owes and does not give ends the run at once with the contract's own code: it was waited for, for ever.

const { Kind, Role } = agon.v1
const v1 = agon.v1
const folder = mkdtempSync(join(tmpdir(), 'agon-waits-'))
afterAll(() => rmSync(folder, { recursive: true }))

const config = (name: string, role: string, more: readonly string[] = []): string => {
  const file = join(folder, `${name}.yaml`)
  const parts = {
    adversary:
      'adversary: external\nstudent: {id: ppo, network: {core: none, hidden: 8}, rollout: {envs: 2, steps: 4}}',
    student: 'adversary: dr\nstudent: {id: external, tasks: 2}',
  }
  const lines = [
    'env: {id: maze, height: 5, width: 5, nWalls: 4, maxSteps: 20}',
    parts[role as keyof typeof parts],
    `placement: {${role}: attach}`,
    'evaluation: {suite: "random:1", every: 0}',
    'budget: {cycles: 2}',
    'workers: 1',
    'tensorboard: false',
    ...more,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

/** A run with a liar in it: how both end. */
async function runWith(
  name: string,
  role: 'adversary' | 'student',
  script: Script,
  more?: readonly string[],
) {
  const out = join(folder, name)
  const run = start(['run', config(name, role, more), '--out', out])
  const { address, token } = await published(out)
  const wireRole = role === 'student' ? Role.ROLE_STUDENT : Role.ROLE_ADVERSARY
  const told = await attachLiar(plain(address, token), wireRole, script)
  return { ...(await run.ended), told }
}

const task = (id: string, level: Uint8Array) => ({
  id,
  level,
  train: true,
  lineage: { operator: 'generate' },
})
const proposing =
  (batches: (cycle: number) => agon.v1.TaskBatch.$Properties[]): Script =>
  ({ kind, body }) => {
    if (kind !== Kind.KIND_TASKS_REQUEST) return []
    const { cycle } = v1.TasksRequest.decode(body)
    return [saying(Kind.KIND_TASKS_PROPOSED, v1.TasksProposed, { cycle, batches: batches(cycle) })]
  }
const level = Uint8Array.of(1, 2, 3, 4)

describe('an adversary', () => {
  it.each<[string, string, Script]>([
    ['proposes no batch', 'adversary/batches', proposing(() => [])],
    [
      'proposes for a slot that never asked',
      'adversary/batches',
      proposing((cycle) => [{ cycle, slot: 'nobody', tasks: [task('a', level)] }]),
    ],
    [
      'proposes a batch without tasks',
      'adversary/batches',
      proposing((cycle) => [{ cycle, slot: 'agent', tasks: [] }]),
    ],
    [
      'proposes what is no level',
      'level/corrupt',
      proposing((cycle) => [{ cycle, slot: 'agent', tasks: [task('a', level)] }]),
    ],
  ])('that %s is named', async (name, code, script) => {
    const {
      stderr,
      told,
      code: exit,
    } = await runWith(name.replaceAll(' ', '-'), 'adversary', script)
    expect(stderr).toContain(`[${code}]`)
    expect(stderr).toMatch(/cycle 1, adversary: the adversary/)
    expect(told).toBe(code)
    expect(exit).not.toBe(0)
  })

  it('that says nothing more is lost after supervision.answerSeconds', async () => {
    const { stderr } = await runWith('silent', 'adversary', () => [], [
      'supervision: {answerSeconds: 1, restarts: 0}',
    ])
    expect(stderr).toMatch(/cycle 1, .* has not answered/)
    expect(stderr).toContain('raise supervision.answerSeconds')
  })
})

/** Takes tasks, and reports and learns as it likes. */
const reporting =
  (outcomes: (batch: agon.v1.TaskBatch) => agon.v1.Outcome.$Properties[], updates = 1): Script =>
  ({ kind, body }) => {
    if (kind === Kind.KIND_CYCLE_BEGIN) {
      const { cycle } = v1.CycleBegin.decode(body)
      return [saying(Kind.KIND_TASKS_REQUEST, v1.TasksRequest, { cycle, slot: 'agent', count: 2 })]
    }
    if (kind === Kind.KIND_POLICY_EXPORT || kind !== Kind.KIND_TASKS_ASSIGN) return []
    const batch = v1.TaskBatch.decode(body)
    const common = { cycle: batch.cycle, slot: 'agent' }
    return [
      saying(Kind.KIND_OUTCOMES_REPORT, v1.OutcomesReport, {
        ...common,
        outcomes: outcomes(batch),
      }),
      saying(Kind.KIND_LEARNED, v1.Learned, { ...common, gradientUpdates: updates }),
    ]
  }
const all = ({ tasks }: agon.v1.TaskBatch) => tasks.map(({ id }) => ({ task: id }))

describe('a student', () => {
  it.each<[string, string, Script]>([
    ['reports nothing', 'student/outcomes', reporting(() => [])],
    ['reports a task too few', 'student/outcomes', reporting((batch) => all(batch).slice(1))],
    [
      'reports a task of nobody',
      'protocol/outcome',
      reporting((batch) => [...all(batch), { task: 'x' }]),
    ],
    ['learns without number', 'student/updates', reporting(all, 2 ** 32 - 1)],
  ])('that %s is named', async (name, code, script) => {
    const { stderr, told, code: exit } = await runWith(name.replaceAll(' ', '-'), 'student', script)
    expect(stderr).toContain(`[${code}]`)
    expect(stderr).toContain("cycle 1, student/agent: the student in slot 'agent'")
    expect(told).toBe(code)
    expect(exit).toBe(1)
  })
})
