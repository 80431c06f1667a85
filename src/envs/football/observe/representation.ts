import type { TensorSpec } from '../../../core/tensor.ts'
import type { FootballLevel } from '../level.ts'
import { MOST_PLAYERS } from '../level-space/defect.ts'
import type { Encoding, GameBatch } from '../native/contract.ts'
import { ENCODINGS } from '../native/encodings.ts'
import type { FootballOptions } from '../options.ts'
import { EncodedObserver } from './encoded-observer.ts'
import type { Observer } from './observer.ts'
import { type EncodedProfile, POLICY_PROFILES } from './profiles.ts'
import { rawFields, rawSpecs } from './raw-fields.ts'
import { RawObserver } from './raw-observer.ts'
import { STACKED_FRAMES, StackedObserver } from './stacked-observer.ts'
import { shownProfiles, viewedName } from './views.ts'

/** What agents see, before there are games. */
export interface Representation {
  /** Names the semantics to policies. */
  readonly profile: string
  readonly observations: Readonly<Record<string, TensorSpec>>
  /** Sizes of the teams that it can show, left and right; null shows any. */
  readonly players: readonly [left: number, right: number] | null
  observer(batch: GameBatch): Observer
}

const ELEVEN = [MOST_PLAYERS, MOST_PLAYERS] as const

/** @param scenario whose team sizes raw observations have */
export function representationOf(
  options: FootballOptions,
  scenario: FootballLevel,
): Representation {
  const { representation, stacked } = options
  if (representation === 'raw') return raw(scenario, options)
  const shown = shownProfiles(options)
  if (shown !== undefined) return sideBySide(shown)
  const single = representation as EncodedProfile
  const { encodings: parts, elevenOnly } = POLICY_PROFILES[single]
  const players = elevenOnly ? ELEVEN : null
  if (!stacked) return encoded(single, parts, players)
  const [[name, encoding]] = Object.entries(parts)
  const { shape, ...spec } = specOf(encoding)
  const wide = [...shape.slice(0, -1), STACKED_FRAMES * shape[shape.length - 1]]
  return {
    profile: `${single}-stacked`,
    observations: { [name]: { ...spec, shape: wide } },
    players,
    observer: (batch) => new StackedObserver(batch, name, encoding),
  }
}

const encoded = (
  profile: string,
  parts: Readonly<Record<string, Encoding>>,
  players: Representation['players'],
): Representation => ({
  profile,
  observations: Object.fromEntries(
    Object.entries(parts).map(([name, encoding]) => [name, specOf(encoding)]),
  ),
  players,
  observer: (batch) => new EncodedObserver(batch, parts),
})

/** What several profiles see, each under names of its own. */
function sideBySide(profiles: readonly EncodedProfile[]): Representation {
  const parts = profiles.flatMap((profile) =>
    Object.entries(POLICY_PROFILES[profile].encodings).map(
      ([name, encoding]) => [viewedName(profile, name), encoding] as const,
    ),
  )
  const eleven = profiles.some((profile) => POLICY_PROFILES[profile].elevenOnly)
  return encoded(`views-${profiles.join('+')}`, Object.fromEntries(parts), eleven ? ELEVEN : null)
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
