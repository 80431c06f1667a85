import { sha256 } from '../../core/bytes.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { AgonError, fromErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { type ActorId, actorId } from '../../core/ids.ts'
import { suggestion } from '../../core/nearest.ts'
import type { Answer, Ask } from '../../services/contract.ts'
import { createAsker } from '../kit/asking/asker.ts'
import type { Asker, AskSpent } from '../kit/asking/contract.ts'
import { askMetrics, askTimings, NO_ASKS, withAnswer } from '../kit/asking/spent.ts'
import type { ServiceFailed } from './contract.ts'
import type { Experiment } from './experiment-state.ts'
import { actorName, serviceActor } from './names.ts'
import type { ServiceCounter, Unanswered } from './service-counter.ts'

/** Characters, as of every name. */
const LONGEST_KEY = 200

/** Who grades asks as the experiment. */
const EXPERIMENT = actorId('experiment')

interface Call extends Ask {
  readonly cycle: number
}

/** One service: whoever is there now, and the calls that it has not answered. */
interface Window {
  readonly asker: Asker<Call, Answer>
  readonly stateful: boolean
  readonly pending: Map<string, { resolve(answer: Answer): void; reject(error: unknown): void }>
  present: Promise<void>
  arrive: () => void
}

/** @param run its cast and its cycle are looked at when something is asked */
export function openCounter(run: Experiment): ServiceCounter {
  const { plan, effects } = run
  const { services = [], graders = [] } = plan
  const names = services.map(({ name }) => name)
  const windows = new Map<string, Window>()
  let ending = new AbortController()
  let keys = new Set<string>()
  let open = 0

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
          run.cast?.send(serviceActor(name), {
            type: 'service.ask',
            ...{ cycle, service: name },
            ...question,
          })
        }),
    })
    asker.restore(spentUntil(name, run.cycle))
    const whole: Window = Object.assign(window, { asker })
    return whole
  }

  function spentUntil(name: string, cycle: number): AskSpent {
    const costs = effects.asking?.replies.costs(name, cycle) ?? []
    return costs.reduce<AskSpent>(withAnswer, NO_ASKS)
  }

  const windowOf = (service: string, asker: ActorId): Window => {
    const window = windows.get(service)
    if (window === undefined) throw unknownService(service, asker, names)
    if (asker !== EXPERIMENT && graders.includes(service))
      throw new AgonError(
        'service/grader',
        `${asker} asks '${service}', which grades: what it knows is hidden from those it measures`,
        {
          remedy: 'name the same module twice under services, and ask the one that does not grade',
        },
      )
    return window
  }

  /** Kept, or asked and kept: the answer as it stands on disk. */
  const answerTo = async (asker: ActorId, service: string, request: Ask): Promise<Answer> => {
    const { cycle, epoch } = run
    const window = windowOf(service, asker)
    const key = `${cycle}/${asker}/${request.key}`
    if (keys.has(key))
      throw new AgonError('service/key', `${asker} asks '${request.key}' twice in cycle ${cycle}`, {
        remedy: 'give each question of a cycle a key of its own',
      })
    if (!(request.key.length >= 1 && request.key.length <= LONGEST_KEY))
      throw new AgonError(
        'service/key',
        `${asker} asks under a key of ${request.key.length} characters`,
        {
          remedy: `give each question a key of 1 to ${LONGEST_KEY} characters`,
        },
      )
    keys.add(key)
    const { replies } = effects.asking!
    const { payload, attachments } = request
    const content = { payload, ...(attachments === undefined ? {} : { attachments }) }
    const question = sha256(canonicalJson({ service, ...content }))
    // One with state has gone back to the cut: it has to hear the question again.
    const kept = window.stateful ? null : replies.find(key, question)
    if (kept !== null) {
      window.asker.recall(kept)
      run.costs.set(key, { calls: 1, ...kept.cost })
      return kept
    }
    const { signal } = ending
    const answer = await window.asker.ask({ key, cycle, ...content }, signal)
    signal.throwIfAborted()
    const { seconds, retries } = window.asker.spent()
    const past = { seconds: Number(seconds.toFixed(3)), retries }
    const whole = replies.keep({ epoch, cycle, key, service, question, ...past }, answer)
    run.costs.set(key, { calls: 1, ...whole.cost })
    return whole
  }

  /** What goes wrong after the run has gone back is nobody's business any more. */
  const counted = async (asker: ActorId, service: string, request: Ask): Promise<Answer> => {
    const { signal } = ending
    open += 1
    try {
      return await answerTo(asker, service, request)
    } catch (error) {
      if (!signal.aborted) run.tell(unanswered(asker, service, error))
      return await new Promise<never>(() => {})
    } finally {
      open -= 1
    }
  }

  return {
    ask(asker, { service, key, payload, attachments }) {
      const { signal } = ending
      const request = { key, payload, ...(attachments === undefined ? {} : { attachments }) }
      void counted(asker, service, request).then((answer) => {
        if (!signal.aborted) run.cast?.send(asker, { type: 'service.answer', key, ...answer })
      })
    },
    question: (service, request) => counted(EXPERIMENT, service, request),
    heard(actor, message) {
      const pending = windows.get(nameOf(actor))?.pending
      const waiting = pending?.get(message.key)
      pending?.delete(message.key)
      if (message.type === 'service.failed') waiting?.reject(failure(message))
      else {
        const { type: _, key: __, ...answer } = message
        waiting?.resolve(answer)
      }
    },
    present: (actor) => windows.get(nameOf(actor))?.arrive(),
    absent(actor) {
      const window = windows.get(nameOf(actor))
      if (window === undefined) return
      Object.assign(window, awaited())
      const lost = new AgonError('actor/lost', `${actor} was lost`)
      for (const { reject } of window.pending.values()) reject(lost)
      window.pending.clear()
    },
    get open() {
      return open
    },
    begin() {
      keys = new Set()
    },
    letGo() {
      ending.abort(new AgonError('run/over', 'nobody waits for an answer any more'))
      ending = new AbortController()
      for (const window of windows.values()) {
        window.pending.clear()
        Object.assign(window, awaited())
      }
    },
    restore(cycle) {
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

const nameOf = (actor: ActorId): string => actorName(actor).place ?? ''

function awaited(): Pick<Window, 'present' | 'arrive'> {
  let arrive = (): void => {}
  const present = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return { present, arrive }
}

function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason)
    if (signal.aborted) return end()
    signal.addEventListener('abort', end, { once: true })
    void work.then(() => {
      signal.removeEventListener('abort', end)
      resolve()
    })
  })
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

function failure({ error, retry }: ServiceFailed): AgonError {
  const { code, message, remedy, fields } = error
  return fromErrorRecord({
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    fields: { ...fields, retry },
  })
}

function unknownService(service: string, asker: ActorId, names: readonly string[]): AgonError {
  const none = names.length === 0
  return new AgonError(
    'service/unknown',
    `${asker} asks for the service '${service}', and this run has ${none ? 'none' : 'no such'}`,
    { remedy: none ? `name it under services in the config` : suggestion(service, names) },
  )
}

/** What no try can mend names the service; what was asked wrongly, who asked. */
function unanswered(asker: ActorId, service: string, cause: unknown): Unanswered {
  const error = toErrorRecord(cause)
  const own = ['service/unknown', 'service/key', 'service/grader'].includes(error.code)
  return { type: 'unanswered', actor: own ? asker : serviceActor(service), error }
}
