import { expect, it } from 'vitest'
import { watchedSummary } from './watched-run.ts'

const run = {
  id: 'abc123',
  name: 'first',
  status: 'finished',
  dir: '/runs/first',
  created: '',
  spent: { cycles: 2, gradientUpdates: 1, envSteps: 64 },
  budget: null,
  done: 1,
  solvedRate: 0.5,
  measures: { goals: -1.5 },
  epoch: 1,
  actors: [],
  error: null,
} as const

it('ends with the score of the one student, or of each slot with its measures', () => {
  expect(watchedSummary(run).join('\n')).toMatch(/solved +0\.50, goals -1\.50/)
  const slots = {
    antagonist: { solvedRate: 0.5, measures: { goals: -1.5 } },
    protagonist: { solvedRate: 0.25, measures: { goals: 2 } },
  }
  expect(watchedSummary({ ...run, slots }).join('\n')).toMatch(
    /solved antagonist +0\.50, goals -1\.50\nsolved protagonist +0\.25, goals 2\.00/,
  )
  expect(watchedSummary({ ...run, solvedRate: null }).join('\n')).not.toContain('solved')
})
