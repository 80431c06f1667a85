import { sha256 } from '../../core/bytes.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import { measuresByName } from '../../evaluation/measures.ts'
import type { TaskBatch } from '../../learners/contract.ts'
import type { Seating } from '../../seats/contract.ts'
import type { Said } from './cast.ts'
import type { OutcomesReport, ServiceAsk, Traits } from './contract.ts'
import { evaluationMetrics, prefixed, withLastCut } from './experiment-core.ts'
import { grade } from './experiment-grading.ts'
import { openCounter } from './experiment-services.ts'
import { type Experiment, noteAnswered } from './experiment-state.ts'
import { ADVERSARY, slotOf, studentActor } from './names.ts'
import { memberOf, rowOfActor } from './table/table.ts'

/** What the experiment does on hearing each message of its actors. */

export function hear(run: Experiment, actor: ActorId, message: Said): void {
  switch (message.type) {
    case 'hello':
      if (message.role === 'student') run.offers.set(message.slot, message.offers)
      if (message.role === 'adversary') {
        run.needs = message.needs
        run.probes = message.probes ?? []
      }
      hearTraits(run, actor, message.traits ?? memberOf(run.plan, actor).traits)
      run.awaited.delete(actor)
      run.counter?.present(actor)
      return
    case 'restored':
      run.awaited.delete(actor)
      return
    case 'service.ask':
    case 'tasks.request':
    case 'outcomes.report':
    case 'tasks.proposed':
    case 'cycle.done':
    case 'learned':
      hearCycle(run, actor, message)
      return
    case 'snapshot.taken':
      run.snapshots.set(actor, message.snapshot)
      if (message.gallery !== undefined) run.gallery = message.gallery
      // A student answers one thing at a time: its policy is asked for once its snapshot is there.
      if (run.traits.get(actor)?.exportsPolicy && rowOfActor(actor).exports)
        run.cast?.send(actor, { type: 'policy.export' })
      else run.awaited.delete(actor)
      return
    case 'policy.exported':
      run.policies.set(message.slot, message.policy)
      run.awaited.delete(actor)
      return
    case 'service.answer':
    case 'service.failed':
      run.counter?.heard(actor, message)
      return
    case 'measured':
      hearMeasured(run, message.key, message.report)
      return
  }
}

/** What an actor cannot do takes the run's exactness with it: said once, and journalled. */
function hearTraits(run: Experiment, actor: ActorId, traits: Traits): void {
  run.traits.set(actor, traits)
  const reasons = [
    ...(traits.deterministic ? [] : ['it does not always give the same answers']),
    ...(traits.snapshots || !memberOf(run.plan, actor).stateful ? [] : ['it makes no snapshots']),
  ]
  if (reasons.length === 0) return
  const { epoch, cycle } = run
  run.effects.journal({ kind: 'inexact', epoch, cycle, actor, reasons })
  run.effects.progress({ kind: 'inexact', actor, reasons })
}

function hearCycle(
  run: Experiment,
  actor: ActorId,
  message: Extract<Said, { cycle: number }>,
): void {
  if (message.cycle !== run.cycle) {
    const fault = {
      code: 'protocol/cycle',
      message: `${message.type} of cycle ${message.cycle} came in cycle ${run.cycle}`,
    }
    run.error ??= withLastCut(fault, actor, run.cut?.cycle ?? null, run.cycle)
    return
  }
  switch (message.type) {
    case 'service.ask':
      askService(run, actor, message)
      return
    case 'tasks.request':
      run.cast?.send(ADVERSARY, message)
      return
    case 'tasks.proposed':
      Object.assign(run.metrics, prefixed('adversary', message.metrics))
      for (const proposed of message.batches) {
        const played = withLive(run, seated(proposed, run.plan.seating))
        const record = run.effects.episodes?.wanted() === true
        const batch = record ? { ...played, record } : played
        journalTraffic(run, 'tasks.assign', batch.slot, batch.tasks.length, batch.tasks)
        run.batches.set(batch.slot, batch)
        run.cast?.send(studentActor(batch.slot), { type: 'tasks.assign', batch })
      }
      return
    case 'outcomes.report':
      // A report that comes twice counts once.
      if (run.reported.has(message.slot)) return
      run.reported.add(message.slot)
      run.steps += message.envSteps
      run.attempts += message.outcomes.length
      Object.assign(run.metrics, prefixed(message.slot, message.metrics))
      Object.assign(run.timings, prefixed(message.slot, message.timings))
      journalTraffic(run, message.type, message.slot, message.outcomes.length, message.outcomes)
      keepEpisodes(run, message)
      return
    case 'learned':
      run.updates.set(message.slot, message.gradientUpdates)
      Object.assign(run.metrics, prefixed(slotOf(actor), message.metrics))
      Object.assign(run.timings, prefixed(message.slot, message.timings))
      run.awaited.delete(actor)
      return
    case 'cycle.done':
      Object.assign(run.metrics, prefixed('adversary', message.metrics))
      run.awaited.delete(actor)
      return
  }
}

/** The adversary hears of outcomes; the episodes themselves go to disk. */
function keepEpisodes(run: Experiment, { recorded, ...report }: OutcomesReport): void {
  if (recorded !== undefined) run.effects.episodes?.keep(run.cycle, report.slot, recorded)
  reportOn(run, report)
}

function askService(run: Experiment, actor: ActorId, message: ServiceAsk): void {
  run.counter ??= openCounter(run)
  run.counter.ask(actor, message)
}

/** At once, or once all have reported and the graders have seen them. */
function reportOn(run: Experiment, report: OutcomesReport): void {
  if ((run.plan.graders?.length ?? 0) === 0) {
    run.cast?.send(ADVERSARY, report)
    return
  }
  run.reports.set(report.slot, report)
  if (run.reports.size === run.plan.students.length) grade(run)
}

/** The batch with the run's own seating under that of its tasks. */
function seated(batch: TaskBatch, seating: Seating | undefined): TaskBatch {
  if (seating === undefined) return batch
  const tasks = batch.tasks.map((task) => ({ ...task, seating: { ...seating, ...task.seating } }))
  return { ...batch, tasks }
}

/** The batch with those policies that stand for students and that its tasks seat, or its student attempts with. */
function withLive(run: Experiment, { policies: _, ...batch }: TaskBatch): TaskBatch {
  const { live, follows = {} } = run.plan
  if (live === undefined) return batch
  const named = new Set(batch.tasks.flatMap(({ seating = {} }) => Object.values(seating)))
  named.add(follows[batch.slot])
  const policies = Object.entries(live).flatMap(([name, slot]) => {
    const policy = named.has(name) ? run.policies.get(slot) : undefined
    return policy === undefined ? [] : [[name, policy] as const]
  })
  return policies.length === 0 ? batch : { ...batch, policies: Object.fromEntries(policies) }
}

/** Count and digest of what crossed: enough to find the first message in which two runs differ. */
function journalTraffic(
  run: Experiment,
  kind: string,
  slot: SlotId,
  count: number,
  content: unknown,
): void {
  const digest = sha256(canonicalJson(content)).slice(0, 16)
  run.effects.journal({ kind, epoch: run.epoch, cycle: run.cycle, slot, count, sha256: digest })
}

function hearMeasured(
  run: Experiment,
  key: string,
  report: Extract<Said, { type: 'measured' }>['report'],
): void {
  if (!run.asked.delete(key)) return
  run.awaited.delete(key)
  noteAnswered(run, key)
  const [when, ...rest] = key.split('/')
  const slot = rest.join('/') as SlotId
  if (when === 'during') {
    Object.assign(run.metrics, evaluationMetrics(report, slot, run.plan.students.length))
  } else {
    run.effects.storeEvaluation(slot, when as 'baseline' | 'final', report)
    if (when === 'final') {
      if (report.solvedRate !== null) run.solvedRate.set(slot, report.solvedRate)
      const { measures } = measuresByName(report)
      if (measures !== undefined) run.measures.set(slot, measures)
    }
  }
  run.effects.progress({
    kind: 'evaluation',
    slot,
    when: when as 'baseline' | 'during' | 'final',
    report,
    cycle: run.cycle,
  })
}
