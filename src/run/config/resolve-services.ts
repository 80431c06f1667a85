import { suggestion } from '../../core/nearest.ts'
import type { RunConfig, ServiceConfig } from '../contract.ts'
import type { TopLevel } from './config.schema.ts'
import { isMapping } from './mapping.ts'
import { type ConfigProblem, pathText } from './problems.ts'
import { type PartSource, resolvePart } from './resolve-parts.ts'
import type { Place } from './schema-problems.ts'
import { askLimits, limits } from './services.schema.ts'

/** The services and graders of a config, absent where it names none. */
export type ServiceParts = Pick<RunConfig, 'services' | 'graders'>

/**
 * Finds the module of each service and fills in its options.
 * @param top checked, so that every service has its `limits`
 * @param written as the user wrote them
 */
export async function resolveServices(
  top: TopLevel,
  written: unknown,
  place: Place,
  baseDir: string,
): Promise<{ readonly parts: ServiceParts; readonly problems: readonly ConfigProblem[] }> {
  const { services = {}, graders = [] } = top
  const problems: ConfigProblem[] = []
  const found: Record<string, ServiceConfig> = {}
  const sources = isMapping(written) ? written : {}
  for (const name of Object.keys(services).sort()) {
    const { limits: said, ...source } = sources[name] as PartSource
    const path = ['services', name]
    const resolved = await resolvePart('service', source, path, place, baseDir)
    problems.push(...resolved.problems)
    if (resolved.part === null) continue
    // What the config says of limits has been checked with the top level.
    const own = resolved.definition.limits?.(resolved.part.options)
    const given =
      own === undefined
        ? services[name].limits
        : limits.parse({ ...own, ...(isMapping(said) ? said : {}) })
    found[name] = { ...resolved.part, limits: askLimits(given) }
  }
  const names = Object.keys(services)
  graders.forEach((name, index) => {
    if (names.includes(name)) return
    const path = ['graders', index]
    const known = names.length === 0 ? 'services names none' : suggestion(name, names)
    problems.push({
      ...{ place: place(path), path: pathText(path) },
      message: `there is no service '${name}': ${known}`,
    })
  })
  return {
    parts: {
      ...(names.length === 0 ? {} : { services: found }),
      ...(graders.length === 0 ? {} : { graders }),
    },
    problems,
  }
}
