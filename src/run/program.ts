import type { ServiceSeed, StudentSeed } from '../actors/roles/contract.ts'
import type { ExperimentPlan } from '../actors/roles/experiment-contract.ts'
import type { AdversaryDefinition } from '../adversaries/contract.ts'
import { AgonError } from '../core/errors.ts'
import { type SlotId, slotId } from '../core/ids.ts'
import { loadExport } from '../core/module.ts'
import { LONGEST_WAIT_MS } from '../core/timers.ts'
import type { DatasetRef } from '../datasets/contract.ts'
import { checkEntryNames } from '../envs/check-names.ts'
import type { Environment, EnvironmentRef, EnvironmentSpec } from '../envs/contract.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import { probeOf } from '../envs/probe-of.ts'
import type { EvaluationRequest } from '../evaluation/contract.ts'
import type { PolicyFile } from '../inference/contract.ts'
import type { StudentDefinition } from '../learners/contract.ts'
import type { Seating } from '../seats/contract.ts'
import { policyFileOf } from '../seats/policy-file-of.ts'
import type { ServiceDefinition } from '../services/contract.ts'
import { version } from '../version.ts'
import { ANSWER_SECONDS } from './config/answer-seconds.ts'
import { loadDefinition } from './config/registry.ts'
import type { RunConfig } from './contract.ts'
import { loadPolicies } from './named-policies.ts'

const RECORDED_EPISODES = 1

/**
 * Config → program: the actors of a run and what the experiment is to do with them, as plain data. Nothing is started.
 * Only parts of the config that decide bits enter the actors' seeds.
 * @param init what every student starts from, or each by its slot
 * @param dataset what an earlier stage leaves to this one
 */
export async function makePlan(
  config: RunConfig,
  init?: PolicyFile | ((slot: SlotId) => PolicyFile | undefined),
  dataset?: DatasetRef,
): Promise<ExperimentPlan> {
  const read = dataset === undefined ? {} : { dataset }
  const environment: EnvironmentRef = { module: config.env.module, options: config.env.options }
  const made = await loadEnvironment(environment)
  const { spec, levels, returnRange, suites, suite } = made
  for (const id of suitesOf(config).filter((id) => suites.includes(id))) checkEntryNames(suite(id))
  const definitions = new Map<string, StudentDefinition<unknown>>()
  for (const [slot, { module }] of Object.entries(config.students).sort())
    definitions.set(slot, await loadExport<StudentDefinition<unknown>>(module, 'student'))
  const critics = [...definitions].flatMap(([slot, { critic }]) => (critic ? [slot] : []))
  const policies = await loadPolicies(config, made, new Set(critics))
  const named = policies === undefined ? {} : { policies }
  const measuredBySeats: Record<SlotId, Seating> = {}
  const follows: Record<SlotId, string> = {}
  const students: StudentSeed[] = []
  const discounts = new Set<number | undefined>()
  for (const [slot, definition] of definitions) {
    const part = config.students[slotId(slot)]
    const from = typeof init === 'function' ? init(slotId(slot)) : init
    definition.checkEnvironment?.(part.options, made)
    if (from !== undefined)
      checkInit(definition, part.options, spec, from, typeof init === 'function')
    discounts.add(definition.discount?.(part.options))
    const [frozen] = definition.policies?.(part.options) ?? []
    if (frozen !== undefined && policyFileOf(policies?.[frozen]) === undefined)
      measuredBySeats[slotId(slot)] = {
        ...Object.fromEntries(Object.keys(spec.seats).map((seat) => [seat, frozen])),
        ...config.evaluation.seating,
      }
    if (frozen !== undefined && policies?.[frozen]?.kind === 'slot') follows[slotId(slot)] = frozen
    students.push({
      role: 'student',
      slot: slotId(slot),
      module: part.module,
      options: part.options,
      count: definition.taskCount(part.options),
      seed: config.seed,
      environment,
      spec,
      workers: config.workers,
      ...(from === undefined ? {} : { init: from }),
      ...named,
      ...(definition.readsDataset === true ? read : {}),
      ...(frozen === undefined ? {} : { frozen: true as const }),
      training: { experiment: config.name, slot, seed: config.seed, agon: version },
    })
  }
  // Scores that need a discount need the one that all students share.
  const [shared] = discounts
  const discount = discounts.size === 1 ? shared : undefined
  const slots = students.map((student) => student.slot)
  const opponent = await loadExport<AdversaryDefinition<unknown>>(
    config.adversary.module,
    'adversary',
  )
  // Made once and dropped: what it refuses shows here, before any work.
  const facts = { levels, slots, discount, returnRange, dataset }
  const { probes = [] } = opponent.create(config.adversary.options, {
    ...facts,
    seats: Object.keys(spec.seats),
    policies: Object.keys(policies ?? {}),
  })
  for (const name of probes) probeOf(made, name, [])
  const services = await servicesOf(config, environment, read, made)
  const cast = [...definitions.values(), opponent, ...services.definitions]
  checkDataset(config, definitions, dataset === undefined || cast.some((one) => one.readsDataset))
  const { evaluation } = config
  const measured: EnvironmentRef = { ...environment, options: evaluation.env ?? config.env.options }
  const request = (suite: string, episodes: number, record: number): EvaluationRequest => ({
    environment: measured,
    suite,
    episodes,
    seed: evaluation.seed,
    record,
    ...(evaluation.seating === undefined ? {} : { seating: evaluation.seating }),
  })
  const { answerSeconds = ANSWER_SECONDS } = config.supervision
  return {
    students,
    adversary: {
      role: 'adversary',
      module: config.adversary.module,
      options: config.adversary.options,
      seed: config.seed,
      environment,
      slots,
      ...(discount === undefined ? {} : { discount }),
      ...(opponent.readsDataset === true ? read : {}),
    },
    evaluator: { role: 'evaluator', workers: evaluation.workers, ...named },
    ...services.plan,
    ...(config.seating === undefined ? {} : { seating: config.seating }),
    ...liveOf(config),
    ...(Object.keys(follows).length === 0 ? {} : { follows }),
    ...(Object.keys(measuredBySeats).length === 0 ? {} : { measuredBySeats }),
    budget: config.budget,
    evaluation: {
      request: request(evaluation.suite, evaluation.episodes, 0),
      every: evaluation.every,
    },
    final: request(evaluation.final.suite, evaluation.final.episodes, RECORDED_EPISODES),
    cutEvery: config.cuts.every,
    supervision: {
      restarts: config.supervision.restarts,
      windowMs: config.supervision.windowSeconds * 1000,
      answerMs: waitMs(answerSeconds),
      startMs: waitMs(answerSeconds + config.hub.attachSeconds),
    },
  }
}

interface PlannedServices {
  /** Nothing where the config names none. */
  readonly plan: Pick<ExperimentPlan, 'services' | 'limits' | 'graders'>
  readonly definitions: readonly ServiceDefinition<unknown>[]
}

async function servicesOf(
  { services = {}, graders, seed, workers }: RunConfig,
  environment: EnvironmentRef,
  read: Pick<ServiceSeed, 'dataset'>,
  made: Environment<unknown>,
): Promise<PlannedServices> {
  const named = Object.entries(services).sort(([a], [b]) => (a < b ? -1 : 1))
  if (named.length === 0) return { plan: {}, definitions: [] }
  const definitions: ServiceDefinition<unknown>[] = []
  const seeds: ServiceSeed[] = []
  for (const [name, { module, options }] of named) {
    const definition = await loadDefinition('service', module)
    definitions.push(definition)
    definition.checkEnvironment?.(options, made)
    const traits = definition.traits(options)
    const given = definition.readsDataset === true ? read : {}
    const own = { name, module, options, seed, environment, workers, traits }
    seeds.push({ role: 'service', ...own, ...given })
  }
  return {
    plan: {
      services: seeds,
      limits: Object.fromEntries(named.map(([name, { limits }]) => [name, limits])),
      ...(graders === undefined ? {} : { graders }),
    },
    definitions,
  }
}

/** @throws AgonError `stages/dataset` where a student leaves no episodes, or nobody looks at those of an earlier stage */
function checkDataset(
  { dataset, students }: RunConfig,
  definitions: ReadonlyMap<string, StudentDefinition<unknown>>,
  isRead: boolean,
): void {
  if (!isRead)
    throw new AgonError(
      'stages/dataset',
      'nobody in the cast of the stage makes use of a dataset',
      {
        place: 'from.dataset',
        remedy: 'leave out from.dataset, or name a module that exports readsDataset: true',
      },
    )
  if (dataset === undefined) return
  for (const [slot, definition] of definitions)
    if (definition.records?.(students[slotId(slot)].options) !== true)
      throw new AgonError(
        'stages/dataset',
        `the student in slot '${slot}' (${definition.id}) leaves no episodes as it is set`,
        {
          place: 'dataset',
          remedy: 'use ppo without rollout.carry: continue, or a frozen student',
        },
      )
}

/** Named policies that stand for students. */
function liveOf({ policies = {} }: RunConfig): Pick<ExperimentPlan, 'live'> {
  const live = Object.entries(policies).flatMap(([name, policy]) =>
    'slot' in policy ? [[name, slotId(policy.slot)] as const] : [],
  )
  return live.length === 0 ? {} : { live: Object.fromEntries(live) }
}

const waitMs = (seconds: number): number => Math.min(seconds * 1000, LONGEST_WAIT_MS)

/** Those measured on, each once. */
function suitesOf({ evaluation: { suite, final } }: RunConfig): readonly string[] {
  return [...new Set(`${suite}+${final.suite}`.split('+').map((id) => id.trim()))]
}

function checkInit(
  definition: StudentDefinition<unknown>,
  options: unknown,
  spec: EnvironmentSpec,
  init: PolicyFile,
  handedOver: boolean,
): void {
  if (definition.checkInit === undefined)
    throw new AgonError(
      'run/no-init',
      `the student '${definition.id}' cannot start from a policy file`,
      {
        place: handedOver ? 'from.policy' : '--init',
        remedy: handedOver
          ? 'leave out from.policy, or let the stage have a student that starts from weights'
          : 'leave out --init, or use a student that starts from weights',
      },
    )
  definition.checkInit(options, spec, init)
}
