/** Who plays on the left in the games of the study; the right team is always TiZero. */
export type LeftTeam = 'target' | 'hard' | 'medium' | 'easy' | 'passer'

/** A game to be played, as plain data. */
export interface GameRequest {
  /** Canonical bytes of the level, base64. */
  readonly level: string
  readonly left: LeftTeam
  /** Keys the dynamics, as the seed of a task does. */
  readonly seed: number
  /** Whether weaknesses of the right team are looked for. */
  readonly watch?: true
}

export interface GamePlayed {
  /** +1 the left team scored first, −1 the right team, 0 nobody. */
  readonly value: number
  readonly steps: number
  /** Classes of weakness that the right team showed. */
  readonly weaknesses?: readonly string[]
}

/** What a child process is sent. */
export interface PieceRequest {
  readonly target: string
  readonly passer: string
  readonly games: readonly GameRequest[]
}
