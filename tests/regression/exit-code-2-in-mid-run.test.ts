import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { tinyConfig } from '../support/control.ts'

const FAULTY = fileURLToPath(new URL('../fixtures/toy/faulty.mjs', import.meta.url))

let folder = ''
let config = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-exit-'))
  config = tinyConfig(folder, 'faulty', ['budget: {cycles: 8}', 'cuts: {every: 1}'])
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('an error that ends a run which has begun', () => {
  it.each([
    ['evaluation/endless', ['env.fault=endless', 'evaluation.every=2']],
    ['level/invalid', ['env.fault=level']],
  ])('%s ends with 1, and so does watching it afterwards', async (code, set) => {
    const out = join(folder, code.replace('/', '-'))
    const sets = [`env={id: ${FAULTY}}`, ...set].map((one) => `--set=${one}`)
    const ended = await agonHere(['run', config, ...sets, '--out', out, '--json'])
    expect(ended.events[0]).toMatchObject({ kind: 'started' })
    expect(ended.events.at(-1)).toMatchObject({ kind: 'error', code })
    expect(ended.code).toBe(1)
    const watched = await agonHere(['watch', out, '--json'])
    expect(watched.events.at(-1)).toMatchObject({ kind: 'error', code })
    expect(watched.code).toBe(1)
  })

  it('is still 2 where nothing was begun', async () => {
    const out = join(folder, 'none')
    const ended = await agonHere(['run', config, '--set', 'env.height=0', '--out', out, '--json'])
    expect(ended.code).toBe(2)
  })
})
