import { type RandomStream, stream } from '../../core/random.ts'
import { elementCount, typedArray } from '../../core/tensor.ts'
import { ENCODINGS } from '../../envs/football/native/encodings.ts'
import type { OutsidePlayer } from '../contract.ts'
import type { Crew } from './contract.ts'

/** Actions that a player has a button for: all but the built-in AI. */
const BUTTONS = 19

export function idleCrew(lanes: number, seats: number): Crew {
  const actions = new Int32Array(lanes * seats)
  return { seen: {}, begin: () => {}, act: () => actions }
}

export function randomCrew(lanes: number, seats: number): Crew {
  const actions = new Int32Array(lanes * seats)
  const streams: (RandomStream | undefined)[] = new Array(lanes).fill(undefined)
  return {
    seen: {},
    begin(lane, number) {
      streams[lane] = stream(number, 'play', 'random')
    },
    act() {
      for (let row = 0; row < actions.length; row++)
        actions[row] = streams[Math.floor(row / seats)]?.integer(BUTTONS) ?? 0
      return actions
    },
  }
}

export function outsideCrew(player: OutsidePlayer, lanes: number, seats: number): Crew {
  const rows = lanes * seats
  const seen = Object.fromEntries(
    player.reads.map((encoding) => {
      const { dtype, shape } = ENCODINGS[encoding]
      return [encoding, typedArray(dtype, rows * elementCount(shape))]
    }),
  )
  return {
    seen,
    begin: (lane, number) => player.begin?.(lane, number),
    act: () => player.act(seen, rows),
  }
}
