import type { PolicyFile } from '../../../inference/contract.ts'
import type { agon } from '../../../wire/index.ts'
import type { RoleSeed } from '../contract.ts'
import { document, json } from './fields.ts'
import { portableUrl, resolvedUrl } from './portable-url.ts'
import { decodePolicy, encodePolicy } from './state.ts'

/** What an actor is made from, for a node: plain data as JSON, with the modules of Agon named portably. */

type PlacedSeed = Pick<agon.v1.Placement.$Properties, 'seedJson' | 'init'>

export function encodeSeed(seed: RoleSeed): PlacedSeed {
  const { init, ...plain } = seed as RoleSeed & { readonly init?: PolicyFile }
  return {
    seedJson: JSON.stringify(plain, (key, value) =>
      key === 'module' && typeof value === 'string' ? portableUrl(value) : value,
    ),
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
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'module' && typeof inner === 'string' ? resolvedUrl(inner) : resolveModules(inner),
    ]),
  )
}
