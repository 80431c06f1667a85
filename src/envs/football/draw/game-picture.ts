import { decodeState } from '../lane-state.ts'
import type { GameBatch, NativeFootball } from '../native/contract.ts'
import { RAW_ROW_WIDTH } from '../observe/raw-row.ts'
import { drawGame } from './draw-game.ts'

/** Draws saved lanes; the one game that it loads them into is made when the first is drawn. */
export function gamePicture(
  native: NativeFootball,
  agents: readonly [left: number, right: number],
): (state: Uint8Array) => string {
  const row = new Float64Array(RAW_ROW_WIDTH)
  let batch: GameBatch | undefined
  return (state) => {
    batch ??= native.batch({ games: 1, agents, threads: 1, device: 'cpu' })
    batch.load(0, decodeState(state).game)
    batch.watch(0, row)
    return drawGame(row)
  }
}
