import type { GameResult } from './contract.ts'

/** Games of the same teams in figures. */
export interface MatchSummary {
  readonly games: number
  /** Left, right. */
  readonly won: readonly [number, number]
  readonly drawn: number
  /** Mean a game and its standard error; the error is absent for one game. */
  readonly goals: readonly [GoalFigures, GoalFigures]
  /** Games in which the team scored first, left, right. */
  readonly first: readonly [number, number]
  readonly steps: number
}

export interface GoalFigures {
  readonly mean: number
  readonly standardError?: number
}

/** @param results at least one */
export function summarise(results: readonly GameResult[]): MatchSummary {
  const count = (test: (result: GameResult) => boolean): number => results.filter(test).length
  return {
    games: results.length,
    won: [count(({ score: [l, r] }) => l > r), count(({ score: [l, r] }) => r > l)],
    drawn: count(({ score: [l, r] }) => l === r),
    goals: [goalFigures(results, 0), goalFigures(results, 1)],
    first: [
      count(({ goals: [first] }) => first?.team === 0),
      count(({ goals: [first] }) => first?.team === 1),
    ],
    steps: results.reduce((sum, { steps }) => sum + steps, 0),
  }
}

function goalFigures(results: readonly GameResult[], team: 0 | 1): GoalFigures {
  const goals = results.map(({ score }) => score[team])
  const mean = goals.reduce((sum, each) => sum + each, 0) / goals.length
  if (goals.length === 1) return { mean }
  const squares = goals.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (goals.length - 1) / goals.length) }
}
