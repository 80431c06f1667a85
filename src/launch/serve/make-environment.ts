import { AgonError } from '../../core/errors.ts'
import type { ModuleUrl } from '../../core/module.ts'
import type { Environment } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import { loadConfig } from '../../run/config/index.ts'
import { applyOverride, readOverrides } from '../../run/config/overrides.ts'
import { configError, pathText } from '../../run/config/problems.ts'
import { expandRemote } from '../../run/config/remote-part.ts'
import { type PartSource, resolvePart } from '../../run/config/resolve-parts.ts'

export interface MadeEnvironment {
  readonly id: string
  readonly environment: Environment<unknown>
  readonly module: ModuleUrl
  /** With every default filled in. */
  readonly options: unknown
}

/**
 * The environment of an id or module with options from `set`, or that of a config file.
 * @throws AgonError `usage/argument`, `config/*`, `module/*`, and what the environment says of its options
 */
export async function makeEnvironment({
  part,
  config,
  set,
}: {
  readonly part?: string
  readonly config?: string
  readonly set: readonly string[]
}): Promise<MadeEnvironment> {
  if ((part === undefined) === (config === undefined))
    throw new AgonError('usage/argument', 'give an environment, or a config file with --env', {
      remedy: 'write agon env maze, or agon env --env recipes/maze-dr.yaml',
    })
  const resolved =
    config === undefined ? await fromPart(String(part), set) : await fromConfig(config, set)
  const { id, module, options } = resolved
  const environment = await loadEnvironment({ module, options })
  return { id: environment.spec.id || id, environment, module, options }
}

async function fromConfig(path: string, set: readonly string[]) {
  const { env } = await loadConfig(path, { set: set.map((one) => `env.${one}`) })
  return env
}

async function fromPart(id: string, set: readonly string[]) {
  const written = readOverrides(set, '--set').reduce<unknown>(applyOverride, { id })
  const source = expandRemote(written, process.cwd()) as PartSource
  const place = (path: readonly (string | number)[]): string =>
    path.length === 0 || path[0] === 'id' ? id : `--set ${pathText(path)}`
  const { part, problems } = await resolvePart('environment', source, [], place, process.cwd())
  if (part === null) throw configError(problems, id)
  return part
}
