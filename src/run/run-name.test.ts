import { expect, it } from 'vitest'
import { checkedRunName, runFolder } from './run-name.ts'

it('a run that was given no folder is named by experiment, time and id', () => {
  expect(runFolder('maze', '2026-01-02T03:04:05.678Z', 'ab12cd')).toBe(
    'maze-20260102-030405-ab12cd',
  )
})

it.each([
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\\b',
  '/etc',
  '.hidden',
  '-x',
  'a\0b',
  'a b',
  'x'.repeat(101),
  'é',
])('refuses %j as a name from elsewhere', (name) => {
  expect(() => checkedRunName(name)).toThrow(expect.objectContaining({ code: 'run/name' }))
})

it.each(['a', 'maze-1.2_x', 'x'.repeat(100)])('takes %s', (name) => {
  expect(checkedRunName(name)).toBe(name)
})
