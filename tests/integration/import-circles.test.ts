import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { importCircles } from '../support/import-circles.ts'

const folder = mkdtempSync(join(tmpdir(), 'agon-circles-'))
afterAll(() => rmSync(folder, { recursive: true }))

// Biome's noImportCycles does not see imports of types.
it('no file of Agon imports itself by way of others, not even for types', () => {
  expect(importCircles(fileURLToPath(new URL('../../src', import.meta.url)))).toEqual([])
})

it('a circle of three is found, with types and over several lines', () => {
  const files = {
    'a.ts': "import {\n  type B,\n} from './b.ts'\n",
    'b.ts': "export type { C } from './c.ts'\n",
    'c.ts': "import './d.ts'\nimport type { A } from './a.ts'\n",
    'd.ts': "const late = () => import('./a.ts')\n",
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  expect(importCircles(folder)).toEqual([['a.ts', 'b.ts', 'c.ts']])
})
