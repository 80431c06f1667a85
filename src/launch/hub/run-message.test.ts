import { expect, it } from 'vitest'
import type { Budget } from '../../run/contract.ts'
import { agon } from '../../wire/index.ts'
import { runMessage, runView } from './run-message.ts'
import type { RunView } from './run-view.ts'

const across = (run: RunView): RunView =>
  runView(agon.v1.Run.decode(agon.v1.Run.encode(runMessage(run)).finish()))

const run: RunView = {
  id: 'abc123',
  name: 'first',
  status: 'running',
  dir: '/runs/first',
  created: '2026-01-01T00:00:00.000Z',
  spent: { cycles: 2, gradientUpdates: 1, envSteps: 64 },
  budget: { cycles: 10 },
  done: 0.2,
  solvedRate: null,
  epoch: 1,
  actors: [],
  error: null,
}

it('brings a run across with the counters that it has, and no others', () => {
  expect(across(run)).toEqual(run)
  const spent = { ...run.spent, evaluations: 9, calls: 3, tokens: 500, money: 0.25, seconds: 1.5 }
  const budgets: Budget[] = [{ evaluations: 5 }, { money: 0.5 }, { seconds: 2.5 }, { envSteps: 1 }]
  for (const budget of budgets)
    expect(across({ ...run, spent, budget })).toEqual({ ...run, spent, budget })
  const measured = { ...run, solvedRate: 0.5, measures: { goal_difference: -1.5, win_rate: 0 } }
  expect(across(measured)).toEqual(measured)
  const slots = {
    antagonist: { solvedRate: 0.5, measures: { goals: -1.5 } },
    protagonist: { solvedRate: 0 },
  }
  expect(across({ ...measured, slots })).toEqual({ ...measured, slots })
})
