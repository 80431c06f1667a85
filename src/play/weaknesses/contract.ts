import type { Kick } from '../record/contract.ts'

/** The classes of weakness that stress tests of football policies have found (Samvelyan et al. 2024). */
export type WeaknessId =
  | 'offside-pass'
  | 'own-goal'
  | 'slow-carrier'
  | 'narrow-shot'
  | 'no-pass'
  | 'sprint-shot'
  | 'back-and-forth'
  | 'poor-line'
  | 'wrong-way'
  | 'slow-to-shoot'
  | 'ball-left'

/** A moment in which a team shows a weakness. */
export interface Sighting {
  readonly row: number
  /** Whose moment it is, by index in the team; absent for the whole team's. */
  readonly player?: number
  /** The measure of the class, in its unit. */
  readonly value: number
}

/** A class of weakness and how it is seen in a recorded game. */
export interface Weakness {
  readonly id: WeaknessId
  /** What the team does, for readers. */
  readonly sentence: string
  /** What `value` is, with its unit. */
  readonly measures: string
  /** From where on it is one, and why from there. */
  readonly threshold: string
  /** In the order of rows. */
  readonly find: (team: TeamView) => readonly Sighting[]
}

/** What a team shows in a game, class by class; classes without a sighting are absent. */
export type FoundWeaknesses = Readonly<Partial<Record<WeaknessId, readonly Sighting[]>>>

/** In metres. */
export type Point = readonly [x: number, y: number]

/** The watched team, and the other one. */
export type Side = 'own' | 'other'

/**
 * A game as one of its teams sees it: metres and m/s, its own goal at x = −55, the other's at 55. Everything that
 * detectors read comes through here, so that none of them knows which end a team defends.
 */
export interface TeamView {
  readonly rows: number
  /** Whether the ball is in play. */
  plays(row: number): boolean
  mode(row: number): number
  owner(row: number): { readonly side: Side; readonly player: number } | null
  score(row: number, side: Side): number
  ball(row: number): Point
  height(row: number): number
  ballVelocity(row: number): Point
  place(row: number, side: Side, player: number): Point
  velocity(row: number, side: Side, player: number): Point
  sprints(row: number, player: number): boolean
  /** Players on the pitch but the keeper, by index. */
  outfield(row: number, side: Side): readonly number[]
  /** Players on the pitch, by index. */
  everybody(row: number, side: Side): readonly number[]
  kicks(side: Side): readonly Kick[]
}
