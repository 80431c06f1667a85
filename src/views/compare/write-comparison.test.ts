import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeComparison } from './write-comparison.ts'

const folder = mkdtempSync(join(tmpdir(), 'agon-compare-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('writes over what stands there, and leaves nothing else', () => {
  const path = join(folder, 'page.html')
  writeComparison(path, 'one')
  writeComparison(path, 'two')
  expect(readFileSync(path, 'utf8')).toBe('two')
  expect(readdirSync(folder)).toEqual(['page.html'])
})

it('names the file that cannot be written, and says nothing of resuming a run', () => {
  const path = join(folder, 'none', 'page.html')
  expect(() => writeComparison(path, 'x')).toThrowError(
    expect.objectContaining({
      code: 'compare/unwritable',
      place: path,
      remedy: expect.not.stringContaining('resume'),
    }),
  )
})
