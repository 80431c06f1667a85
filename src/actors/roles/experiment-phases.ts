import { AgonError, type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import type { EvaluationRequest } from '../../evaluation/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { NamedPolicy } from '../../seats/contract.ts'
import { type CastEvent, createCast } from './cast.ts'
import type { Measure } from './contract.ts'
import type { Cut, Spending } from './experiment-contract.ts'
import { missingStatistics } from './experiment-core.ts'
import { openCounter } from './experiment-services.ts'
import { type Experiment, noteCompleted, originOf } from './experiment-state.ts'
import { ADVERSARY, EVALUATOR, studentActor } from './names.ts'
import type { Unanswered } from './service-counter.ts'
import { addSpending, budgetDone, NOTHING_SPENT, sumCosts } from './spending.ts'
import { cannotProbe } from './student-core.ts'
import { castOf, cyclingActors, rowOfActor, statefulActors } from './table/table.ts'

/** What the experiment does on entering each of its states. */

const slotsOf = (run: Experiment): readonly SlotId[] => run.plan.students.map((s) => s.slot)
const studentsOf = (run: Experiment): readonly ActorId[] => slotsOf(run).map(studentActor)

export interface WrittenCut {
  readonly cut: Cut
  readonly path: string
}

export function openActors(run: Experiment, tell: (event: CastEvent | Unanswered) => void): void {
  run.tell = tell
  if ((run.plan.services?.length ?? 0) > 0) run.counter ??= openCounter(run)
  run.awaited = new Set(
    castOf(run.plan).flatMap(({ actor, row: { opened } }) => (opened === 'first' ? [actor] : [])),
  )
  run.asked.clear()
  run.cast = createCast(run.plan, run.effects, run.epoch, tell)
  try {
    run.cast.open()
  } catch (error) {
    run.error = toErrorRecord(error)
  }
}

const INCOMPATIBLE =
  'let the student offer what it gives, or choose a score that needs less, or another student'

/** Why student and adversary cannot work together, once all have said hello; null while unknown or fine. */
export function incompatibility(run: Experiment): ErrorRecord | null {
  if (run.awaited.size > 0) return null
  const message = missingStatistics(run.needs, run.offers)
  if (message !== null) return { code: 'run/incompatible', message, remedy: INCOMPATIBLE }
  const unseen = unseenStudent(run)
  if (unseen !== null) return unseen
  const slot = slotsOf(run).find((each) => run.traits.get(studentActor(each))?.probes === false)
  const [probe] = run.probes
  return probe === undefined || slot === undefined ? null : toErrorRecord(cannotProbe(slot, probe))
}

/** A student that others are to meet, and that hands on no policy. */
function unseenStudent(run: Experiment): ErrorRecord | null {
  const found = Object.entries(run.plan.live ?? {}).find(
    ([, slot]) => !exportsPolicy(run, studentActor(slot)),
  )
  if (found === undefined) return null
  const [name, slot] = found
  return {
    code: 'run/incompatible',
    message: `the policy '${name}' stands for the student in slot '${slot}', which exports none`,
    remedy: 'name a file, a bot or a kserve:// address instead, or a student that exports',
  }
}

export function sendRestore(run: Experiment): void {
  const actors = statefulActors(run.plan).filter((actor) => makesSnapshots(run, actor))
  run.awaited = new Set(actors)
  for (const actor of actors) {
    const snapshot = run.cut?.snapshots[actor]
    if (snapshot === undefined) {
      run.error = {
        code: 'cut/incomplete',
        message: `the cut of cycle ${run.cycle} has no snapshot of ${actor}`,
      }
      return
    }
    run.cast?.send(actor, { type: 'restore', snapshot })
  }
}

/** Gives the adversary the record that another one has left, before the first cycle. */
export function handOver(run: Experiment): void {
  run.awaited = new Set()
  const archive = run.plan.origin?.archive
  if (archive === undefined) return
  if (!makesSnapshots(run, ADVERSARY)) {
    run.error = {
      code: 'stages/archive',
      message: 'the adversary restores nothing, so it cannot begin with another one’s record',
      remedy: 'leave out from.archive',
    }
    return
  }
  run.awaited.add(ADVERSARY)
  run.cast?.send(ADVERSARY, { type: 'restore', snapshot: archive })
}

export function askPolicies(run: Experiment): void {
  run.policies = new Map()
  const actors = studentsOf(run).filter((actor) => exportsPolicy(run, actor))
  run.awaited = new Set(actors)
  for (const actor of actors) run.cast?.send(actor, { type: 'policy.export' })
}

/** A student that exports nothing is measured as it is, before its first cycle. */
export function askFirst(run: Experiment): void {
  askPolicies(run)
  const request = run.plan.final
  if (request === null) return
  for (const slot of selfMeasuring(run))
    if (!isFrozen(run, slot)) askSelf(run, `baseline/${slot}`, slot, request)
}

const makesSnapshots = (run: Experiment, actor: ActorId): boolean =>
  run.traits.get(actor)?.snapshots ?? true
const exportsPolicy = (run: Experiment, actor: ActorId): boolean =>
  run.traits.get(actor)?.exportsPolicy ?? true
const selfMeasuring = (run: Experiment): readonly SlotId[] =>
  slotsOf(run).filter((slot) => !exportsPolicy(run, studentActor(slot)))

/** What never learns is measured once. */
const isFrozen = (run: Experiment, slot: SlotId): boolean =>
  run.plan.students.some((student) => student.slot === slot && student.frozen === true)

/** Students that sit beside others are asked for their policies before each cycle. */
export function askLive(run: Experiment): void {
  run.policies = new Map()
  const actors = new Set(Object.values(run.plan.live ?? {}).map(studentActor))
  run.awaited = new Set(actors)
  for (const actor of actors) run.cast?.send(actor, { type: 'policy.export' })
}

export function beginCycle(run: Experiment): void {
  run.cycle += 1
  run.before = run.spent
  run.metrics = {}
  run.timings = {}
  run.updates = new Map()
  run.steps = 0
  run.attempts = 0
  run.costs = new Map()
  run.reported = new Set()
  run.batches.clear()
  run.reports.clear()
  run.counter?.begin()
  run.cycleStarted = run.effects.clock.now()
  run.awaited = new Set(cyclingActors(run.plan))
  for (const actor of studentsOf(run))
    run.cast?.send(actor, { type: 'cycle.begin', cycle: run.cycle })
}

export function countCycle(run: Experiment): void {
  noteCompleted(run)
  const now = run.effects.clock.now()
  const spent = addSpending(run.spent, {
    cycles: 1,
    gradientUpdates: Math.max(0, ...run.updates.values()),
    envSteps: run.steps,
    ...sumCosts(run.costs),
    ...(counts(run, 'evaluations') ? { evaluations: run.attempts } : {}),
  })
  // Work done again after going back takes its time again.
  const seconds = run.secondsBefore + Math.round(now - run.opened) / 1000
  run.spent = counts(run, 'seconds') ? { ...spent, seconds } : spent
  Object.assign(run.metrics, run.counter?.metrics())
  Object.assign(run.timings, run.counter?.timings())
  run.timings.cycle_ms = now - run.cycleStarted
}

/** Whether this run counts what most do not. */
const counts = ({ plan, spent }: Experiment, unit: keyof Spending): boolean =>
  plan.budget[unit] !== undefined || spent[unit] !== undefined

export function recordCycle(run: Experiment): void {
  run.effects.record({
    epoch: run.epoch,
    spent: run.spent,
    done: budgetDone(run.plan.budget, run.spent),
    metrics: run.metrics,
    timings: run.timings,
  })
}

export function askSnapshots(run: Experiment): void {
  run.snapshots = new Map()
  run.policies = new Map()
  run.awaited = new Set()
  for (const actor of statefulActors(run.plan)) {
    const exports = rowOfActor(actor).exports && exportsPolicy(run, actor)
    if (makesSnapshots(run, actor)) run.cast?.send(actor, { type: 'snapshot.take' })
    else if (exports) run.cast?.send(actor, { type: 'policy.export' })
    else continue
    run.awaited.add(actor)
  }
}

/** Once it is on disk, and not before, it is the last good cut. */
export async function writeCut(run: Experiment): Promise<WrittenCut> {
  const cut: Cut = {
    cycle: run.cycle,
    epoch: run.epoch,
    spent: run.spent,
    snapshots: Object.fromEntries(run.snapshots),
    policies: Object.fromEntries(run.policies),
    gallery: run.gallery,
  }
  const writing = run.effects.writeCut(cut)
  run.writing = writing.catch(() => {})
  return { cut, path: await writing }
}

export function cutWritten(run: Experiment, { cut, path }: WrittenCut): void {
  run.cut = cut
  run.effects.journal({ kind: 'cut', epoch: run.epoch, cycle: run.cycle })
  run.effects.progress({ kind: 'cut', cycle: run.cycle, path })
}

/**
 * What to go back to, once the old cast is gone and a cut that was being written is there or has failed.
 * @throws AgonError `cut/missing`, and what `loadCut` throws
 */
export async function goBack(run: Experiment): Promise<Cut | null> {
  run.counter?.letGo()
  await Promise.all([run.cast?.dismiss(true), run.writing])
  const cut = await run.effects.loadCut()
  if (cut === null && run.cut !== null)
    throw new AgonError(
      'cut/missing',
      `a cut of cycle ${run.cut.cycle} was made, and no cut is there any more`,
      { remedy: 'put back a copy of a cut, or begin again in a new directory' },
    )
  return cut
}

export function goneBack(run: Experiment, cut: Cut | null): void {
  run.epoch += 1
  run.cut = cut
  run.cycle = cut?.cycle ?? originOf(run.plan)
  run.spent = cut?.spent ?? NOTHING_SPENT
  run.before = run.spent
  run.counter?.restore(run.cycle)
  run.effects.journal({
    kind: 'resumed',
    epoch: run.epoch,
    cycle: run.cycle,
    from: run.cycle,
    cause: run.cause,
  })
  run.effects.rewind(run.cycle, run.epoch, run.cause)
}

// ---- measuring ----

function ask(
  run: Experiment,
  key: string,
  policy: PolicyFile | null,
  request: EvaluationRequest,
): void {
  const message: Measure = { type: 'measure', key, policy, request }
  run.asked.set(key, message)
  run.awaited.add(key)
  run.cast?.ensure(EVALUATOR)
  run.cast?.send(EVALUATOR, message)
}

/**
 * Of a student that exports nothing: it attempts the sealed tasks itself, with gradients and memory off; or the evaluator
 * seats the policies that the student attempts with.
 */
function askSelf(
  run: Experiment,
  key: string,
  slot: SlotId,
  request: EvaluationRequest,
  policies: ReadonlyMap<SlotId, PolicyFile> = new Map(),
): void {
  const seating = run.plan.measuredBySeats?.[slot]
  if (seating !== undefined) {
    ask(run, key, null, withStudents(run, { ...request, seating }, policies))
    return
  }
  const message: Measure = { type: 'measure', key, policy: null, request }
  run.asked.set(key, message)
  run.awaited.add(key)
  run.cast?.send(studentActor(slot), message)
}

/** The request with those policies that its seating names and that stand for students. */
function withStudents(
  { plan: { live = {} } }: Experiment,
  request: EvaluationRequest,
  policies: ReadonlyMap<SlotId, PolicyFile>,
): EvaluationRequest {
  const seated = new Set(Object.values(request.seating ?? {}))
  const found = Object.entries(live).flatMap(([name, slot]): [string, NamedPolicy][] => {
    const source = seated.has(name) ? policies.get(slot) : undefined
    return source === undefined ? [] : [[name, { kind: 'source', source }]]
  })
  return found.length === 0 ? request : { ...request, policies: Object.fromEntries(found) }
}

export function askMeasurements(run: Experiment): void {
  run.awaited = new Set()
  const { request } = run.plan.evaluation
  const now = withStudents(run, request, run.policies)
  for (const [slot, policy] of run.policies) ask(run, `during/${slot}`, policy, now)
  for (const slot of selfMeasuring(run)) askSelf(run, `during/${slot}`, slot, request, run.policies)
}

export function askFinal(run: Experiment): void {
  run.awaited = new Set()
  const request = run.plan.final
  if (request === null) return
  const alone = selfMeasuring(run)
  // The untrained one meets the same others as the trained one: nothing but itself tells them apart.
  const last = new Map(Object.entries(run.cut?.policies ?? {})) as Map<SlotId, PolicyFile>
  const seated = withStudents(run, request, last)
  for (const slot of alone) askSelf(run, `final/${slot}`, slot, request, last)
  for (const slot of slotsOf(run).filter((each) => !alone.includes(each))) {
    const initial = isFrozen(run, slot) ? null : run.effects.initial(slot)
    if (initial !== null) ask(run, `baseline/${slot}`, initial, seated)
    const trained = last.get(slot)
    if (trained !== undefined) ask(run, `final/${slot}`, trained, seated)
  }
}

/** One that does not stand in cuts is made anew, and asked again what it has not answered. */
export function reopen(run: Experiment, actor: ActorId): void {
  run.counter?.absent(actor)
  run.cast?.drop(actor)
  run.cast?.ensure(actor)
  if (actor !== EVALUATOR) return
  for (const [key, message] of run.asked)
    if (measurerOf(run, key) === EVALUATOR) run.cast?.send(EVALUATOR, message)
}

/** Whether nothing is left to do. */
export const isFinished = ({ plan, spent, asked }: Experiment): boolean =>
  budgetDone(plan.budget, spent) >= 1 && asked.size === 0

/** The run is over, whatever is still open. */
export async function dismiss(run: Experiment): Promise<void> {
  run.counter?.close(new AgonError('run/over', 'the run is over'))
  const done = run.error === null && isFinished(run)
  await run.cast?.dismiss(done && run.plan.followed === true, run.error ?? undefined)
}

/** Who is waited for in vain, the first of them. */
export function silence(run: Experiment): { readonly actor: ActorId; readonly error: ErrorRecord } {
  const [awaited] = run.awaited
  const actor = run.asked.has(awaited) ? measurerOf(run, awaited) : (awaited as ActorId)
  return {
    actor,
    error: {
      code: 'actor/lost',
      message: `${actor} is there and has not answered in the time that it has`,
      remedy: 'raise supervision.answerSeconds where its work takes longer',
    },
  }
}

function measurerOf(run: Experiment, key: string): ActorId {
  const slot = key.slice(key.indexOf('/') + 1) as SlotId
  const seated = run.plan.measuredBySeats?.[slot] !== undefined
  return seated || run.asked.get(key)?.policy !== null ? EVALUATOR : studentActor(slot)
}
