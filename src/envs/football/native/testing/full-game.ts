import type { FootballLevel } from '../../level.ts'
import type { GameStepBuffers, NativeFootball } from '../contract.ts'

/** 11 v 11 with keepers that no agent may play. */
export function fullGame(football: NativeFootball): FootballLevel {
  const level = football.scenario('11_vs_11_stochastic', 0)
  const team = (side: 'left' | 'right') =>
    level[side].map((player, k) => ({ ...player, controllable: k > 0 }))
  return { ...level, left: team('left'), right: team('right') }
}

export function stepBuffers(games: number, agents: number): GameStepBuffers {
  return {
    scoring: new Float32Array(games * agents),
    checkpoints: new Float32Array(games * agents),
    terminated: new Uint8Array(games),
    truncated: new Uint8Array(games),
    score: new Int32Array(games * 2),
  }
}
