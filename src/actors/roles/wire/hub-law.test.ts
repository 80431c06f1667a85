import { describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../../core/ids.ts'
import type { Outcome, Task, TaskBatch } from '../../../learners/contract.ts'
import { agon } from '../../../wire/index.ts'
import { Breach } from '../../transport/grpc/breach.ts'
import type { FromRole } from '../contract.ts'
import { actorCodec, hubCodec } from './codec.ts'
import type { Side } from './entry.ts'
import type { Sealing } from './measuring.ts'

const [agent, other] = ['agent', 'other'].map(slotId)
const sealing = { environment: () => ({}), episodes: () => [] } as unknown as Sealing
const task = (index: number, more: Partial<Task> = {}): Task => ({
  id: taskId(1, agent, index),
  level: Uint8Array.of(index),
  seed: 0,
  train: true,
  repeat: 0,
  lineage: { parents: [], operator: 'generate', generation: 0 },
  ...more,
})
const batch = (more: Partial<TaskBatch> = {}): TaskBatch => ({
  cycle: 1,
  slot: agent,
  tasks: [task(0), task(1)],
  autoReset: 'none',
  probes: [],
  ...more,
})
const report = (...indices: number[]) => ({
  type: 'outcomes.report' as const,
  cycle: 1,
  slot: agent,
  outcomes: indices.map(
    (index): Outcome => ({
      ...{ task: taskId(1, agent, index), slot: agent, repeat: 0 },
      ...{ episodes: [], artefacts: {}, measuredBy: 'student/agent' },
    }),
  ),
  envSteps: 1,
  metrics: {},
  timings: {},
})
const learned = (gradientUpdates: number) => ({
  type: 'learned' as const,
  ...{ cycle: 1, slot: agent, gradientUpdates, metrics: {}, timings: {} },
})
const request = (count: number) => ({
  type: 'tasks.request' as const,
  cycle: 1,
  slot: agent,
  count,
})
const proposal = (...batches: TaskBatch[]) => ({
  type: 'tasks.proposed' as const,
  ...{ cycle: 1, batches, metrics: {} },
})

/** A hub that hears what an actor of that side writes. */
function conversation(side: Side) {
  const hub = hubCodec(side, sealing)
  const actor = actorCodec(side)
  return {
    told: hub.encode,
    heard(message: FromRole) {
      const { kind, body } = actor.encode(message)
      return hub.decode(kind, body)
    },
  }
}
const student = (tasks = 4) => {
  const talk = conversation({ role: 'student', slot: agent, tasks })
  talk.told({ type: 'cycle.begin', cycle: 1 })
  return talk
}
const asked = (levelFault?: Side['levelFault']) => {
  const talk = conversation({ role: 'adversary', slots: [agent, other], levelFault })
  for (const slot of [agent, other]) talk.told({ type: 'tasks.request', cycle: 1, slot, count: 2 })
  return talk
}
const probing = (probes: readonly string[]) => {
  const probeFault = (name: string) =>
    name === 'overlap' ? null : { code: 'probe/unknown', message: `no '${name}'` }
  const talk = conversation({ role: 'adversary', slots: [agent, other], probeFault })
  talk.heard({ type: 'hello', role: 'adversary', needs: [], probes })
  for (const slot of [agent, other]) talk.told({ type: 'tasks.request', cycle: 1, slot, count: 2 })
  return talk
}
const both = [batch(), batch({ slot: other })] as const
const refused = (code: string, what: () => unknown): void =>
  expect(what).toThrow(expect.objectContaining({ code }))
const breached = (code: string, what: () => unknown): void => {
  refused(code, what)
  expect(what).toThrow(Breach)
}

describe('a student of another program', () => {
  it('may not ask for tasks without number, unless the config does', () => {
    student().heard(request(10_000))
    for (const count of [10_001, 1_000_000, 2 ** 32 - 1])
      refused('wire/body', () => student().heard(request(count)))
    student(50_000).heard(request(50_000))
    refused('wire/body', () => student(50_000).heard(request(50_001)))
  })

  it('asks once a cycle', () => {
    const talk = student()
    talk.heard(request(2))
    refused('protocol/unasked', () => talk.heard(request(2)))
    talk.told({ type: 'cycle.begin', cycle: 2 })
    talk.heard({ ...request(2), cycle: 2 })
  })

  it('reports every task of its batch, and may do so again', () => {
    const talk = student()
    refused('protocol/unasked', () => talk.heard(report(0, 1)))
    talk.told({ type: 'tasks.assign', batch: batch() })
    breached('student/outcomes', () => talk.heard(report()))
    breached('student/outcomes', () => talk.heard(report(1)))
    breached('protocol/outcome', () => talk.heard(report(0, 1, 2)))
    talk.heard(report(1, 0))
    talk.heard(report(1, 0))
  })

  it('learns once it has reported, and no more than its tasks allow', () => {
    const talk = student()
    talk.told({ type: 'tasks.assign', batch: batch() })
    refused('protocol/unasked', () => talk.heard(learned(1)))
    talk.heard(report(0, 1))
    breached('student/updates', () => talk.heard(learned(2 ** 32 - 1)))
    talk.heard(learned(1))
    talk.told({ type: 'tasks.assign', batch: batch({ tasks: [task(0, { train: false })] }) })
    talk.heard(report(0))
    breached('student/updates', () => talk.heard(learned(1)))
  })

  it('keeps its word on statistics', () => {
    const talk = student()
    talk.heard({ type: 'hello', role: 'student', slot: agent, offers: ['sumValue'] })
    talk.told({ type: 'tasks.assign', batch: batch() })
    const [first, second] = report(0, 1).outcomes
    const episode = { ...{ episode: 0, seat: 'agent', finished: true, solved: false, return: 0 } }
    const short = { ...episode, length: 3, studentVersion: 0, extras: {} }
    breached('student/statistics', () =>
      talk.heard({ ...report(), outcomes: [{ ...first, episodes: [short] }, second] }),
    )
    const long = { ...short, sumValue: 0 }
    talk.heard({ ...report(), outcomes: [{ ...first, episodes: [long] }, second] })
  })

  it('says nothing that nobody asked for', () => {
    const talk = student()
    const hello = { type: 'hello', role: 'student', slot: agent, offers: [] } as const
    talk.heard(hello)
    refused('protocol/unasked', () => talk.heard(hello))
    refused('protocol/unasked', () => talk.heard({ type: 'restored' }))
    const snapshot = { kind: 'x', version: 1, state: null, tensors: {} }
    refused('protocol/unasked', () => talk.heard({ type: 'snapshot.taken', snapshot }))
    talk.told({ type: 'snapshot.take' })
    talk.heard({ type: 'snapshot.taken', snapshot })
    refused('protocol/unasked', () => talk.heard({ type: 'snapshot.taken', snapshot }))
  })

  it.each([
    ['nested too deep', { stateJson: '['.repeat(201) + ']'.repeat(201) }],
    ['far too deep', { stateJson: '{"a":'.repeat(200_000) }],
    ['of a kind with escapes', { kind: '\x1b[31m' }],
    ['of a kind without end', { kind: 'x'.repeat(201) }],
  ])('has no state %s', (_, snapshot) => {
    const hub = hubCodec({ role: 'student', slot: agent }, sealing)
    hub.encode({ type: 'snapshot.take' })
    const { SnapshotTaken, Kind } = agon.v1
    const body = SnapshotTaken.encode({ snapshot: { kind: 'x', version: 1, ...snapshot } }).finish()
    refused('wire/body', () => hub.decode(Kind.KIND_SNAPSHOT_TAKEN, body))
  })

  it.each([2 ** 40 + 1, 2 ** 53, 2 ** 63])('takes no %d steps', (envSteps) => {
    const hub = hubCodec({ role: 'student', slot: agent }, sealing)
    const { OutcomesReport, Kind } = agon.v1
    const body = OutcomesReport.encode({ cycle: 1, slot: agent, envSteps }).finish()
    refused('wire/body', () => hub.decode(Kind.KIND_OUTCOMES_REPORT, body))
  })
})

describe('an adversary of another program', () => {
  it('gives one batch to each slot that asked, once', () => {
    asked().heard(proposal(...both))
    asked().heard(proposal(both[1], both[0]))
    for (const batches of [
      [],
      [both[0]],
      [...both, both[0]],
      [both[0], batch({ slot: slotId('nobody') })],
      [both[0], batch({ slot: other, cycle: 2 })],
      [both[0], batch({ slot: other, tasks: [] })],
      [both[0], batch({ slot: other, tasks: [task(0), task(0)] })],
    ])
      breached('adversary/batches', () => asked().heard(proposal(...batches)))
    asked().heard(
      proposal(both[0], batch({ slot: other, tasks: [task(0), task(0, { repeat: 1 })] })),
    )
  })

  it('names probes of the environment, and in its batches only those that it declared', () => {
    const probed = (name: string) => {
      const probes = [{ name, digest: 'd', levels: [Uint8Array.of(1)] }]
      return proposal(batch({ probes }), batch({ slot: other, probes }))
    }
    expect(probing(['overlap']).heard(probed('overlap'))).toMatchObject({ type: 'tasks.proposed' })
    breached('adversary/probes', () => probing([]).heard(probed('overlap')))
    breached('probe/unknown', () => probing(['overlap', 'novelty']))
  })

  it('proposes in its turn', () => {
    const talk = conversation({ role: 'adversary', slots: [agent, other] })
    talk.told({ type: 'tasks.request', cycle: 1, slot: agent, count: 2 })
    refused('protocol/unasked', () => talk.heard(proposal(...both)))
    talk.told({ type: 'tasks.request', cycle: 1, slot: other, count: 2 })
    talk.heard(proposal(...both))
    refused('protocol/unasked', () => talk.heard(proposal(...both)))
    talk.told({ type: 'tasks.request', cycle: 2, slot: other, count: 2 })
    refused('protocol/unasked', () => talk.heard({ ...proposal(...both), cycle: 2 }))
  })

  it('is done once every slot has reported', () => {
    const talk = asked()
    const done = { type: 'cycle.done', cycle: 1, metrics: {} } as const
    refused('protocol/unasked', () => talk.heard(done))
    talk.heard(proposal(...both))
    talk.told(report(0, 1))
    refused('protocol/unasked', () => talk.heard(done))
    talk.told({ ...report(0, 1), slot: other })
    talk.heard(done)
  })

  it('is named where its level cannot be attempted', () => {
    const fault = { code: 'level/corrupt', message: 'a maze has 30 bytes' }
    const what = () => asked((level) => (level[0] === 1 ? fault : null)).heard(proposal(...both))
    breached('level/corrupt', what)
    expect(what).toThrow(/the adversary .* task 1\.agent\.1 .* a maze has 30 bytes/)
  })
})
