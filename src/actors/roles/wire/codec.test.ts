import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../core/bytes.ts'
import { levelId, slotId, taskId } from '../../../core/ids.ts'
import { tensor } from '../../../core/tensor.ts'
import type { PolicyFile } from '../../../inference/contract.ts'
import type { TaskBatch } from '../../../learners/contract.ts'
import { agon } from '../../../wire/index.ts'
import type { WireBody } from '../../transport/grpc/contract.ts'
import type { FromRole, ToRole } from '../contract.ts'
import { actorCodec, hubCodec } from './codec.ts'
import type { Sealing } from './measuring.ts'

const { Kind } = agon.v1
const slot = slotId('agent')
const sealing: Sealing = {
  episodes: () => [{ levelName: 'a', level: Uint8Array.of(1), seed: 5 }],
  report: (_, { returns }, sha256) => ({ returns, sha256 }) as never,
  environment: () => ({ name: 'evaluation' }),
}
const policy: PolicyFile = {
  onnx: Uint8Array.of(1, 2, 3),
  card: {
    format: 1,
    agon: '0',
    environment: { id: 'maze', profile: 'minimax' },
    observations: { image: { dtype: 'uint8', shape: [5, 5, 3] } },
    actions: { kind: 'discrete', count: 7 },
    state: {},
    decode: 'sample',
    normalisation: {},
    training: { seed: 3 },
  },
}
const snapshot = {
  kind: 'ppo',
  version: 2,
  state: { updates: 7, nested: [1.5, null, 'x'] },
  tensors: { w: tensor('float32', [2], Float32Array.of(0.1, -2)) },
}
const batch: TaskBatch = {
  cycle: 3,
  slot,
  autoReset: 'next-level',
  probes: [],
  tasks: [
    {
      id: taskId(3, slot, 0),
      level: Uint8Array.of(9, 0, 255),
      seed: 4_294_967_295,
      train: true,
      repeat: 1,
      lineage: { level: levelId(4), parents: [levelId(1)], operator: 'edit', generation: 2 },
    },
  ],
}
const attachments = { raw: Uint8Array.of(0, 255) }
const ask = {
  type: 'service.ask' as const,
  ...{ cycle: 3, service: 'judge', key: '3/adversary/a', payload: { values: [1, null, 'x'] } },
  attachments,
}
const answer = {
  type: 'service.answer' as const,
  ...{ key: '3/adversary/a', payload: 0.1 + 0.2, attachments, cost: { tokens: 3, money: 0.5 } },
}

const summary = {
  episode: 0,
  seat: 'agent',
  finished: true,
  solved: false,
  return: 0.1 + 0.2,
  length: 12,
  value0: 0,
  sumAbsTdError: 1e-300,
  studentVersion: 6,
  extras: { overlap: 0.25 },
}
const toStudent: ToRole[] = [
  { type: 'cycle.begin', cycle: 3 },
  { type: 'tasks.assign', batch },
  { type: 'snapshot.take' },
  { type: 'restore', snapshot },
  { type: 'policy.export' },
  { type: 'close' },
]
const fromStudent: FromRole[] = [
  { type: 'tasks.request', cycle: 3, slot, count: 4 },
  {
    type: 'outcomes.report',
    cycle: 3,
    slot,
    envSteps: 2 ** 40,
    metrics: { entropy: 1.9 },
    timings: { act_ms: 3 },
    outcomes: [
      {
        task: taskId(3, slot, 0),
        slot,
        repeat: 1,
        episodes: [summary],
        artefacts: { note: 'x' },
        measuredBy: 'student/agent',
      },
    ],
  },
  { type: 'learned', cycle: 3, slot, gradientUpdates: 0, metrics: {}, timings: {} },
  { type: 'snapshot.taken', snapshot },
  { type: 'restored' },
  { type: 'policy.exported', slot, policy },
  { type: 'failed', error: { code: 'a/b', message: 'm', remedy: 'r', fields: { n: [1] } } },
]
const fromAdversary: FromRole[] = [
  { type: 'tasks.proposed', cycle: 3, batches: [batch], metrics: { score: 0.5 } },
  { type: 'cycle.done', cycle: 3, metrics: {} },
  {
    ...{ type: 'cycle.done', cycle: 3, metrics: {} },
    levels: [
      { slots: [slot], score: 'regret', scores: { [taskId(3, slot, 0)]: 0.5 } },
      {
        ...{ slots: [], score: 'max-mc', scores: {} },
        archive: {
          ...{ name: 'all', size: 7, dropped: [levelId(1)] },
          entries: [{ id: levelId(4), score: -0.25 }],
        },
      },
    ],
    attempts: [
      {
        ...{ id: levelId(7), level: Uint8Array.of(1), emitter: 'cma-me/2', operator: 'gaussian' },
        ...{ parents: [levelId(3)], descriptor: { ball_x: -0.5, reference: 'bot' }, cell: [0, 3] },
        ...{ objective: 0, values: { cross_play: 0.5 }, status: 'better' },
        tasks: [
          {
            ...{ task: taskId(3, slot, 0), slot, seed: 2 ** 32 - 1, repeat: 1 },
            ...{ seating: { left: 'bot' }, return: -1 },
          },
        ],
      },
      {
        ...{ id: levelId(8), level: Uint8Array.of(2), emitter: 'random', operator: 'generate' },
        ...{ parents: [], descriptor: {}, cell: null, objective: null, values: {} },
        ...{ status: 'unscored' },
        tasks: [{ task: taskId(3, slot, 1), slot, seed: 0, repeat: 0, return: null }],
      },
    ],
  },
  {
    type: 'snapshot.taken',
    snapshot,
    gallery: [
      {
        reason: 'high-score',
        level: Uint8Array.of(1),
        score: 0,
        id: 'L4',
        generation: 2,
        ancestry: [
          { id: 'L4', operator: 'edit', level: Uint8Array.of(1) },
          { id: 'L1', operator: 'generate' },
        ],
      },
    ],
  },
]

const report = fromStudent[1] as ToRole
const reported = actorCodec({ role: 'student', slot }).encode(fromStudent[1])
const proposed = actorCodec({ role: 'adversary' }).encode(fromAdversary[0])

describe('the codec', () => {
  it.each(toStudent)('$type reaches a student as it was sent', (message) => {
    const { kind, body } = hubCodec({ role: 'student', slot }, sealing).encode(message)
    expect(actorCodec({ role: 'student', slot }).decode(kind, body)).toEqual(message)
  })

  it.each(fromStudent)('$type comes from a student as it was sent', (message) => {
    const { kind, body } = actorCodec({ role: 'student', slot }).encode(message)
    const hub = hubCodec({ role: 'student', slot }, sealing)
    for (const told of toStudent) hub.encode(told)
    if (message.type === 'learned') hub.decode(reported.kind, reported.body)
    expect(hub.decode(kind, body)).toEqual(message)
  })

  it.each(fromAdversary)('$type comes from an adversary as it was sent', (message) => {
    const { kind, body } = actorCodec({ role: 'adversary' }).encode(message)
    const hub = hubCodec({ role: 'adversary', slots: [slot], shows: true }, sealing)
    hub.encode({ type: 'snapshot.take' })
    hub.encode({ type: 'tasks.request', cycle: 3, slot, count: 4 })
    if (message.type === 'cycle.done') {
      hub.decode(proposed.kind, proposed.body)
      hub.encode(report)
    }
    expect(hub.decode(kind, body)).toEqual(message)
  })

  it.each([
    ['student', { role: 'student', slot }],
    ['adversary', { role: 'adversary', slots: [slot] }],
  ] as const)(
    'a question of the %s goes to the service and its answer comes back, as they were sent',
    (_, side) => {
      const asker = { hub: hubCodec(side, sealing), actor: actorCodec(side) }
      const service = { role: 'service', service: 'judge' }
      const asked = { hub: hubCodec(service, sealing), actor: actorCodec(service) }
      asker.hub.encode({ type: 'cycle.begin', cycle: 3 })
      const pass = (from: { encode: never }, to: { decode: never }, message: object): unknown => {
        const { kind, body, correlation } = (from.encode as (m: object) => WireBody)(message)
        expect(correlation).toBe('3/adversary/a')
        return (to.decode as (kind: number, body: Uint8Array) => unknown)(kind, body)
      }
      expect(pass(asker.actor as never, asker.hub as never, ask)).toEqual(ask)
      expect(pass(asked.hub as never, asked.actor as never, ask)).toEqual(ask)
      expect(pass(asked.actor as never, asked.hub as never, answer)).toEqual(answer)
      expect(pass(asker.hub as never, asker.actor as never, answer)).toEqual(answer)
      pass(asked.hub as never, asked.actor as never, ask)
      const failed = {
        type: 'service.failed',
        ...{ key: ask.key, error: { code: 'model/busy', message: 'later' }, retry: true },
      }
      expect(pass(asked.actor as never, asked.hub as never, failed)).toEqual(failed)
      expect(() => pass(asked.actor as never, asked.hub as never, failed)).toThrow(/nobody asked/)
    },
  )

  it('refuses a cost below nothing', () => {
    const { kind, body } = actorCodec({ role: 'service' }).encode({
      ...answer,
      cost: { tokens: -1 },
    })
    const hub = hubCodec({ role: 'service' }, sealing)
    hub.encode(ask)
    expect(() => hub.decode(kind, body)).toThrow(/at least 0/)
  })

  it('sends the levels of a probe once in a conversation', () => {
    const hub = hubCodec({ role: 'student', slot }, sealing)
    hub.meet({ capabilities: { probes: true } } as agon.v1.Hello)
    const student = actorCodec({ role: 'student', slot })
    const probes = [{ name: 'overlap', digest: 'd', levels: [new Uint8Array(1000)] }]
    const message = { type: 'tasks.assign', batch: { ...batch, probes } } as const
    const sizes = [1, 2].map(() => {
      const { kind, body } = hub.encode(message)
      expect(student.decode(kind, body)).toEqual(message)
      return body.length
    })
    expect(sizes[0] - sizes[1]).toBeGreaterThan(1000)
  })

  it('takes a probe without levels, which masks nothing, and no other whose levels never came', () => {
    const hub = hubCodec({ role: 'student', slot }, sealing)
    hub.meet({ capabilities: { probes: true } } as agon.v1.Hello)
    const sent = (digest: string) =>
      ({
        type: 'tasks.assign',
        batch: { ...batch, probes: [{ name: 'o', digest, levels: [] }] },
      }) as const
    const heard = (message: ReturnType<typeof sent>) => {
      const { kind, body } = hub.encode(message)
      return actorCodec({ role: 'student', slot }).decode(kind, body)
    }
    const none = sent(sha256(new Uint8Array(0)))
    expect(heard(none)).toEqual(none)
    expect(() => heard(sent('d'))).toThrow(/never came/)
  })

  it('refuses a probe for a student that cannot work under one', () => {
    const hub = hubCodec({ role: 'student', slot }, sealing)
    hub.meet({ capabilities: { probes: false } } as agon.v1.Hello)
    const probes = [{ name: 'overlap', digest: 'd', levels: [] }]
    expect(() => hub.encode({ type: 'tasks.assign', batch: { ...batch, probes } })).toThrow(
      expect.objectContaining({ code: 'student/probes' }),
    )
  })

  it('sends who sits in a measurement along, to who says that it can seat them', () => {
    const evaluator = { role: 'evaluator', policies: { ai: { kind: 'bot', bot: 'idle' } } } as const
    const seating = { left: 'other', right: 'ai' }
    const policies = { other: { kind: 'source', source: policy } } as const
    const request = {
      ...{ environment: { module: 'file:///m.js', options: {} }, suite: 's', episodes: 1, seed: 0 },
      ...{ seating, policies },
    }
    const question = { type: 'measure', key: 'final/agent', policy: null, request } as const
    const hub = hubCodec(evaluator, sealing)
    hub.meet({ capabilities: { seats: true } } as agon.v1.Hello)
    const { kind, body } = hub.encode(question)
    expect(actorCodec({ role: 'evaluator' }).decode(kind, body)).toEqual({
      ...question,
      request: { ...request, policies: { ...policies, ...evaluator.policies } },
    })
    const other = hubCodec(evaluator, sealing)
    other.meet({ capabilities: {} } as agon.v1.Hello)
    expect(() => other.encode(question)).toThrow(
      expect.objectContaining({ code: 'evaluator/seats' }),
    )
  })

  it('carries the episodes of an attempt to the hub, where the batch asks for them', () => {
    const recorded = { rewards: tensor('float32', [2], Float32Array.of(1, 0.5)) }
    const student = actorCodec({ role: 'student', slot })
    const outcomes = [
      {
        task: batch.tasks[0].id,
        slot,
        repeat: 1,
        episodes: [],
        artefacts: {},
        measuredBy: 'student/agent',
      },
    ]
    const numbers = { cycle: 3, slot, envSteps: 2, metrics: {}, timings: {} }
    const report = { type: 'outcomes.report', ...numbers, outcomes, recorded } as const
    for (const record of [true, undefined] as const) {
      const hub = hubCodec({ role: 'student', slot }, sealing)
      const asked = record === undefined ? batch : { ...batch, record }
      hub.encode({ type: 'cycle.begin', cycle: 3 })
      const sent = hub.encode({ type: 'tasks.assign', batch: asked })
      expect(student.decode(sent.kind, sent.body)).toEqual({ type: 'tasks.assign', batch: asked })
      const { kind, body } = student.encode(report)
      const { recorded: _, ...plain } = report
      expect(hub.decode(kind, body)).toEqual(record === undefined ? plain : report)
    }
  })

  it('believes a module that was made elsewhere of what it cannot do', () => {
    const hub = hubCodec({ role: 'student', slot }, sealing)
    const all = { deterministic: true, snapshots: true, probes: true, exportsPolicy: true }
    hub.meet({ capabilities: all } as agon.v1.Hello)
    const traits = { ...all, exportsPolicy: false }
    const hello = { type: 'hello', role: 'student', slot, offers: [], traits } as const
    const { kind, body } = actorCodec({ role: 'student', slot }).encode(hello)
    expect(hub.decode(kind, body)).toEqual(hello)
  })

  it('puts a measurement to someone who plans none, and makes the report of the answer', () => {
    const hub = hubCodec({ role: 'student', slot }, sealing)
    const request = { environment: { module: 'm', options: {} }, suite: 's', episodes: 1, seed: 0 }
    const { body, correlation } = hub.encode({
      type: 'measure',
      key: 'final/agent',
      policy: null,
      request,
    })
    expect(correlation).toBe('final/agent')
    const asked = agon.v1.Measure.decode(body)
    expect(asked.policy).toBeNull()
    expect(asked.episodes).toMatchObject([{ levelName: 'a', seed: 5 }])
    const answer = (key: string) =>
      agon.v1.Measured.encode({ key, results: [{ return: 0.5, length: 3 }] }).finish()
    expect(hub.decode(Kind.KIND_MEASURED, answer('final/agent'))).toMatchObject({
      report: { returns: [0.5], sha256: '' },
    })
    expect(() => hub.decode(Kind.KIND_MEASURED, answer('other'))).toThrow(/nothing was asked/)
  })

  it('refuses by name what is not for this side, and what makes no sense', () => {
    const hub = hubCodec({ role: 'student', slot }, sealing)
    const v1 = agon.v1
    const decode = (kind: agon.v1.Kind, body: Uint8Array) => () => hub.decode(kind, body)
    expect(decode(99 as never, new Uint8Array())).toThrow(
      expect.objectContaining({ code: 'wire/kind' }),
    )
    expect(decode(Kind.KIND_CYCLE_DONE, new Uint8Array())).toThrow(
      expect.objectContaining({ code: 'wire/kind' }),
    )
    const request = (of: agon.v1.TasksRequest.$Properties) =>
      decode(
        Kind.KIND_TASKS_REQUEST,
        v1.TasksRequest.encode({ cycle: 1, slot, count: 1, ...of }).finish(),
      )
    expect(request({ count: 0 })).toThrow(expect.objectContaining({ code: 'wire/body' }))
    expect(request({ slot: 'other' })).toThrow(/speaks for slot 'other'/)
    expect(request({})).toThrow(/a message of cycle 1 came in cycle 0/)
    const learned = v1.Learned.encode({ cycle: 1, slot, metrics: { loss: Number.NaN } }).finish()
    expect(decode(Kind.KIND_LEARNED, learned)).toThrow(
      expect.objectContaining({ code: 'wire/number', message: 'metrics.loss is NaN' }),
    )
  })
})
