import type { Device } from '../../../inference/device.ts'
import type { GameResult } from '../../../play/contract.ts'
import type { MatchSummary } from '../../../play/summarise.ts'
import type { RemotePolicyHints } from '../../options/remote-policy-hints.ts'

/** What `agon play football` was asked. */
export interface PlayRequest {
  /** Seats as they were written. */
  readonly left: string
  readonly right: string
  /** `left.3=random`. */
  readonly seats: readonly string[]
  /** A built-in scenario, or a file of levels in text form. */
  readonly level: { readonly scenario: string } | { readonly file: string }
  readonly games: number
  readonly seed: number
  readonly steps?: number
  readonly slots: number
  readonly threads: number
  /** Where policies run. */
  readonly device: Device
  /** Where games are stepped. */
  readonly gamesDevice: 'cpu' | 'cuda'
  /** Where a page (.html) or the only game (.json) is written. */
  readonly replay?: string
  /** A folder in which each game is recorded as `games/eNN`. */
  readonly record?: string
  /** Where what both teams show of the classes of weakness is written. */
  readonly weaknesses?: string
  /** For policies at addresses. */
  readonly hints: RemotePolicyHints
  readonly watch: PlayWatch
}

export interface PlayWatch {
  game(result: GameResult): void
  /** @param steps environment steps so far, of all games */
  step(steps: number): void
  stopped(): boolean
}

export interface Played {
  /** What plays: `tizero`, `bot 0.95`. */
  readonly teams: readonly [string, string]
  readonly title: string
  /** Where each policy ran, by path; of those on another device than the CPU. */
  readonly devices: Readonly<Record<string, string>>
  /** Empty where it was stopped before the first game ended. */
  readonly results: readonly GameResult[]
  readonly summary: MatchSummary | null
  /** Games on the page of the replay; absent without one. */
  readonly replayed?: number
  /** Absent where nobody asked. */
  readonly weaknesses?: readonly ClassCount[]
}

/** How often a class of weakness was seen in the games. */
export interface ClassCount {
  readonly id: string
  /** Moments of the left team and of the right one. */
  readonly sightings: readonly [number, number]
}
