import { expect, it } from 'vitest'
import { agon } from '../../src/wire/index.ts'
import { knock, plain, residentOf, siege } from '../support/besieged-run.ts'
import { attachLiar, type Script, saying } from '../support/lying-actor.ts'

// Counts of a stranger are bounded by name before anything is made of them: four thousand million tasks took the hub's thread and
// its memory.

const { Kind, Role, CycleBegin, TaskBatch, TasksRequest, OutcomesReport, SnapshotTaken } = agon.v1
const { run: besieged } = siege()
const MIB = 2 ** 20

/** Asks for `count` tasks, and says `then` once it has them. */
const student =
  (count: number, then: (batch: agon.v1.TaskBatch) => ReturnType<Script> = () => []): Script =>
  ({ kind, body }) => {
    if (kind === Kind.KIND_CYCLE_BEGIN) {
      const { cycle } = CycleBegin.decode(body)
      return [saying(Kind.KIND_TASKS_REQUEST, TasksRequest, { cycle, slot: 'agent', count })]
    }
    return kind === Kind.KIND_TASKS_ASSIGN ? then(TaskBatch.decode(body)) : []
  }

/** A report that is `entries` empty outcomes, two bytes each. */
const emptyOutcomes = (entries: number) => ({
  type: 'saying' as const,
  kind: Kind.KIND_OUTCOMES_REPORT,
  bytes: new Uint8Array(2 * entries).map((_, i) => (i % 2 === 0 ? (3 << 3) | 2 : 0)),
})
const report = (batch: agon.v1.TaskBatch, more: agon.v1.OutcomesReport.$Properties) =>
  saying(Kind.KIND_OUTCOMES_REPORT, OutcomesReport, { cycle: batch.cycle, slot: 'agent', ...more })

it('is refused by name with other counts beyond all bounds, and the run goes on with another student', async () => {
  const waiting = await besieged('counts', 'hub: {maxMessageMb: 32}')
  const endpoint = plain(waiting.address, waiting.token)
  const before = residentOf(waiting.run)
  const lies: Readonly<Record<string, [Script, string]>> = {
    'tasks without number': [student(2 ** 32 - 1), 'wire/body'],
    'a million tasks': [student(1_000_000), 'wire/body'],
    'one task too many': [student(10_001), 'wire/body'],
    'steps beyond what can be counted': [
      student(2, (batch) => [report(batch, { envSteps: 2 ** 53 })]),
      'wire/body',
    ],
    'fifty thousand metrics': [
      student(2, (batch) => [
        report(batch, {
          metrics: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`m${i}`, 1])),
        }),
      ]),
      'metrics/count',
    ],
    'a metric with markup': [
      student(2, (batch) => [report(batch, { metrics: { '<b>\n': 1 } })]),
      'metrics/name',
    ],
    'a state nested without end': [
      () => [
        saying(Kind.KIND_SNAPSHOT_TAKEN, SnapshotTaken, {
          snapshot: { kind: 'x', version: 1, stateJson: '['.repeat(200_000) },
        }),
      ],
      'wire/body',
    ],
  }
  for (const [name, [script, code]] of Object.entries(lies)) {
    expect(await attachLiar(endpoint, Role.ROLE_STUDENT, script), name).toBe(code)
    expect(await knock(endpoint), name).toBe('running')
  }
  // Whoever is still sending may not hear why it is let go; the run has said it.
  await attachLiar(
    endpoint,
    Role.ROLE_STUDENT,
    student(2, () => [emptyOutcomes(3 * MIB)]),
  )
  expect(await knock(endpoint)).toBe('running')
  expect(residentOf(waiting.run) - before).toBeLessThan(1024 * MIB)
  await waiting.completes()
  const { stdout } = await waiting.run.ended
  expect(stdout).toMatch(/a message of more than \d+ fields/)
})
