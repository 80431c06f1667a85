import type { AdversaryDefinition } from '../../adversaries/contract.ts'
import { AgonError } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type { StepCost, StudentDefinition } from '../../learners/contract.ts'
import type { ServiceLearning } from '../../services/contract.ts'
import type { RunConfig, Spent } from '../contract.ts'
import {
  type CycleHoldings,
  diskOf,
  LEVEL_BYTES,
  METRICS_ROW_BYTES,
  memoryOf,
} from './footprint.ts'

/** What is known beforehand; nothing here is measured by the estimate itself. */
export interface EstimateFacts {
  readonly adversary: Pick<AdversaryDefinition<unknown>, 'tasksPerCycle' | 'trainShare'>
  readonly students: Readonly<
    Record<SlotId, Pick<StudentDefinition<unknown>, 'taskCount' | 'envSteps'>>
  >
  /** Parameters of each student's network; {@link DEFAULT_PARAMETERS} where it is not known. */
  readonly parameters?: Readonly<Record<SlotId, number>>
  /** What a step takes, of students that know. */
  readonly stepCosts?: Readonly<Record<SlotId, StepCost>>
  /** Of services that learn. */
  readonly services?: Readonly<Record<string, ServiceLearning>>
  /** Environment steps a second of the whole run, from an earlier one like it. */
  readonly stepsPerSecond?: number
  /** Floating-point operations a second of one core at a large matrix product. */
  readonly flopsPerSecond?: number
  readonly cores?: number
  /** Levels of each built-in suite. */
  readonly suiteSizes?: Readonly<Record<string, number>>
}

export interface Estimate {
  /** Null where what ends the run is not known beforehand: answers of services, or a clock without a yardstick. */
  readonly cycles: number | null
  readonly gradientUpdates: number | null
  readonly envSteps: number | null
  readonly envStepsPerCycle: number
  /** Null where neither a rate nor a yardstick is known. */
  readonly seconds: number | null
  /** Where `seconds` comes from. */
  readonly timeFrom: 'rate' | 'yardstick' | 'budget' | 'unknown'
  readonly memoryBytes: number
  readonly diskBytes: number
  /** What the figures leave out, one sentence each. */
  readonly notes: readonly string[]
}

/** Parameters of the default student (conv → LSTM 256). */
export const DEFAULT_PARAMETERS = 432_924
/** Share of a large product's rate that training reaches, and what each further worker adds to the first. */
const EFFICIENCY = 0.5
const WORKER_GAIN = 0.8
/** Passes over a rollout where the options do not say. */
const EPOCHS = 5
/** Longest episode assumed for evaluations, and levels of a suite whose size is not known. */
const EPISODE_STEPS = 250
const SUITE_LEVELS = 20
/** Residuals kept for one trained step of the default student: about forty float32 values a hidden unit, less than half of it gates. */
const ACTIVATION_BYTES = 24e3

interface PerCycle extends CycleHoldings {
  readonly tasks: number
  /** Of the parameters, what students have. */
  readonly measured: number
  /** Floating-point operations of one warm cycle, averaged over cycles with and without an update. */
  readonly flops: number
}

/**
 * Cycles, updates, steps, time, memory and disk of a run, before any work.
 * @throws AgonError `config/endless` where the budget can never be spent
 */
export function estimate(config: RunConfig, facts: EstimateFacts): Estimate {
  const share = facts.adversary.trainShare(config.adversary.options)
  const cycle = perCycle(config, facts, share)
  const known = spentBy(config, facts, cycle, share)
  const { seconds, timeFrom } = timeOf(config, facts, known, cycle)
  const notes = [
    'cycles before the adversary’s memory is warm are not counted; they come on top of a budget in gradient updates',
  ]
  if (share === 1 || known === null) notes.length = 0
  if (known === null)
    notes.push(
      `how many cycles there will be is not known beforehand; each takes ${METRICS_ROW_BYTES} bytes of metrics${config.levelLog === false ? '' : ` and ${LEVEL_BYTES * cycle.tasks} of its levels`}`,
    )
  if (facts.parameters === undefined)
    notes.push(`the network is taken to have ${DEFAULT_PARAMETERS} parameters`)
  if (timeFrom === 'yardstick')
    notes.push(
      'time follows from the rate of one matrix product; a short run gives a better figure',
    )
  return {
    cycles: known?.cycles ?? null,
    gradientUpdates: known?.gradientUpdates ?? null,
    envSteps: known?.envSteps ?? null,
    envStepsPerCycle: cycle.envSteps,
    seconds,
    timeFrom,
    memoryBytes: memoryOf(config, cycle),
    diskBytes: diskOf(config, known, cycle.parameters, cycle.tasks),
    notes,
  }
}

function perCycle(config: RunConfig, facts: EstimateFacts, share: number): PerCycle {
  let envSteps = 0
  let tasks = 0
  let parameters = 0
  let flops = 0
  let gradientBytes = 0
  let observationBytes = 0
  for (const [slot, { options }] of Object.entries(config.students) as [
    SlotId,
    RunConfig['env'],
  ][]) {
    const student = facts.students[slot]
    const count = student.taskCount(options)
    const attempted = facts.adversary.tasksPerCycle(config.adversary.options, count)
    const steps = student.envSteps(options, attempted)
    const trained = student.envSteps(options, count)
    const own = facts.parameters?.[slot] ?? DEFAULT_PARAMETERS
    envSteps += steps
    tasks += attempted
    parameters += own
    // Acting is one forward pass, an epoch is a forward and a backward pass of twice its cost.
    const cost = facts.stepCosts?.[slot]
    const forward = cost?.flops ?? 2 * own
    flops += forward * (steps + 3 * epochsOf(options) * trained * share)
    const held = trained * heldShare(config.workers, cost)
    const others = ACTIVATION_BYTES * ((cost?.otherParameters ?? own) / DEFAULT_PARAMETERS) ** 0.5
    gradientBytes += held * (others + (cost?.encoderBytes ?? 0))
    observationBytes += (steps + held) * (cost?.observationBytes ?? 0)
  }
  const measured = parameters
  // A service that learns does so from every task of the slot that asks for most.
  for (const [name, { steps, step, parameters: own }] of Object.entries(facts.services ?? {})) {
    const taken = steps * mostTasks(config, facts)
    flops += step.flops * taken * (1 + 3 * epochsOf(config.services?.[name].options ?? {}) * share)
    const held = taken * heldShare(config.workers, step)
    const others = ACTIVATION_BYTES * (step.otherParameters / DEFAULT_PARAMETERS) ** 0.5
    parameters += own
    gradientBytes += held * (others + step.encoderBytes)
    observationBytes += (taken + held) * step.observationBytes
  }
  return { envSteps, tasks, parameters, measured, flops, gradientBytes, observationBytes }
}

function mostTasks({ students }: RunConfig, facts: EstimateFacts): number {
  const wanted = Object.entries(students) as [SlotId, RunConfig['env']][]
  return Math.max(...wanted.map(([slot, { options }]) => facts.students[slot].taskCount(options)))
}

/** Of a rollout, what gradients are computed of at one time: by each thread a part of a minibatch. */
function heldShare(workers: number, cost: StepCost | undefined): number {
  if (cost === undefined) return 1
  return Math.min(workers, cost.shards) / cost.shards / cost.minibatches
}

function epochsOf(options: Readonly<Record<string, unknown>>): number {
  const epochs = (options.ppo as { epochs?: unknown } | undefined)?.epochs
  return typeof epochs === 'number' ? epochs : EPOCHS
}

/** Null where nobody can know before. */
function spentBy(
  { budget, workers, services }: RunConfig,
  facts: EstimateFacts,
  { envSteps, tasks, flops }: PerCycle,
  share: number,
): Spent | null {
  const [[unit, amount]] = Object.entries(budget) as [[keyof Spent, number]]
  // What services are asked, and what it costs, nobody knows before.
  const answers = services === undefined ? 0 : Number.NaN
  const perCycle: Record<keyof Spent, number> = {
    cycles: 1,
    gradientUpdates: share,
    envSteps,
    evaluations: tasks,
    seconds: secondsOf(facts, workers, envSteps, flops) ?? Number.NaN,
    calls: answers,
    tokens: answers,
    money: answers,
  }
  const rate = perCycle[unit]
  if (rate <= 0) throw endless(unit)
  const cycles = Math.ceil(amount / rate)
  if (Number.isNaN(cycles)) return null
  const gradientUpdates = unit === 'gradientUpdates' ? amount : Math.round(cycles * share)
  return { cycles, gradientUpdates, envSteps: cycles * envSteps }
}

function endless(unit: keyof Spent): AgonError {
  const why =
    unit === 'gradientUpdates'
      ? 'this adversary never asks for a gradient update'
      : 'nothing in this run asks a service'
  return new AgonError('config/endless', `${why}, so the budget is never spent`, {
    place: `budget.${unit}`,
    remedy: 'set budget.cycles or budget.envSteps',
  })
}

/** Seconds that so many steps and operations of training take; null where nothing tells. */
function secondsOf(
  { stepsPerSecond, flopsPerSecond, cores = 1 }: EstimateFacts,
  workers: number,
  envSteps: number,
  flops: number,
): number | null {
  if (stepsPerSecond !== undefined) return envSteps / stepsPerSecond
  if (flopsPerSecond === undefined) return null
  const threads = Math.max(1, Math.min(workers, cores))
  return flops / (EFFICIENCY * flopsPerSecond * (1 + WORKER_GAIN * (threads - 1)))
}

function timeOf(
  { budget, evaluation, workers }: RunConfig,
  facts: EstimateFacts,
  spent: Spent | null,
  cycle: PerCycle,
): Pick<Estimate, 'seconds' | 'timeFrom'> {
  if ('seconds' in budget) return { seconds: budget.seconds, timeFrom: 'budget' }
  const { stepsPerSecond, flopsPerSecond, suiteSizes = {} } = facts
  if (spent === null || (stepsPerSecond === undefined && flopsPerSecond === undefined))
    return { seconds: null, timeFrom: 'unknown' }
  const during = evaluation.every === 0 ? 0 : Math.floor(spent.gradientUpdates / evaluation.every)
  const { suite, episodes, final } = evaluation
  const evaluated =
    EPISODE_STEPS *
    (during * episodes * levelsOf(suite, suiteSizes) +
      2 * final.episodes * levelsOf(final.suite, suiteSizes))
  const evaluationFlops = 2 * evaluated * cycle.measured
  const trainingFlops = spent.cycles * cycle.flops
  if (stepsPerSecond !== undefined)
    return {
      seconds: (spent.envSteps / stepsPerSecond) * (1 + evaluationFlops / trainingFlops),
      timeFrom: 'rate',
    }
  const seconds = secondsOf(facts, workers, spent.envSteps, trainingFlops + evaluationFlops)
  return { seconds, timeFrom: 'yardstick' }
}

function levelsOf(joined: string, sizes: Readonly<Record<string, number>>): number {
  return joined
    .split('+')
    .map((name) => name.trim())
    .reduce(
      (sum, name) =>
        sum + (name.startsWith('random:') ? Number(name.slice(7)) : (sizes[name] ?? SUITE_LEVELS)),
      0,
    )
}
