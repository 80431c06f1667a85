import { describe, expect, it } from 'vitest'
import { actorId } from '../../core/ids.ts'
import { afterTicks, realTimers } from '../../core/timers.ts'
import type { Answer } from '../../services/contract.ts'
import type { ServiceAsk } from './contract.ts'
import type { ExperimentPlan, ReplyStore } from './experiment-contract.ts'
import { openCounter } from './experiment-services.ts'
import type { Answered, Unanswered } from './service-counter.ts'

const replies: ReplyStore = {
  find: () => null,
  keep: (_, answer) => answer,
  costs: () => [],
  past: () => ({ seconds: 0, retries: 0 }),
}
const turn = (): Promise<void> =>
  new Promise((resolve) => void afterTicks(realTimers, 20, () => resolve()))

describe('a counter of services', () => {
  it('takes a student of the same name for no service', async () => {
    const sent: string[] = []
    const told: (Answered | Unanswered)[] = []
    const counter = openCounter({
      plan: {
        services: [{ name: 'judge', seed: 1, traits: { stateful: false } }],
      } as unknown as ExperimentPlan,
      effects: { clock: { now: () => 0, wall: () => 0 }, asking: { timers: realTimers, replies } },
      cycle: 0,
      send: (actor, message: ServiceAsk) => sent.push(`${actor} ${message.key}`),
      tell: (event) => told.push(event),
    })
    counter.ask(actorId('adversary'), 1, {
      type: 'service.ask',
      ...{ cycle: 1, service: 'judge', key: 'a', payload: null },
    })
    counter.present(actorId('student/judge'))
    await turn()
    expect(sent).toEqual([])
    counter.present(actorId('service/judge'))
    await turn()
    expect(sent).toEqual(['service/judge 1/adversary/a'])
    counter.absent(actorId('student/judge'))
    const answer: Answer = { payload: { score: 1 } }
    counter.heard(actorId('service/judge'), {
      type: 'service.answer',
      key: '1/adversary/a',
      ...answer,
    })
    await turn()
    expect(told).toMatchObject([{ type: 'answered', service: 'judge', key: 'a', answer }])
  })
})
