import { AgonError } from '../../../core/errors.ts'
import { nearest } from '../../../core/nearest.ts'
import type { Environment } from '../../contract.ts'

/** The environments of a server, by name. */
export interface Served {
  readonly environments: Readonly<Record<string, Environment<unknown>>>
  /** Which one an empty name means; by default the only one. */
  readonly default?: string
  /** The options each was made with, by name. */
  readonly made?: Readonly<Record<string, unknown>>
}

export interface Found {
  readonly name: string
  readonly environment: Environment<unknown>
}

/** @throws AgonError `environment/unknown` */
export function findEnvironment(served: Served, asked: string): Found {
  const names = Object.keys(served.environments)
  const name = asked !== '' ? asked : (served.default ?? (names.length === 1 ? names[0] : ''))
  if (Object.hasOwn(served.environments, name))
    return { name, environment: served.environments[name] }
  const near = asked === '' ? undefined : nearest(asked, names)
  throw new AgonError(
    'environment/unknown',
    asked === ''
      ? 'several environments are served here, and the request names none'
      : `there is no environment '${asked}' here`,
    {
      remedy: `name one of ${names.join(', ')}`,
      fields: { known: names, ...(near === undefined ? {} : { nearest: near }) },
    },
  )
}
