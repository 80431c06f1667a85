import { setMaxListeners } from 'node:events'
import type { Clock } from '../../../core/clock.ts'
import { AgonError, fromErrorRecord, toErrorRecord } from '../../../core/errors.ts'
import { type StreamPath, stream } from '../../../core/random.ts'
import type { Timers } from '../../../core/timers.ts'
import { asksToSlowDown, backoffMs, mayMend, restMs } from './backoff.ts'
import { capError, capReached, secondsLeft, type UnderWay } from './caps.ts'
import type { AskCost, Asker, AskLimits, AskSpent } from './contract.ts'
import { pause, untilDeadline } from './deadline.ts'
import { createPace } from './pace.ts'
import { atLeast, NO_ASKS, withAnswer, withVain } from './spent.ts'
import { createTurns } from './turns.ts'

export interface AskerOptions<Question, Answer> {
  /** Whom it asks, for people. */
  readonly name: string
  readonly limits: AskLimits
  /** Where the limits stand in the config: `services.judge.limits`. */
  readonly place: string
  readonly clock: Clock
  readonly timers: Timers
  /** Of the jitter: the same question waits as long in every run of the same path. */
  readonly random: StreamPath
  /** What was spent before. */
  readonly spent?: AskSpent
  /** One call. Its signal is aborted when nobody waits for the answer any more. */
  send(question: Question, signal: AbortSignal): Promise<Answer>
  /**
   * Resolves once there is someone to ask; waiting for it is no part of a call. Absent: there always is.
   * @throws what makes all waiting vain
   */
  present?(signal: AbortSignal): Promise<void>
}

/** Asks within limits: so many at a time, each until a deadline, again after what may mend, and nothing beyond the caps. */
export function createAsker<
  Question extends { readonly key: string },
  Answer extends { readonly cost?: AskCost },
>(options: AskerOptions<Question, Answer>): Asker<Question, Answer> {
  const { name, limits, place, clock, timers, send, present } = options
  const turns = createTurns(limits.concurrency)
  const pace = createPace(limits.concurrency, clock, timers)
  const closing = new AbortController()
  // One for each question that waits.
  setMaxListeners(0, closing.signal)
  const started = new Set<{ readonly at: number }>()
  /** Of the run as it stands. */
  let counted = options.spent ?? NO_ASKS
  /** Never goes back: what the caps are held against. */
  let paid = counted

  const underWay = (): UnderWay => {
    const now = clock.now()
    let ms = 0
    for (const { at } of started) ms += now - at
    return { calls: started.size, seconds: ms / 1000 }
  }
  const capped = (cap: Parameters<typeof capError>[2]): AgonError =>
    capError(name, place, cap, paid, limits, underWay())
  const late = ({ key }: Question, left: number): AgonError => {
    if (left < limits.deadlineSeconds) return capped('seconds')
    return new AgonError(
      'service/deadline',
      `service '${name}' has not answered '${key}' within ${limits.deadlineSeconds} s`,
      {
        place: `${place}.deadlineSeconds`,
        remedy: 'raise the deadline where its work takes longer',
        fields: { service: name, key },
      },
    )
  }

  const call = async (question: Question, signal: AbortSignal): Promise<Answer> => {
    const cap = capReached(paid, limits, underWay())
    if (cap !== null) throw capped(cap)
    const left = secondsLeft(paid, limits, underWay())
    const begun = { at: clock.now() }
    started.add(begun)
    let answered = false
    try {
      const answer = await untilDeadline((ending) => send(question, ending), {
        ms: Math.min(limits.deadlineSeconds, left) * 1000,
        timers,
        late: () => late(question, left),
        signal,
      })
      const cost = answer.cost ?? {}
      counted = withAnswer(counted, cost)
      paid = withAnswer(paid, cost)
      answered = true
      pace.answered()
      return answer
    } catch (error) {
      paid = withVain(paid, error)
      throw error
    } finally {
      started.delete(begun)
      const seconds = paid.seconds + (clock.now() - begun.at) / 1000
      paid = { ...paid, seconds, retries: paid.retries + (answered ? 0 : 1) }
    }
  }

  /** One try, at the pace that whoever is asked can bear. */
  const once = async (
    question: Question,
    spread: number,
    ms: number,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const leave = await pace.enter(spread, signal)
    try {
      await present?.(signal)
      signal.throwIfAborted()
      return await call(question, signal)
    } catch (error) {
      // Before the next one may enter.
      if (asksToSlowDown(error)) pace.slowDown(restMs(error) ?? ms)
      throw error
    } finally {
      leave()
    }
  }

  const untilAnswered = async (question: Question, signal: AbortSignal): Promise<Answer> => {
    for (let retry = 1; ; retry++) {
      const random = stream(...options.random, question.key, retry)
      const ms = backoffMs(retry, random.uniform())
      try {
        return await once(question, random.uniform(), ms, signal)
      } catch (error) {
        if (signal.aborted || !mayMend(error)) throw error
        if (retry > limits.retries) throw exhausted(error, retry)
        await pause(ms, timers, signal)
      }
    }
  }

  return {
    async ask(question, takeBack) {
      const ending = new AbortController()
      const sources = takeBack === undefined ? [closing.signal] : [closing.signal, takeBack]
      const end = (): void => ending.abort(sources.find(({ aborted }) => aborted)?.reason)
      for (const source of sources) source.addEventListener('abort', end, { once: true })
      if (sources.some(({ aborted }) => aborted)) end()
      try {
        const leave = await turns.enter(ending.signal)
        try {
          return await untilAnswered(question, ending.signal)
        } finally {
          leave()
        }
      } finally {
        for (const source of sources) source.removeEventListener('abort', end)
      }
    },
    recall({ cost = {} }) {
      counted = withAnswer(counted, cost)
      paid = atLeast(paid, counted)
    },
    spent: () => ({ ...counted, retries: paid.retries, seconds: paid.seconds }),
    restore(spent) {
      counted = spent
      paid = atLeast(paid, spent)
    },
    close: (reason) => closing.abort(reason),
  }
}

function exhausted(error: unknown, calls: number): unknown {
  if (calls === 1) return error
  const record = toErrorRecord(error)
  return fromErrorRecord(
    { ...record, message: `${record.message}; it was asked ${calls} times` },
    error,
  )
}
