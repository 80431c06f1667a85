import { AgonError } from '../../../core/errors.ts'
import type { agon } from '../../../wire/index.ts'
import { document, json } from './fields.ts'
import { portableUrl, resolvedUrl } from './portable-url.ts'

/** What an actor is made from, as a node is told of it. */
export type PlacedSeed = Pick<agon.v1.Placement.$Properties, 'seedJson' | 'init'>

/** How seeds of one role travel to a node. */
export interface SeedCodec<S> {
  encode(seed: S): PlacedSeed
  /** @throws AgonError `wire/body` */
  decode(placed: PlacedSeed): S
}

/** The key under which JSON has bytes: the graphs of named policies. */
const BYTES = '$base64'

/** Seeds that are plain data: JSON, with the modules of Agon named portably. */
export const plainSeed = <S extends { readonly role: string }>(role: S['role']): SeedCodec<S> => ({
  encode: (seed) => ({
    seedJson: JSON.stringify(seed, (key, value) => {
      if (key === 'module' && typeof value === 'string') return portableUrl(value)
      return value instanceof Uint8Array
        ? { [BYTES]: Buffer.from(value).toString('base64') }
        : value
    }),
  }),
  decode({ seedJson }) {
    const field = 'placement.seed_json'
    const seed = resolveModules(json(document(seedJson, field), field)) as S
    if (seed?.role === role) return seed
    throw new AgonError('wire/body', `${field} is not of the ${role} that it is to make`)
  },
})

function resolveModules(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolveModules)
  if (value === null || typeof value !== 'object') return value
  if (BYTES in value && typeof value[BYTES] === 'string')
    return new Uint8Array(Buffer.from(value[BYTES], 'base64'))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'module' && typeof inner === 'string' ? resolvedUrl(inner) : resolveModules(inner),
    ]),
  )
}
