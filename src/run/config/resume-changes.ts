import { availableParallelism } from 'node:os'
import { PLACING } from '../../actors/roles/table/placing.ts'
import type { Budget, RunConfig, Spent, StageConfig } from '../contract.ts'
import { budget as budgetSchema } from './budget.schema.ts'
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
  ...Object.values(PLACING).map(({ key }) => `placement.${key}`),
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
  'levelLog',
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
  const fixed = overrides.flatMap((override) => refuse(override, config))
  if (fixed.length > 0) throw configError(fixed, 'resume', 'config/fixed')
  const { levelLog, ...kept } = config
  const { budget, cuts, workers, placement, supervision, hub, tensorboard, evaluation, services } =
    kept
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
    ...(levelLog === undefined ? {} : { levelLog }),
    evaluation: { ...during, final },
    ...(services === undefined ? {} : { services: limitsOf(services) }),
  }
  const ofRun = overrides.filter(({ path }) => path[0] !== 'stages')
  const changed = ofRun.reduce<unknown>(applyOverride, changeable)
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
  const staged = config.stages === undefined ? {} : stageBudgets(config.stages, overrides, place)
  return {
    ...kept,
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
    ...(value.levelLog === false ? { levelLog: false } : {}),
    ...(services === undefined ? {} : { services: withLimits(services, value.services ?? {}) }),
    ...staged,
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

function refuse({ text, path }: Override, { stages }: RunConfig): ConfigProblem[] {
  const key = pathText(path)
  const keys = stages === undefined ? resumeKeys : [...keysOfStages(stages), ...OTHER_KEYS]
  if (keys.includes(key) || LIMIT.test(key)) return []
  const message = `may not change at resume; what may: ${keys.join(', ')}, services.<name>.limits`
  return [{ place: `--set ${text}`, path: key, message, ...hint(key, keys) }]
}

const isBudget = (key: string): boolean => key.startsWith('budget.')
const OTHER_KEYS: readonly string[] = resumeKeys.filter((key) => !isBudget(key))

const keysOfStages = (stages: readonly StageConfig[]): readonly string[] =>
  stages.flatMap((_, i) => resumeKeys.filter(isBudget).map((key) => `stages.${i}.${key}`))

/** Whether a stage may still have another budget, the run says that knows which ones are over. */
function stageBudgets(
  stages: readonly StageConfig[],
  overrides: readonly Override[],
  place: Place,
): Pick<RunConfig, 'stages' | 'budget'> {
  const written = stages.map(({ budget }) => ({ budget }))
  const { stages: changed } = overrides.reduce<unknown>(applyOverride, { stages: written }) as {
    stages: readonly { readonly budget: unknown }[]
  }
  const next = stages.map((stage, i) => {
    const path = ['stages', i, 'budget']
    const { value, problems } = check(budgetSchema, changed[i].budget, place, path)
    if (value === undefined) throw configError(problems, 'resume')
    const unit = Object.entries(value).filter(([, amount]) => amount !== undefined)
    return { ...stage, budget: Object.fromEntries(unit) as unknown as Budget }
  })
  return { stages: next, budget: next[0].budget }
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
