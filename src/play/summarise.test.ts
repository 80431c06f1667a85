import { expect, it } from 'vitest'
import type { GameResult } from './contract.ts'
import { summarise } from './summarise.ts'

const game = (index: number, ...teams: (0 | 1)[]): GameResult => ({
  index,
  number: index,
  score: [teams.filter((team) => team === 0).length, teams.filter((team) => team === 1).length],
  goals: teams.map((team, step) => ({ step, team })),
  steps: 100,
  end: 'duration',
})

it('counts wins, draws, goals with their standard error, and who scored first', () => {
  const games = [game(0, 0, 0), game(1, 1, 0), game(2), game(3, 1, 0, 1)]
  expect(summarise(games)).toEqual({
    games: 4,
    won: [1, 1],
    drawn: 2,
    goals: [
      // Goals 2, 1, 0, 1: variance 2/3.
      { mean: 1, standardError: Math.sqrt(2 / 3 / 4) },
      { mean: 0.75, standardError: Math.sqrt((0.5625 + 0.0625 + 0.5625 + 1.5625) / 3 / 4) },
    ],
    first: [1, 2],
    steps: 400,
  })
  expect(summarise(games.slice(0, 1)).goals[0]).toEqual({ mean: 2 })
})
