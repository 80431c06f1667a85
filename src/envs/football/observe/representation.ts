import type { TensorSpec } from '../../../core/tensor.ts'
import type { FootballLevel } from '../level.ts'
import { MOST_PLAYERS } from '../level-space/defect.ts'
import type { Encoding, GameBatch } from '../native/contract.ts'
import { ENCODINGS } from '../native/encodings.ts'
import type { FootballOptions } from '../options.ts'
import { EncodedObserver } from './encoded-observer.ts'
import type { Observer } from './observer.ts'
import { rawFields, rawSpecs } from './raw-fields.ts'
import { RawObserver } from './raw-observer.ts'
import { STACKED_FRAMES, StackedObserver } from './stacked-observer.ts'

/** What agents see, before there are games. */
export interface Representation {
  /** Names the semantics to policies. */
  readonly profile: string
  readonly observations: Readonly<Record<string, TensorSpec>>
  /** Sizes of the teams that it can show, left and right; null shows any. */
  readonly players: readonly [left: number, right: number] | null
  observer(batch: GameBatch): Observer
}

type Encoded = Exclude<FootballOptions['representation'], 'raw'>

const ELEVEN = [MOST_PLAYERS, MOST_PLAYERS] as const

/** Encodings of policies that know nothing but eleven a side. */
export const ELEVEN_A_SIDE: readonly string[] = ['tizero', 'grf-marl']

/** By the names of the observations, which are those of the released graphs where there are such. */
export const ENCODED_PROFILES: Readonly<Record<Encoded, Readonly<Record<string, Encoding>>>> = {
  simple115v2: { obs: 'simple115v2' },
  simple115: { obs: 'simple115' },
  extracted: { minimap: 'spatial' },
  tizero: { obs: 'tizero', mask: 'tizero-mask' },
  'grf-marl': { obs: 'grf-marl' },
}

/** @param scenario whose team sizes raw observations have */
export function representationOf(
  options: FootballOptions,
  scenario: FootballLevel,
): Representation {
  const { representation, stacked } = options
  if (representation === 'raw') return raw(scenario, options)
  const parts = ENCODED_PROFILES[representation]
  const specs = Object.entries(parts).map(([name, encoding]) => [name, specOf(encoding)] as const)
  const players = ELEVEN_A_SIDE.includes(representation) ? ELEVEN : null
  if (!stacked)
    return {
      profile: representation,
      observations: Object.fromEntries(specs),
      players,
      observer: (batch) => new EncodedObserver(batch, parts),
    }
  const [[name, encoding]] = Object.entries(parts)
  const { shape, ...spec } = specOf(encoding)
  const wide = [...shape.slice(0, -1), STACKED_FRAMES * shape[shape.length - 1]]
  return {
    profile: `${representation}-stacked`,
    observations: { [name]: { ...spec, shape: wide } },
    players,
    observer: (batch) => new StackedObserver(batch, name, encoding),
  }
}

/**
 * Agents of the right team see the teams exchanged: with agents in both and teams of different sizes, both blocks have
 * the size of the larger team, and what is not there is 0.
 */
function raw(
  { left, right }: FootballLevel,
  { leftAgents, rightAgents }: FootballOptions,
): Representation {
  const players = [left.length, right.length] as const
  const [l, r] = players
  const larger = Math.max(l, r)
  const seen = rightAgents === 0 ? players : leftAgents === 0 ? ([r, l] as const) : undefined
  const fields = rawFields(seen ?? [larger, larger])
  return {
    profile: 'raw',
    observations: rawSpecs(fields),
    players,
    observer: (batch) => new RawObserver(batch, fields),
  }
}

const BYTE = { low: 0, high: 255 }
const BIT = { low: 0, high: 1 }

function specOf(encoding: Encoding): TensorSpec {
  const { dtype, shape } = ENCODINGS[encoding]
  const bounds = encoding === 'spatial' ? BYTE : encoding === 'tizero-mask' ? BIT : {}
  return { dtype, shape, ...bounds }
}

/** Why a level's teams cannot be shown, or null. */
export function findSizeMisfit(
  { left, right }: FootballLevel,
  { players, profile }: Representation,
): string | null {
  if (players === null || (left.length === players[0] && right.length === players[1])) return null
  return `${left.length} against ${right.length} players, representation ${profile} shows ${players[0]} against ${players[1]}`
}
