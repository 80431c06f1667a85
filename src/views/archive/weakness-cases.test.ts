import { expect, it } from 'vitest'
import { weaknessCases } from './weakness-cases.ts'

const shot = [{ row: 4, player: 9, value: 7 }]
const elites = [
  { id: 'L1', objective: 0.5 },
  { id: 'L2', objective: 1.25 },
] as never

it('has a case for each class, as bad as the worst level on which the policy showed it', () => {
  const game = (title: string, own: object, theirs = {}) => ({
    ...{ title, seed: 1 },
    found: [theirs, own] as const,
  })
  const file = {
    ...{ format: 1 as const, teams: ['hard, easy', 'target'] as const },
    games: [
      game('L1 against hard', { 'sprint-shot': shot, 'no-pass': shot }),
      game('L2 against easy', { 'sprint-shot': shot }, { 'own-goal': shot }),
      // Of a level that is no elite any more.
      game('L7 against easy', { 'own-goal': shot }),
    ],
  }
  const cases = weaknessCases(file, { elites }, 'target', (value) => value > 1)
  expect(cases).toHaveLength(11)
  const of = (id: string) => cases.find(({ name }) => name === `weakness ${id}`)
  expect(of('sprint-shot')).toMatchObject({ value: 1.25, failed: true })
  expect(of('sprint-shot')?.detail).toContain(
    '2 of 3 games on the best levels: L1 (0.50), L2 (1.25)',
  )
  expect(of('no-pass')).toMatchObject({ value: 0.5, failed: false })
  expect(of('own-goal')).toMatchObject({ value: Number.NaN, failed: false })
  const turned = { ...file, teams: ['target', 'hard'] as const }
  expect(
    weaknessCases(turned, { elites }, 'target', () => true).filter(({ failed }) => failed),
  ).toMatchObject([{ name: 'weakness own-goal', value: 1.25 }])
})
