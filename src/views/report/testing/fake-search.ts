import type { GridSpec } from '../../../adversaries/grid/contract.ts'
import { levelId } from '../../../core/ids.ts'
import type { SearchRow } from '../search/fold-search.ts'

/** Cells of a 4 by 2 grid for each of two references. */
export const FAKE_SPEC: GridSpec = {
  axes: [
    { kind: 'number', name: 'ball_x', low: -1, high: 1, bins: 4 },
    { kind: 'number', name: 'ball_y', low: 0, high: 1, bins: 2 },
    { kind: 'category', name: 'reference', values: ['bot_easy', 'bot_hard'] },
  ],
  objective: 'cross-play',
  offset: -2,
}

/** An attempt whose level is one byte, its serial. */
export function attemptRow(
  serial: number,
  cell: readonly [number, number, number] | null,
  objective: number | null,
  more: Partial<SearchRow> = {},
): SearchRow {
  return {
    ...{ cycle: 1 + Math.floor(serial / 4), id: levelId(serial), level: Uint8Array.of(serial) },
    ...{ emitter: 'random', operator: 'generate', parents: [] },
    descriptor: cell === null ? {} : { ball_x: cell[0] / 2 - 1, ball_y: cell[1] / 2 },
    ...{ cell, objective, values: objective === null ? {} : { cross_play: objective } },
    tasks: [],
    ...more,
  }
}

/** Random levels first, then what was made of them: a better elite in one cell and two new cells. */
export const fakeRows = (): SearchRow[] => [
  ...Array.from({ length: 10 }, (_, i) => attemptRow(i, [i % 4, 0, 0], i / 100)),
  ...Array.from({ length: 10 }, (_, i) =>
    attemptRow(10 + i, [i % 4, i % 2, 1], 0.2 + i / 10, {
      ...{ emitter: 'cma-me/1', operator: 'gaussian' },
      parents: [levelId(i === 9 ? 18 : i)],
    }),
  ),
  attemptRow(20, null, 5),
  attemptRow(21, [0, 0, 0], null),
]
