import { AgonError } from '../../../core/errors.ts'
import type { Environment, EnvironmentRef } from '../../../envs/contract.ts'
import type { PolicySource } from '../../../inference/policy-source.ts'
import { builtinParts, loadConfig, loadDefinition, partModule } from '../../../run/config/index.ts'

/** The environment that a policy is measured in. */
export interface EvaluationSetting {
  readonly ref: EnvironmentRef
  readonly environment: Environment<unknown>
}

/**
 * From a config file its environment as it stands there; from an id or a module the profile of the policy's card and
 * defaults otherwise; from nothing, that of the id in the card.
 * @throws AgonError `policy/environment`, `config/part`, `module/*`, or what the config is refused for
 */
export async function evaluationSetting(
  { card }: PolicySource,
  env: string | undefined,
): Promise<EvaluationSetting> {
  if (env !== undefined && /\.ya?ml$/i.test(env)) {
    const { env: part } = await loadConfig(env)
    return await create(part.module, part.options)
  }
  const { id, profile } = card.environment
  if (env === undefined && !Object.hasOwn(builtinParts.environment, id))
    throw new AgonError(
      'policy/environment',
      `the policy was trained on '${id}', which is no built-in environment`,
      { remedy: 'name its module or a config that uses it: --env ./my-env.ts' },
    )
  const module = partModule('environment', env ?? id, process.cwd())
  const { options } = await loadDefinition('environment', module)
  const withProfile = options.safeParse({ profile })
  // An environment may have no such option: then its spec says which profile it is, and the evaluator compares.
  return await create(module, withProfile.success ? withProfile.data : options.parse({}))
}

async function create(module: string, options: unknown): Promise<EvaluationSetting> {
  const definition = await loadDefinition('environment', module)
  return { ref: { module, options }, environment: definition.create(options) }
}
