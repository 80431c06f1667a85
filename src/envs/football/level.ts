/** Roles by their ids in observations, 0 to 9. */
export const ROLES = ['GK', 'CB', 'LB', 'RB', 'DM', 'CM', 'LM', 'RM', 'AM', 'CF'] as const
export type Role = (typeof ROLES)[number]

/** A player at the start, in field units (x −1 … 1, y −0.42 … 0.42 downwards) and in the team's own frame: its goal is at x = −1. */
export interface LevelPlayer {
  readonly x: number
  readonly y: number
  readonly role: Role
  /** Does nothing of his own accord but keep the ball when it comes. */
  readonly lazy: boolean
  /** May be given to an agent; others are always played by the built-in AI. */
  readonly controllable: boolean
}

/**
 * Where and how a game begins, as the reference's scenario builder says it. Positions are float32: what is read back
 * from bytes is what was written.
 */
export interface FootballLevel {
  /** x, y in field units and the left team's frame. */
  readonly ball: readonly [number, number]
  /** 1 to 11 players; the first, and only the first, is the keeper. */
  readonly left: readonly LevelPlayer[]
  readonly right: readonly LevelPlayer[]
  /** Left, right, 0 … 1. */
  readonly difficulty: readonly [number, number]
  /** Environment steps. */
  readonly gameDuration: number
  /** The step at which the second half begins, or null without one. */
  readonly secondHalf: number | null
  /** Who had the first kick-off; `nearest` is the team of the player nearest to the ball. */
  readonly kickOff: 'left' | 'right' | 'nearest'
  readonly useMagnet: boolean
  readonly offsides: boolean
  readonly endEpisodeOnScore: boolean
  readonly endEpisodeOnPossessionChange: boolean
  readonly endEpisodeOnOutOfPlay: boolean
  /** A lone agent plays whichever of its players is nearest to the ball. */
  readonly controlAllPlayers: boolean
  /** Some of the reference's scenarios stand two players on one spot. */
  readonly mayOverlap: boolean
  /** The right team first in every tick; `by-seed` for odd seeds. */
  readonly reverseTeamProcessing: boolean | 'by-seed'
}
