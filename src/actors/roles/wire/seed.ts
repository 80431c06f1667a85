import type { PolicyFile } from '../../../inference/contract.ts'
import type { agon } from '../../../wire/index.ts'
import type { RoleSeed } from '../contract.ts'
import { document, json } from './fields.ts'
import { portableUrl, resolvedUrl } from './portable-url.ts'
import { decodePolicy, encodePolicy } from './state.ts'

/** What an actor is made from, for a node: plain data as JSON, with the modules of Agon named portably. */

/** The key under which JSON has bytes: the graphs of named policies. */
const BYTES = '$base64'

type PlacedSeed = Pick<agon.v1.Placement.$Properties, 'seedJson' | 'init'>

export function encodeSeed(seed: RoleSeed): PlacedSeed {
  const { init, ...plain } = seed as RoleSeed & { readonly init?: PolicyFile }
  return {
    seedJson: JSON.stringify(plain, (key, value) => {
      if (key === 'module' && typeof value === 'string') return portableUrl(value)
      return value instanceof Uint8Array
        ? { [BYTES]: Buffer.from(value).toString('base64') }
        : value
    }),
    ...(init === undefined ? {} : { init: encodePolicy(init) }),
  }
}

/** @throws AgonError `wire/body` */
export function decodeSeed({ seedJson, init }: PlacedSeed): RoleSeed {
  const plain = json(document(seedJson, 'placement.seed_json'), 'placement.seed_json')
  const seed = resolveModules(plain) as RoleSeed
  return init == null ? seed : ({ ...seed, init: decodePolicy(init) } as RoleSeed)
}

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
