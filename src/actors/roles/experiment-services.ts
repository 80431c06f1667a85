import { setMaxListeners } from 'node:events'
import { sha256 } from '../../core/bytes.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { AgonError } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import type { Answer } from '../../services/contract.ts'
import { createAsker } from '../kit/asking/asker.ts'
import type { AskSpent } from '../kit/asking/contract.ts'
import { askMetrics, askTimings, NO_ASKS, withAnswer } from '../kit/asking/spent.ts'
import type { ServiceAsk } from './contract.ts'
import type { ExperimentEffects, ExperimentPlan } from './experiment-contract.ts'
import { EXPERIMENT, serviceActor } from './names.ts'
import type { Answered, ServiceCounter, Unanswered } from './service-counter.ts'
import { asksGrader, checkKey, failure, unanswered, unknownService } from './service-faults.ts'
import { awaited, type Call, unlessAborted, type Window } from './service-window.ts'

export interface CounterInput {
  readonly plan: ExperimentPlan
  readonly effects: Pick<ExperimentEffects, 'clock' | 'asking'>
  /** At which counting begins. */
  readonly cycle: number
  readonly send: (actor: ActorId, message: ServiceAsk) => void
  readonly tell: (event: Answered | Unanswered) => void
}

export function openCounter(input: CounterInput): ServiceCounter {
  const { plan, effects, send, tell } = input
  const { services = [], graders = [] } = plan
  const names = services.map(({ name }) => name)
  const windows = new Map<string, Window>()
  let ending = untilLetGo()
  /** The cycle that the run goes on after. */
  let restored = input.cycle
  let keys = new Set<string>()

  for (const { name, seed, traits } of services)
    windows.set(name, openWindow(name, seed, traits.stateful))

  function openWindow(name: string, seed: number, stateful: boolean): Window {
    const window = { stateful, pending: new Map(), ...awaited() } as Omit<Window, 'asker'>
    const asking = effects.asking
    if (asking === undefined) throw new Error('a run with services needs a place for replies')
    const asker = createAsker<Call, Answer>({
      name,
      limits: plan.limits?.[name] ?? { concurrency: 1, deadlineSeconds: 60, retries: 0 },
      place: `services.${name}.limits`,
      clock: effects.clock,
      timers: asking.timers,
      random: [seed, 'service', name],
      spent: { ...spentUntil(name, Number.POSITIVE_INFINITY), ...asking.replies.past(name) },
      present: (signal) => unlessAborted(whole.present, signal),
      send: ({ cycle, ...question }, signal) =>
        new Promise((resolve, reject) => {
          whole.pending.set(question.key, { resolve, reject })
          signal.addEventListener('abort', () => whole.pending.delete(question.key), { once: true })
          send(serviceActor(name), { type: 'service.ask', cycle, service: name, ...question })
        }),
    })
    asker.restore(spentUntil(name, input.cycle))
    const whole: Window = Object.assign(window, { asker })
    return whole
  }

  function spentUntil(name: string, cycle: number): AskSpent {
    const costs = effects.asking?.replies.costs(name, cycle) ?? []
    return costs.reduce<AskSpent>(withAnswer, NO_ASKS)
  }

  const windowAt = (actor: ActorId): Window | undefined =>
    windows.get(names.find((name) => serviceActor(name) === actor) ?? '')

  const windowOf = (service: string, asker: ActorId): Window => {
    const window = windows.get(service)
    if (window === undefined) throw unknownService(service, asker, names)
    if (asker !== EXPERIMENT && graders.includes(service)) throw asksGrader(asker, service)
    return window
  }

  /** Kept, or asked and kept: the answer as it stands on disk. */
  const answerTo = async (
    asker: ActorId,
    epoch: number,
    { cycle, service, key: name, payload, attachments }: ServiceAsk,
  ): Promise<Answer> => {
    const window = windowOf(service, asker)
    const key = `${cycle}/${asker}/${name}`
    checkKey(asker, cycle, name, keys.has(key))
    keys.add(key)
    const { replies } = effects.asking!
    const content = { payload, ...(attachments === undefined ? {} : { attachments }) }
    const question = sha256(canonicalJson({ service, ...content }))
    // One with state has gone back to the cut: it has to hear the question again.
    const kept = window.stateful ? null : replies.find(key, question)
    if (kept !== null) {
      // What was spent until there has been counted as it was gone on from.
      if (cycle > restored) window.asker.recall(kept)
      return kept
    }
    const { signal } = ending
    const answer = await window.asker.ask({ key, cycle, ...content }, signal)
    signal.throwIfAborted()
    const { seconds, retries } = window.asker.spent()
    const past = { seconds: Number(seconds.toFixed(3)), retries }
    return replies.keep({ epoch, cycle, key, service, question, ...past }, answer)
  }

  return {
    ask(asker, epoch, message) {
      const { cycle, service, key } = message
      const { signal } = ending
      // What goes wrong after the run has gone back is nobody's business any more.
      const told = (event: Answered | Unanswered): void => {
        if (!signal.aborted) tell(event)
      }
      answerTo(asker, epoch, message).then(
        (answer) => {
          const cost = { calls: 1, ...answer.cost }
          told({ type: 'answered', asker, cycle, service, key, answer, cost })
        },
        (error) => told(unanswered(asker, service, error)),
      )
    },
    heard(actor, message) {
      const pending = windowAt(actor)?.pending
      const waiting = pending?.get(message.key)
      pending?.delete(message.key)
      if (message.type === 'service.failed') waiting?.reject(failure(message))
      else {
        const { type: _, key: __, ...answer } = message
        waiting?.resolve(answer)
      }
    },
    present: (actor) => windowAt(actor)?.arrive(),
    absent(actor) {
      const window = windowAt(actor)
      if (window === undefined) return
      Object.assign(window, awaited())
      const lost = new AgonError('actor/lost', `${actor} was lost`)
      for (const { reject } of window.pending.values()) reject(lost)
      window.pending.clear()
    },
    begin() {
      keys = new Set()
    },
    letGo() {
      ending.abort(new AgonError('run/over', 'nobody waits for an answer any more'))
      ending = untilLetGo()
      for (const window of windows.values()) {
        window.pending.clear()
        Object.assign(window, awaited())
      }
    },
    restore(cycle) {
      restored = cycle
      for (const [name, { asker }] of windows) asker.restore(spentUntil(name, cycle))
    },
    metrics: () => rows(windows, askMetrics),
    timings: () => rows(windows, askTimings),
    close(reason) {
      ending.abort(reason)
      for (const { asker } of windows.values()) asker.close(reason)
    },
  }
}

/** Every question that is asked listens to it. */
function untilLetGo(): AbortController {
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  return ending
}

function rows(
  windows: ReadonlyMap<string, Window>,
  numbers: (spent: AskSpent) => Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    [...windows].flatMap(([name, { asker }]) =>
      Object.entries(numbers(asker.spent())).map(([what, value]) => [
        `service/${name}/${what}`,
        value,
      ]),
    ),
  )
}
