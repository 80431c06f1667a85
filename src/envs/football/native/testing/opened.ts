import type { FootballLevel } from '../../level.ts'
import type { GameBatch, GameStepBuffers, NativeFootball } from '../contract.ts'
import { fullGame, stepBuffers } from './full-game.ts'

/** Games at their start, with buffers to step them. */
export interface Opened {
  readonly batch: GameBatch
  readonly level: FootballLevel
  readonly out: GameStepBuffers
  /** int32 `[games × agents]`, zeros. */
  readonly actions: Int32Array
}

/** Full games of seeds 7, 8 …, on the CPU. */
export function opened(
  football: NativeFootball,
  games: number,
  agents: readonly [number, number] = [10, 10],
  threads = 1,
): Opened {
  const batch = football.batch({ games, agents, threads, device: 'cpu' })
  const level = fullGame(football)
  for (let game = 0; game < games; game++) batch.reset(game, level, 7n + BigInt(game), game)
  const rows = games * (agents[0] + agents[1])
  return { batch, level, out: stepBuffers(games, rows / games), actions: new Int32Array(rows) }
}
