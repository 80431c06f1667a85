import { availableParallelism } from 'node:os'
import type { RunConfig, Spent } from '../contract.ts'
import { configSchema, type TopLevel } from './config.schema.ts'
import { hubConfig } from './hub-config.ts'
import { applyOverride, type Override, readOverrides } from './overrides.ts'
import { type ConfigProblem, configError, pathText } from './problems.ts'
import { check, hint, type Place } from './schema-problems.ts'
import { askLimits } from './services.schema.ts'
import { settleWorkers } from './settle-workers.ts'

/**
 * What may change when a run goes on: how long it lasts, how it is kept and where it runs. Everything else would make
 * it another experiment.
 */
export const resumeKeys: readonly string[] = [
  'budget.gradientUpdates',
  'budget.cycles',
  'budget.envSteps',
  'budget.seconds',
  'budget.evaluations',
  'budget.calls',
  'budget.tokens',
  'budget.money',
  'cuts.every',
  'cuts.keep',
  'workers',
  'evaluation.workers',
  'evaluation.device',
  'placement.adversary',
  'placement.student',
  'placement.evaluator',
  'placement.services',
  'supervision.restarts',
  'supervision.windowSeconds',
  'supervision.answerSeconds',
  'hub.listen',
  'hub.advertise',
  'hub.tls',
  'hub.tls.certificate',
  'hub.tls.key',
  'hub.tls.authority',
  'hub.tls.clientAuthority',
  'hub.tls.clientCertificate',
  'hub.tls.clientKey',
  'hub.insecure',
  'hub.heartbeatMs',
  'hub.missedHeartbeats',
  'hub.resumeSeconds',
  'hub.attachSeconds',
  'hub.maxMessageMb',
  'hub.creditMb',
  'hub.otherPlatform',
  'tensorboard',
]

/**
 * `config` with the changes of `agon resume --set …`.
 * @param spent what the run has spent: a new budget below it was passed long ago
 * @param baseDir folder that file paths in `set` start from
 * @throws AgonError `config/fixed` for a key that may not change, `config/invalid` for a value that is none,
 * `config/spent` for a budget that is spent already
 */
export function applyResumeChanges(
  config: RunConfig,
  set: readonly string[],
  spent: Spent,
  baseDir = '.',
): RunConfig {
  const overrides = readOverrides(set, 'resume')
  const fixed = overrides.flatMap(refuse)
  if (fixed.length > 0) throw configError(fixed, 'resume', 'config/fixed')
  const { budget, cuts, workers, placement, supervision, hub, tensorboard, evaluation, services } =
    config
  const { final, ...during } = evaluation
  const part = { id: 'unchanged' }
  const changeable = {
    env: part,
    adversary: part,
    budget,
    cuts,
    workers,
    placement,
    supervision,
    hub,
    tensorboard,
    evaluation: { ...during, final },
    ...(services === undefined ? {} : { services: limitsOf(services) }),
  }
  const changed = overrides.reduce<unknown>(applyOverride, changeable)
  const place = (path: readonly (string | number)[]): string => {
    const to = pathText(path)
    const blamed = overrides.findLast(
      ({ path: from }) => to.startsWith(pathText(from)) || pathText(from).startsWith(`${to}.`),
    )
    return blamed === undefined ? to : `--set ${blamed.text}`
  }
  const { value, problems } = check(configSchema, changed, place)
  if (value === undefined) throw configError(problems, 'resume')
  if (overrides.some(({ path }) => path[0] === 'budget')) checkBudget(value.budget, spent, place)
  const threads = settleWorkers(
    { workers: value.workers, evaluation: value.evaluation.workers },
    config.students,
    availableParallelism(),
  )
  return {
    ...config,
    budget: Object.fromEntries(
      Object.entries(value.budget).filter(([, n]) => n !== undefined),
    ) as unknown as RunConfig['budget'],
    cuts: value.cuts,
    workers: threads.workers,
    evaluation: {
      ...evaluation,
      workers: threads.evaluation,
      device: value.evaluation.device,
    },
    placement: value.placement,
    supervision: value.supervision,
    hub: hubConfig(value.hub, baseDir),
    tensorboard: value.tensorboard,
    ...(services === undefined ? {} : { services: withLimits(services, value.services ?? {}) }),
  }
}

type Services = NonNullable<RunConfig['services']>

const limitsOf = (services: Services): unknown =>
  Object.fromEntries(
    Object.entries(services).map(([name, { limits }]) => [name, { id: 'unchanged', limits }]),
  )

const withLimits = (services: Services, changed: NonNullable<TopLevel['services']>): Services =>
  Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name,
      { ...service, limits: askLimits(changed[name].limits) },
    ]),
  )

/** How much a service may be asked does not decide what it answers. */
const LIMIT = /^services\.[^.]+\.limits\.[^.]+$/

function refuse({ text, path }: Override): ConfigProblem[] {
  const key = pathText(path)
  if (resumeKeys.includes(key) || LIMIT.test(key)) return []
  const message = `may not change at resume; what may: ${resumeKeys.join(', ')}, services.<name>.limits`
  return [{ place: `--set ${text}`, path: key, message, ...hint(key, resumeKeys) }]
}

function checkBudget(budget: Partial<Spent>, spent: Spent, place: Place): void {
  const passed = Object.entries(budget).find(
    ([unit, limit]) => limit < (spent[unit as keyof Spent] ?? 0),
  )
  if (passed === undefined) return
  const [unit, limit] = passed
  const path = ['budget', unit]
  const message = `must be at least the ${spent[unit as keyof Spent]} that the run has spent, not ${limit}`
  throw configError(
    [{ place: place(path), path: pathText(path), message }],
    'resume',
    'config/spent',
  )
}
