import { expect, it } from 'vitest'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { lsCommand } from './ls.ts'

const run = {
  dir: 'runs/x',
  status: 'failed',
  done: null,
  spent: { cycles: 2, gradientUpdates: 2, envSteps: 20 },
  solvedRate: null,
  suite: null,
} as never

it('shows a table, objects, or a sentence', async () => {
  const text = fakeCommandLine([fake(lsCommand, { listRuns: async () => [run] })])
  expect(await text.agon('ls', 'runs')).toBe(EXIT.ok)
  expect(text.terminal.stdout()).toMatch(/^run .*\n.*x +failed +– +2 +2 +20 +– +–\n$/)
  const json = fakeCommandLine([fake(lsCommand, { listRuns: async () => [run] })])
  await json.agon('ls', 'runs', '--json')
  expect(json.json()).toMatchObject([{ kind: 'run', dir: 'runs/x', status: 'failed' }])
  const empty = fakeCommandLine([fake(lsCommand, { listRuns: async () => [] })])
  expect(await empty.agon('ls')).toBe(EXIT.ok)
  expect(empty.terminal.stderr()).toBe('no runs in runs\n')
})
