import type { ActionSpec } from '../../../core/action-space.ts'
import type { LevelGame } from '../../building/game.ts'
import type { RacingLevel } from '../level.ts'
import type { RacingOptions } from '../options.ts'
import { cellPoint, SKETCH_CELLS, SKETCH_SIDE } from '../sketch.ts'
import { type BuildingOptions, buildingFields } from './options.ts'

/** Uniforms that dcd's builder sees. */
const NOISE = 4
/** Steps from which on one may be skipped; so many control points always stand. */
const SKIP_FROM = 4
/** What of three numbers is a skip: above. */
const SKIPS = 0.5
const NUMBERS = 3

/** The cell that a step names, or null for none. */
type Reading = (actions: ArrayLike<number>, step: number) => number | null

/**
 * dcd's game: one control point after another on a sketch of 10 × 10 cells. What stands shows in `sketch`, 1 where a point is; and
 * `mask` has the cells that are free, where cells are said. A cell that is taken stands for the next free one, row by row, so that
 * any game gives a track.
 */
export function sketchGame({
  profile,
  controlPoints,
  building = buildingFields.parse({}),
}: Pick<RacingOptions, 'profile' | 'controlPoints' | 'building'>): LevelGame<RacingLevel> {
  const { says, skip } = building
  const count = SKETCH_CELLS + (skip ? 1 : 0)
  const read = readingOf(building)
  return {
    id: 'racing-building',
    profile,
    steps: controlPoints,
    noise: NOISE,
    actions: says === 'cells' ? { kind: 'discrete', count } : NUMBERS_SPEC,
    observations: {
      sketch: { dtype: 'uint8', shape: [1, SKETCH_SIDE, SKETCH_SIDE], low: 0, high: 1 },
      ...(says === 'cells' ? { mask: { dtype: 'float32', shape: [count] } } : {}),
    },
    show({ actions, time }, out, row) {
      const sketch = out.sketch as Uint8Array
      const at = row * SKETCH_CELLS
      sketch.fill(0, at, at + SKETCH_CELLS)
      for (const cell of placed(read, actions, time)) sketch[at + cell] = 1
      if (says === 'numbers') return
      const mask = out.mask as Float32Array
      for (let cell = 0; cell < SKETCH_CELLS; cell++)
        mask[row * count + cell] = 1 - sketch[at + cell]
      if (skip) mask[row * count + SKETCH_CELLS] = time >= SKIP_FROM ? 1 : 0
    },
    level: (_, actions) => ({
      track: 'bezier',
      points: placed(read, actions, controlPoints).flatMap(cellPoint),
    }),
  }
}

const NUMBERS_SPEC: ActionSpec = {
  kind: 'box',
  shape: [NUMBERS],
  low: [0, 0, 0],
  high: [1, 1, 1],
  names: ['x', 'y', 'skip'],
}

/** dcd rounds ten times a number to a cell, the tenth and the eleventh alike. */
const place = (number: number): number =>
  Math.min(Math.round(SKETCH_SIDE * number), SKETCH_SIDE - 1)

function readingOf({ says, skip }: BuildingOptions): Reading {
  if (says === 'cells')
    return (actions, step) => {
      if (actions[step] < SKETCH_CELLS) return actions[step]
      // A skip that is not allowed yet is the first cell.
      return step >= SKIP_FROM ? null : 0
    }
  return (actions, step) => {
    const at = NUMBERS * step
    if (skip && step >= SKIP_FROM && actions[at + 2] > SKIPS) return null
    return place(actions[at]) + SKETCH_SIDE * place(actions[at + 1])
  }
}

/** Different cells, in the order in which they were named. */
function placed(read: Reading, actions: ArrayLike<number>, time: number): readonly number[] {
  const cells: number[] = []
  for (let step = 0; step < time; step++) {
    let cell = read(actions, step)
    if (cell === null) continue
    while (cells.includes(cell)) cell = (cell + 1) % SKETCH_CELLS
    cells.push(cell)
  }
  return cells
}
