import { describe, expect, it } from 'vitest'
import { actorId, slotId } from '../../core/ids.ts'
import type { FromRole, ToRole } from './contract.ts'
import type { ExperimentPlan } from './experiment-contract.ts'
import type { ExperimentNews } from './experiment-events.ts'
import type { Order } from './experiment-orders.ts'
import type { Experiment } from './experiment-state.ts'
import { type Happening, play, replay, type World } from './testing/pure-run.ts'

const SLOT = slotId('agent')
const [STUDENT, ADVERSARY] = ['student/agent', 'adversary'].map(actorId)

const planOf = (more: Partial<ExperimentPlan> = {}): ExperimentPlan =>
  ({
    students: [{ role: 'student', slot: SLOT }],
    adversary: { role: 'adversary' },
    evaluator: { role: 'evaluator' },
    budget: { cycles: 4 },
    evaluation: { request: { suite: 'toy' }, every: 2 },
    final: { suite: 'toy' },
    cutEvery: 2,
    supervision: { restarts: 3, windowMs: 1000, answerMs: 60, startMs: 60 },
    ...more,
  }) as unknown as ExperimentPlan

const said = (actor: typeof STUDENT, message: unknown): ExperimentNews => ({
  type: 'said',
  actor,
  message: message as Exclude<FromRole, { type: 'failed' }>,
})

function answer(to: typeof STUDENT, message: ToRole, cycle: number): readonly ExperimentNews[] {
  const numbers = { metrics: { n: cycle }, timings: {} }
  const tasks = [{ id: `${cycle}/0`, repeat: 0 }]
  switch (message.type) {
    case 'cycle.begin':
      return [said(to, { type: 'tasks.request', cycle, slot: SLOT, count: 1 })]
    case 'tasks.request':
      return [
        said(to, {
          type: 'tasks.proposed',
          cycle,
          batches: [{ slot: SLOT, cycle, tasks }],
          ...numbers,
        }),
      ]
    case 'tasks.assign':
      return [
        said(to, {
          type: 'outcomes.report',
          cycle,
          slot: SLOT,
          outcomes: [],
          envSteps: 8,
          ...numbers,
        }),
        said(to, { type: 'learned', cycle, slot: SLOT, gradientUpdates: 1, ...numbers }),
      ]
    case 'outcomes.report':
      return [said(to, { type: 'cycle.done', cycle, ...numbers })]
    case 'snapshot.take':
      return [said(to, { type: 'snapshot.taken', snapshot: { of: to, cycle } })]
    case 'policy.export':
      return [said(to, { type: 'policy.exported', slot: SLOT, policy: { of: cycle } })]
    case 'restore':
      return [said(to, { type: 'restored' })]
    case 'measure':
      return [
        said(to, {
          type: 'measured',
          key: message.key,
          report: { suite: 'toy', solvedRate: 0.5, meanReturn: cycle, levels: [] },
        }),
      ]
    default:
      return []
  }
}

const calm: World = (order, { plan, cycle }) => {
  switch (order.do) {
    case 'open':
      return [
        said(STUDENT, { type: 'hello', role: 'student', slot: SLOT, offers: ['return'] }),
        said(ADVERSARY, { type: 'hello', role: 'adversary', needs: ['return'] }),
        ...(plan.services ?? []).map(({ name, traits: { deterministic } }) =>
          said(actorId(`service/${name}`), {
            ...{ type: 'hello', role: 'service' },
            traits: { deterministic, snapshots: false, probes: false, exportsPolicy: false },
          }),
        ),
      ]
    case 'send':
      return answer(order.actor, order.message, cycle)
    case 'assign':
      return answer(STUDENT, { type: 'tasks.assign', batch: order.batch }, cycle)
    case 'tally':
      return [{ type: 'tallied', metrics: {}, timings: {} }]
    case 'recall':
      return [{ type: 'recalled', initial: new Map() }]
    case 'tell':
      return [order.news]
    default:
      return []
  }
}

/** Once, in a cycle. */
function once(cycle: number, happening: Happening) {
  let done = false
  return (_: Happening, run: Experiment): readonly Happening[] => {
    if (done || run.cycle !== cycle) return []
    done = true
    return [happening]
  }
}

const lost = (actor: typeof STUDENT): Happening =>
  ({
    type: 'lost',
    actor,
    error: { code: 'worker/lost', message: `${actor} is gone` },
  }) as Happening

describe('the machine of the experiment', () => {
  it('plays a whole run, with cuts, evaluations and a loss, without touching the world', () => {
    const { last, orders, runs } = play(planOf(), calm, once(3, lost(STUDENT)))
    expect(last.output).toEqual({
      status: 'finished',
      spent: { cycles: 4, gradientUpdates: 4, envSteps: 32 },
      solvedRate: { agent: 0.5 },
    })
    const did = (what: Order['do']): number => orders.filter((order) => order.do === what).length
    expect({ open: did('open'), rewind: did('rewind') }).toEqual({ open: 2, rewind: 1 })
    expect(did('record')).toBeGreaterThanOrEqual(4)
    expect(runs.at(-1)?.cut?.cycle).toBe(4)
    expect(runs.at(-1)?.epoch).toBe(2)
  })

  it('comes to the same records and orders from the same events', () => {
    const plan = planOf()
    const first = play(plan, calm, once(3, lost(ADVERSARY)))
    const second = replay(plan, first.events)
    expect(first.events.length).toBeGreaterThan(40)
    expect(second.runs).toEqual(first.runs)
    expect(second.orders).toEqual(first.orders)
  })

  it('gives up on who is silent after a question was left open by a run that went back', () => {
    const service = {
      role: 'service',
      name: 'judge',
      traits: { stateful: false, deterministic: true },
    }
    const plan = planOf({ services: [service] } as unknown as Partial<ExperimentPlan>)
    const asking: World = (order, run) =>
      order.do === 'send' && order.message.type === 'tasks.request'
        ? run.epoch === 1
          ? [
              said(ADVERSARY, {
                ...{ type: 'service.ask', cycle: 1, service: 'judge' },
                ...{ key: 'a', payload: null },
              }),
            ]
          : []
        : calm(order, run)
    const asked = (run: Experiment): boolean => run.questions === 1
    let struck = false
    const after = { type: 'xstate.after.answerDue.experiment.underway' }
    const waited = play(plan, asking, (event, run) => {
      if (event.type === 'said' && asked(run) && !struck) {
        struck = true
        return [after, lost(ADVERSARY)]
      }
      const { type } = event
      return struck && type === 'said' && run.epoch === 2 && run.awaited.size === 2 ? [after] : []
    })
    const silent = waited.events.filter(({ type }) => type === 'silent')
    // While the service is at work nobody else is given up.
    expect(waited.orders.filter((order) => order.do === 'ask')).toHaveLength(1)
    expect(silent[0]).toMatchObject({ actor: STUDENT, error: { code: 'actor/lost' } })
    expect(waited.runs.find(({ epoch }) => epoch === 2)?.questions).toBe(0)
  })
})
