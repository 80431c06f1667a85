import type { Environment } from '../envs/contract.ts'
import type { Policy } from '../inference/contract.ts'
import { type EpisodeJob, type EvaluationSeats, playEpisodes } from './episodes.ts'
import type { Measurement } from './measurement.ts'
import type { EvaluationPlan } from './plan.ts'

/**
 * Episodes that are played together. An evaluation is always cut into the same pieces, so its result does not depend
 * on how many threads share them.
 */
export const PIECE_PAIRS = 256

/** Pairs `from` (inclusive) to `to` (exclusive) of a plan. */
export interface Piece {
  readonly from: number
  readonly to: number
}

/** Plain data, to cross threads. Arrays by pair − from. */
export interface PieceResult {
  readonly returns: Float64Array
  readonly lengths: Int32Array
  readonly solved: Uint8Array
  readonly recordings: readonly PieceRecording[]
}

export interface PieceRecording {
  readonly pair: number
  readonly level: Uint8Array
  readonly actions: readonly number[]
}

export function piecesOf(pairs: number): readonly Piece[] {
  const pieces: Piece[] = []
  for (let from = 0; from < pairs; from += PIECE_PAIRS)
    pieces.push({ from, to: Math.min(from + PIECE_PAIRS, pairs) })
  return pieces
}

/** Plays one piece; a function of its arguments, so a lost one is simply asked for again. */
export async function playPiece<L>(
  policy: Policy | null,
  environment: Environment<L>,
  plan: EvaluationPlan<L>,
  request: Measurement,
  piece: Piece,
  seats?: EvaluationSeats,
): Promise<PieceResult> {
  const { episodes } = plan
  const count = piece.to - piece.from
  const jobs = Array.from({ length: count }, (_, i): EpisodeJob<L> => {
    const pair = piece.from + i
    const entry = plan.entries[Math.floor(pair / episodes)]
    const episode = pair % episodes
    return {
      name: entry.name,
      level: () => entry.level(episode),
      noise: () => plan.random(pair),
      dynamics: () => plan.random(pair, 'dynamics'),
      seat: (name) => plan.random(pair, 'seat', name),
      record: episode < (request.record ?? 0),
    }
  })
  const played = await playEpisodes(policy, environment, jobs, seats)
  return {
    returns: Float64Array.from(played, (episode) => episode.return),
    lengths: Int32Array.from(played, (episode) => episode.length),
    solved: Uint8Array.from(played, (episode) => (episode.solved ? 1 : 0)),
    recordings: played.flatMap(({ recording }, i) =>
      recording === undefined
        ? []
        : [
            {
              pair: piece.from + i,
              level: environment.levels.encode(recording.level),
              actions: recording.actions,
            },
          ],
    ),
  }
}
