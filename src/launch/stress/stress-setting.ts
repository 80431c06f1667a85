import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import type {
  Environment,
  EnvironmentDefinition,
  EnvironmentSpec,
  StressAxis,
} from '../../envs/contract.ts'
import type { PolicyCard } from '../../inference/contract.ts'
import { builtinParts, loadConfig, loadDefinition, partModule } from '../../run/config/index.ts'
import { stepLimit } from '../step-limit.ts'

/** Where a policy is tested, and how that environment's levels are searched. */
export interface StressSetting {
  /** As a config writes it. */
  readonly env: Readonly<Record<string, unknown>>
  readonly adversary: string
  /** Absent: those of the adversary. */
  readonly axes?: readonly StressAxis[]
  readonly signal?: string
  readonly spec: EnvironmentSpec
  /** Whom the policy meets where nobody is named. */
  readonly against?: string
  /** Most steps of an attempt. */
  readonly steps: number
  /** What was chosen in want of anything said, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * @param env a config file, a built-in id, a module, or `host:port`; absent: that of the card
 * @param card of the policy that is tested; null where there is none yet
 * @param profiles of the policies that it is measured against
 * @throws AgonError `policy/environment`, `config/part`, `module/*`, `stress/*`, or what the config is refused for
 */
export async function stressSetting(
  env: string | undefined,
  card: Pick<PolicyCard, 'environment'> | null,
  profiles: readonly string[] = [],
): Promise<StressSetting> {
  const { written, definition, options } = await environmentOf(env, card, profiles)
  const made = definition.create(options)
  const { stress } = definition
  const found = stress === undefined ? searchable(made) : null
  const axes = stress?.axes?.(options) ?? found?.axes
  const signal = stress?.signal ?? found?.signal
  return {
    env: written,
    adversary: stress?.adversary ?? 'map-elites',
    ...(axes === undefined ? {} : { axes }),
    ...(signal === undefined ? {} : { signal }),
    spec: made.spec,
    ...(stress?.against === undefined ? {} : { against: stress.against }),
    steps: stress?.steps?.(options) ?? stepLimit(made) ?? STEPS,
    notes: found?.notes ?? [],
  }
}

/** Of an attempt in an environment without a limit. */
const STEPS = 1000

interface FoundEnvironment {
  readonly written: Readonly<Record<string, unknown>>
  readonly definition: EnvironmentDefinition<unknown, unknown>
  readonly options: unknown
}

async function environmentOf(
  env: string | undefined,
  card: Pick<PolicyCard, 'environment'> | null,
  profiles: readonly string[],
): Promise<FoundEnvironment> {
  if (env !== undefined && /\.ya?ml$/i.test(env)) {
    const { env: part } = await loadConfig(env)
    const definition = await loadDefinition('environment', part.module)
    const { id, module, options } = part
    return { written: { id, module, ...options }, definition, options }
  }
  const id = env ?? idOf(card)
  const remote = /^[^/\\]+:\d+$/.test(id) ? { address: id } : {}
  const name = 'address' in remote ? 'remote' : id
  const module = partModule('environment', name, process.cwd())
  const definition = await loadDefinition('environment', module)
  const own = card === null ? [] : [card.environment.profile]
  const together = [...new Set([...own, ...profiles])]
  const shown = together.length === 0 ? undefined : definition.stress?.ofProfiles?.(together)
  const defaults = { ...definition.stress?.options, ...shown, ...remote }
  const profile = card === null || shown !== undefined ? {} : { profile: card.environment.profile }
  const withProfile = definition.options.safeParse({ ...defaults, ...profile })
  // An environment may have no such option: then its spec says which profile it is, and the card is compared.
  if (withProfile.success)
    return {
      ...{ written: { id: name, ...defaults, ...profile }, definition },
      options: withProfile.data,
    }
  return {
    ...{ written: { id: name, ...defaults }, definition },
    options: definition.options.parse(defaults),
  }
}

/** @throws AgonError `policy/environment`, `stress/environment` */
function idOf(card: Pick<PolicyCard, 'environment'> | null): string {
  if (card === null)
    throw new AgonError('stress/environment', 'nothing says in which environment', {
      place: 'agon stress',
      remedy: 'name it: --env maze',
    })
  const { id } = card.environment
  if (Object.hasOwn(builtinParts.environment, id)) return id
  throw new AgonError(
    'policy/environment',
    `the policy was trained on '${id}', which is no built-in environment`,
    { remedy: 'name its module, its address or a config that uses it: --env ./my-env.ts' },
  )
}

interface Searchable {
  readonly axes: readonly StressAxis[]
  readonly signal: string
  readonly notes: readonly string[]
}

const SAMPLES = 200
const BINS = 10

/** Axes and signal from what the level space offers, for an environment that says nothing. */
function searchable({ levels, spec, returnRange }: Environment<unknown>): Searchable {
  const random = stream('stress', 'axes')
  const features = Array.from({ length: SAMPLES }, () => levels.features(levels.sample(random)))
  const numbers = [...numbersOfGenome(levels), ...numbersOfFeatures(features)].slice(0, 2)
  if (numbers.length === 0)
    throw new AgonError(
      'stress/axes',
      `nothing tells the levels of '${spec.id}' apart: they have no genome, and no feature that differs`,
      { remedy: 'give the level space features that differ from level to level, or a genome' },
    )
  const optimal = features.some(({ optimal_return: best }) => best !== undefined)
  if (!optimal && returnRange === undefined)
    throw new AgonError(
      'stress/signal',
      `'${spec.id}' says neither what the best return of a level is nor how much an episode can pay`,
      {
        remedy:
          'give the environment a returnRange, its levels the feature optimal_return, or a policy with a critic and --set adversary.signal=max-mc',
      },
    )
  const signal = optimal ? 'optimal' : 'bound'
  const names = numbers.map(({ name }) => name).join(' and ')
  return {
    ...{ axes: numbers, signal },
    notes: [`'${spec.id}' names no axes: taken are ${names}, and the signal ${signal}`],
  }
}

const numbersOfGenome = ({ genome }: Environment<unknown>['levels']): readonly StressAxis[] =>
  genome?.bounds.names.flatMap((name, i) => {
    const [low, high] = [genome.bounds.low[i], genome.bounds.high[i]]
    return low < high ? [{ name, low, high, bins: BINS }] : []
  }) ?? []

function numbersOfFeatures(
  features: readonly Readonly<Record<string, number>>[],
): readonly StressAxis[] {
  const names = [...new Set(features.flatMap((one) => Object.keys(one)))]
  return names.flatMap((name) => {
    const values = features.flatMap((one) => one[name] ?? []).filter(Number.isFinite)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return name !== 'optimal_return' && low < high ? [{ name, low, high, bins: BINS }] : []
  })
}
