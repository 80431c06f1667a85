import type { ActorId, SlotId } from '../../core/ids.ts'
import type { EvaluationReport, EvaluationRequest } from '../../evaluation/contract.ts'
import { measuresByName } from '../../evaluation/measures.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { NamedPolicy } from '../../seats/contract.ts'
import type { Measure } from './contract.ts'
import { isFrozen, selfMeasuring, slotsOf } from './experiment-actors.ts'
import { evaluationMetrics } from './experiment-core.ts'
import type { EventOf } from './experiment-events.ts'
import type { Fault } from './experiment-losses.ts'
import { inTurn, type Order, send, type Turn, turn } from './experiment-orders.ts'
import { type Experiment, noteAnswered, noteCame } from './experiment-state.ts'
import { EVALUATOR, studentActor } from './names.ts'

type Policies = ReadonlyMap<SlotId, PolicyFile>

/** What the experiment asks of the evaluator, and of students that export nothing. Keys: `<when>/<slot>`. */

function ask(
  run: Experiment,
  key: string,
  policy: PolicyFile | null,
  request: EvaluationRequest,
): Turn {
  const message: Measure = { type: 'measure', key, policy, request }
  return turn(awaiting(run, message), [
    { do: 'ensure', actor: EVALUATOR },
    send(EVALUATOR, message),
  ])
}

const awaiting = (run: Experiment, message: Measure): Experiment => ({
  ...run,
  asked: new Map(run.asked).set(message.key, message),
  awaited: new Set(run.awaited).add(message.key),
})

/**
 * Of a student that exports nothing: it attempts the sealed tasks itself, with gradients and memory off; or the evaluator
 * seats the policies that the student attempts with.
 */
export function askSelf(
  run: Experiment,
  key: string,
  slot: SlotId,
  request: EvaluationRequest,
  policies: Policies = new Map(),
): Turn {
  const seating = run.plan.measuredBySeats?.[slot]
  if (seating !== undefined)
    return ask(run, key, null, withStudents(run, { ...request, seating }, policies))
  const message: Measure = { type: 'measure', key, policy: null, request }
  return turn(awaiting(run, message), [send(studentActor(slot), message)])
}

/** The request with those policies that its seating names and that stand for students. */
function withStudents(
  { plan: { live = {} } }: Experiment,
  request: EvaluationRequest,
  policies: Policies,
): EvaluationRequest {
  const seated = new Set(Object.values(request.seating ?? {}))
  const found = Object.entries(live).flatMap(([name, slot]): [string, NamedPolicy][] => {
    const source = seated.has(name) ? policies.get(slot) : undefined
    return source === undefined ? [] : [[name, { kind: 'source', source }]]
  })
  return found.length === 0 ? request : { ...request, policies: Object.fromEntries(found) }
}

type Question = (run: Experiment) => Turn

/** Each question in the light of those before it. */
const all = (run: Experiment, questions: readonly Question[]): Turn =>
  questions.reduce(inTurn, turn({ ...run, awaited: new Set() }))

export function askMeasurements(run: Experiment): Turn {
  const { policies, plan } = run
  const { request } = plan.evaluation
  const seated = withStudents(run, request, policies)
  return all(run, [
    ...[...policies].map(
      ([slot, policy]): Question =>
        (next) =>
          ask(next, `during/${slot}`, policy, seated),
    ),
    ...selfMeasuring(run).map(
      (slot): Question =>
        (next) =>
          askSelf(next, `during/${slot}`, slot, request, policies),
    ),
  ])
}

/** The untrained policies are asked for that the last measurement compares with. */
export function recallInitial(run: Experiment): Turn {
  const alone = selfMeasuring(run)
  const slots = slotsOf(run).filter((slot) => !alone.includes(slot) && !isFrozen(run, slot))
  return turn(run, [{ do: 'recall', slots: run.plan.final === null ? [] : slots }])
}

export function askFinal(run: Experiment, { initial }: EventOf<'recalled'>): Turn {
  const request = run.plan.final
  if (request === null) return all(run, [])
  const alone = selfMeasuring(run)
  // The untrained one meets the same others as the trained one: nothing but itself tells them apart.
  const last: Policies = new Map(Object.entries(run.cut?.policies ?? {}) as [SlotId, PolicyFile][])
  const seated = withStudents(run, request, last)
  return all(run, [
    ...alone.map(
      (slot): Question =>
        (next) =>
          askSelf(next, `final/${slot}`, slot, request, last),
    ),
    ...slotsOf(run).flatMap((slot) => {
      if (alone.includes(slot)) return []
      const policies = [
        [`baseline/${slot}`, initial.get(slot)],
        [`final/${slot}`, last.get(slot)],
      ] as const
      return policies.flatMap(([key, policy]): Question[] =>
        policy === undefined ? [] : [(next) => ask(next, key, policy, seated)],
      )
    }),
  ])
}

export function hearMeasured(run: Experiment, key: string, report: EvaluationReport): Turn {
  if (!run.asked.has(key)) return turn(run)
  const asked = new Map(run.asked)
  asked.delete(key)
  const heard = noteAnswered(noteCame({ ...run, asked }, key), key)
  const [when, ...rest] = key.split('/') as ['baseline' | 'during' | 'final', ...string[]]
  const slot = rest.join('/') as SlotId
  const { cycle } = run
  const progress: Order = {
    do: 'progress',
    event: { kind: 'evaluation', slot, when, report, cycle },
  }
  if (when === 'during') {
    const measured = evaluationMetrics(report, slot, run.plan.students.length)
    return turn({ ...heard, metrics: { ...heard.metrics, ...measured } }, [progress])
  }
  const kept = when === 'final' ? withResult(heard, slot, report) : heard
  return turn(kept, [{ do: 'storeEvaluation', slot, when, report }, progress])
}

function withResult(run: Experiment, slot: SlotId, report: EvaluationReport): Experiment {
  const { solvedRate } = report
  const { measures } = measuresByName(report)
  return {
    ...run,
    solvedRate:
      solvedRate === null ? run.solvedRate : new Map(run.solvedRate).set(slot, solvedRate),
    measures: measures === undefined ? run.measures : new Map(run.measures).set(slot, measures),
  }
}

/** One that does not stand in cuts is made anew, and asked again what it has not answered. */
export function reopen(run: Experiment, { actor }: Pick<Fault, 'actor'>): Turn {
  const again = [...run.asked].flatMap(([key, message]) =>
    actor === EVALUATOR && measurerOf(run, key) === EVALUATOR ? [send(EVALUATOR, message)] : [],
  )
  return turn(run, [{ do: 'reopen', actor }, ...again])
}

/** Who is waited for in vain, the first of them, is silent. */
export function giveUp(run: Experiment): Turn {
  const [awaited] = run.awaited
  const actor = run.asked.has(awaited) ? measurerOf(run, awaited) : (awaited as ActorId)
  const error = {
    code: 'actor/lost',
    message: `${actor} is there and has not answered in the time that it has`,
    remedy: 'raise supervision.answerSeconds where its work takes longer',
  }
  return turn(run, [{ do: 'tell', news: { type: 'silent', actor, error } }])
}

function measurerOf(run: Experiment, key: string): ActorId {
  const slot = key.slice(key.indexOf('/') + 1) as SlotId
  const seated = run.plan.measuredBySeats?.[slot] !== undefined
  return seated || run.asked.get(key)?.policy !== null ? EVALUATOR : studentActor(slot)
}
