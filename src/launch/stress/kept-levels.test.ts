import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { keptLevels } from './kept-levels.ts'
import { retestedLevel } from './summarise-retest.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-kept-'))
afterAll(() => rmSync(root, { recursive: true }))

const level = (id: string, value: number) =>
  retestedLevel({ id, cell: [0], archived: 1 }, [{ objective: value, values: { return: value } }])
const about = { repeats: 2, seed: 0 }

it('gives back what was kept of the same retest, and nothing of another', () => {
  const path = join(root, 'deeper', 'a.part')
  const first = keptLevels(path, about)
  expect(first.pieces).toEqual([])
  const pieces = [[level('L1', 1 / 3), level('L2', 0.5)], [level('L3', -0.1)]]
  for (const piece of pieces) first.keep(piece)
  expect(keptLevels(path, about).pieces).toEqual(pieces)
  expect(keptLevels(path, { ...about, seed: 1 }).pieces).toEqual([])
  expect(keptLevels(path, about).pieces).toEqual([])
})

it('forgets a line that was not written whole, and all after it', () => {
  const path = join(root, 'b.part')
  keptLevels(path, about).keep([level('L1', 1)])
  appendFileSync(path, '[{"id":"L2","ce')
  expect(keptLevels(path, about).pieces).toHaveLength(1)
  expect(readFileSync(path, 'utf8')).toMatch(/\n$/)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, `${text}\u0000\u0000\n${text.split('\n')[1]}\n`)
  expect(keptLevels(path, about).pieces).toHaveLength(1)
})
