import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSweepFile } from './sweep-file.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-sweep-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (text: string) => {
  const file = join(folder, 'study.yaml')
  writeFileSync(file, text)
  return readSweepFile(file)
}

describe('a sweep file', () => {
  it('is variants, each with every point of a grid', async () => {
    const plan = await read(`
sweep:
  name: rates
  config: dr.yaml
  seeds: 1..3
  set: { budget.cycles: 10 }
  variants:
    dr: {}
    plr: { config: other/plr.yaml, set: { adversary.stalenessCoefficient: 0.5 } }
  grid:
    student.ppo.learningRate: [1.0e-4, 0.001]
`)
    expect(plan).toEqual({
      name: 'rates',
      seeds: '1..3',
      variants: [
        ...[0.0001, 0.001].map((rate) => ({
          label: `dr-learningRate-${rate}`,
          config: join(folder, 'dr.yaml'),
          set: [
            `name="dr-learningRate-${rate}"`,
            'budget.cycles=10',
            `student.ppo.learningRate=${rate}`,
          ],
        })),
        ...[0.0001, 0.001].map((rate) => ({
          label: `plr-learningRate-${rate}`,
          config: join(folder, 'other/plr.yaml'),
          set: [
            `name="plr-learningRate-${rate}"`,
            'budget.cycles=10',
            'adversary.stalenessCoefficient=0.5',
            `student.ppo.learningRate=${rate}`,
          ],
        })),
      ],
    })
  })

  it('names a grid alone by its points, and one config by the sweep', async () => {
    const grid = await read(
      'sweep: { config: a.yaml, grid: { adversary: [dr, plr], env.options.width: [7, 13] } }',
    )
    expect(grid?.variants.map(({ label }) => label)).toEqual([
      'adversary-dr-width-7',
      'adversary-dr-width-13',
      'adversary-plr-width-7',
      'adversary-plr-width-13',
    ])
    const one = await read('sweep: { config: a.yaml }')
    expect(one).toMatchObject({ name: 'study', seeds: null, variants: [{ label: 'study' }] })
  })

  it('is not a config', async () => {
    expect(await read('env: maze\nadversary: dr\n')).toBeNull()
    expect(await readSweepFile(join(folder, 'none.yaml'))).toBeNull()
  })

  it.each([
    ['sweep: { variants: { a: {} } }', /study.yaml:1:.*variants.a: needs a config/],
    ['sweep: { config: a.yaml, seed: 3 }', /sweep.seed: .*did you mean 'seeds'/],
    ['sweep:\n  config: a.yaml\n  grid: { x: [] }', /sweep.grid.x/],
    ['sweep: { config: a.yaml, grid: { x: [1, 1] } }', /two of its points are called 'x-1'/],
    [
      `sweep: { config: a.yaml, grid: { x: [${Array.from({ length: 40 }, (_, i) => i)}], y: [${Array.from({ length: 40 }, (_, i) => i)}] } }`,
      /1600 variants, more than 1000/,
    ],
  ])('%# refuses what it cannot plan', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'config/invalid' })
    await expect(read(text).catch((error) => `${error.place}: ${error.message}`)).resolves.toMatch(
      message,
    )
  })
})
