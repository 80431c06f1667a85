import { stream } from '../../core/random.ts'
import type { Outcome, TaskBatch } from '../../learners/contract.ts'
import type { Answer } from '../../services/contract.ts'
import type { Adversary, ObserveRequest, ReplyContext, Request, Step } from '../contract.ts'
import { attempt } from './fake-student.ts'
import { integerLevels } from './integer-levels.ts'

/** A builder of integer levels 1, 2, 3, …, which writes down what it was asked. */
export function fakeBuilder() {
  const asked: Request[] = []
  let next = 1
  const levels = integerLevels(500)
  const answer = (request: Request): Answer => {
    asked.push(request)
    const { count } = request.payload as { readonly count?: number }
    if (count === undefined) return { payload: { metrics: { entropy: 2, return: 7 } } }
    const built = Array.from({ length: count }, () => levels.encode(next++))
    return { payload: { levels: built.map((level) => Buffer.from(level).toString('base64')) } }
  }
  return { asked, answer }
}

/** What an adversary gets in a cycle. */
interface AskedCycle<R> {
  readonly adversary: Adversary<R>
  readonly record: R
  readonly cycle: number
  readonly counts: Readonly<Record<string, number>>
  readonly answer: (request: Request) => Answer
  /** Default: fake students. */
  readonly outcomes?: (batch: TaskBatch) => Outcome[]
}

/** One whole cycle with answers as they are asked for. */
export function playAsked<R>(of: AskedCycle<R>) {
  const { adversary, cycle, counts, answer, outcomes = attempt } = of
  const random: ObserveRequest['random'] = (...purpose) => stream(1, 'adversary', cycle, ...purpose)
  const metrics: Record<string, number> = {}
  const settled = (first: Step<R>, phase: ReplyContext['phase']): Step<R> => {
    let step = first
    const open = [...(step.requests ?? [])]
    let batches = step.batches
    for (let request = open.shift(); request !== undefined; request = open.shift()) {
      Object.assign(metrics, step.metrics)
      step = adversary.reply!(step.record, request.key, answer(request), { cycle, phase, random })
      open.push(...(step.requests ?? []))
      batches = step.batches ?? batches
    }
    Object.assign(metrics, step.metrics)
    return { record: step.record, ...(batches === undefined ? {} : { batches }) }
  }
  const proposed = settled(adversary.propose(of.record, { cycle, counts, random }), 'propose')
  const { batches = [] } = proposed
  const observed = adversary.observe(proposed.record, {
    ...{ cycle, random },
    outcomes: batches.flatMap(outcomes),
  })
  const { record } = settled(observed, 'observe')
  return { record, batches, metrics, levels: observed.levels ?? [] }
}
