import { createFootball, footballOptions, nativeFootball } from 'agon/envs/football'
import type { Axis } from '../../../src/adversaries/grid/contract.ts'
import { backdropsOf } from '../../../src/views/report/search/draw-elites.ts'
import { mapSvg } from '../../../src/views/report/search/map-svg.ts'
import { COLUMNS, heatOf, REFERENCES, ROWS } from './grids.ts'
import type { HistoryLine } from './searches.ts'

const AXES: readonly Axis[] = [
  { kind: 'number', name: 'ball_x', low: -0.9, high: 0.9, bins: COLUMNS },
  { kind: 'number', name: 'ball_y', low: -0.4, high: 0.4, bins: ROWS },
  { kind: 'category', name: 'reference', values: REFERENCES },
]

/** Mean regret over the place of the ball, a pitch for each reference, as a report draws the map of one search. */
export function heatMaps(searches: readonly (readonly HistoryLine[])[]): string {
  const elites = REFERENCES.flatMap((_, reference) =>
    heatOf(searches, reference).flatMap((objective, i) => {
      const cell = [i % COLUMNS, Math.floor(i / COLUMNS), reference]
      return objective === null ? [] : [{ id: `mean of ${searches.length}`, cell, objective }]
    }),
  )
  const { levels } = createFootball(footballOptions.parse({}), nativeFootball())
  return mapSvg({
    spec: { axes: AXES, objective: 'regret', offset: -2 },
    found: { elites },
    backdrops: backdropsOf(AXES, levels),
  })
}
