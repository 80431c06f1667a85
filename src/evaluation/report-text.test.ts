import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import type { EvaluationReport } from './contract.ts'
import { formatReport, reportToJson } from './report-text.ts'

const level = { episodes: 2, meanReturn: 0.25, returns: [0, 0.5], lengths: [250, 11] }
const REPORT: EvaluationReport = {
  suite: 'maze/minimax-train',
  episodes: 2,
  seed: 7,
  solvedRate: 0.75,
  meanReturn: 0.25,
  solvedInterval: [0.5, 1],
  levels: [
    { name: 'SixteenRooms', solvedRate: 0.5, meanLength: 130.5, ...level },
    { name: 'Maze', solvedRate: 1, meanLength: 12, ...level },
  ],
  recordings: [
    {
      name: 'Maze',
      level: Uint8Array.of(1),
      dynamics: stream(0).save(),
      actions: [2],
      return: 0.5,
      solved: true,
    },
  ],
  policySha256: 'f00',
}

describe('formatReport', () => {
  it('lays the levels out in columns', () => {
    expect(formatReport(REPORT).join('\n')).toBe(
      [
        'maze/minimax-train: 2 levels, 2 episodes each, seed 7',
        'level         episodes  solved  return  length',
        'SixteenRooms         2   0.500   0.250   130.5',
        'Maze                 2   1.000   0.250    12.0',
        'mean                     0.750   0.250',
        'solved rate 0.750, 95 % interval over levels 0.500 to 1.000',
      ].join('\n'),
    )
  })
})

describe('reportToJson', () => {
  it('is plain data with every number and no recording', () => {
    const json = JSON.parse(JSON.stringify(reportToJson(REPORT)))
    expect(json).toEqual({ ...REPORT, recordings: 1 })
  })
})
