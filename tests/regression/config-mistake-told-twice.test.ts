import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import type { Ended } from '../support/control.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const BASE = 'env: &env { id: maze, height: 5, width: 5, nWalls: 6 }\nadversary: plr\n'

function checked(text: string): Promise<Ended> {
  const path = join(folder, 'c.yaml')
  writeFileSync(path, text)
  return agonHere(['run', path, '--dry-run', '--out', join(folder, 'none')])
}

/** Words of the libraries that read a config; none of them helps who wrote it. */
const FOREIGN = /YAML\.|parseAll|pattern|regular|\/\^|Invalid|expected|received|undefined/

describe('one mistake in a config is one line, in the words and digits of the file', () => {
  it.each([
    ['seed: 9007199254740993', 'seed: must be at most 4294967295, not 9007199254740993'],
    ['seed: 0xFFFFFFFFFF', 'seed: must be at most 4294967295, not 0xFFFFFFFFFF'],
    ['workers: 1_000', "workers: must be a number or auto, not '1_000'"],
    ['cuts: { keep: 1e20 }', 'cuts.keep: must be at most 10000, not 1e20'],
    [
      'supervision: { windowSeconds: -.5 }',
      'supervision.windowSeconds: must be more than 0, not -.5',
    ],
    ['slurm: { time: infinite }', 'slurm.time: must be minutes such as 90, hours:minutes:seconds'],
    [
      'slurm: { nodes: { a: { gpus: some } } }',
      'slurm.nodes.a.gpus: must be a number, or kind:number',
    ],
    ["slurm: { options: ['x \"'] }", 'slurm.options.0: must be one long option of sbatch'],
    ['placement: { student: { 9: local } }', 'placement.student: 9: a slot is named by letters'],
    [
      'evaluation: { suite: "random:99999999999" }',
      'after random: comes a number of levels from 1',
    ],
    ['evaluation: { env: { id: football } }', "evaluation.env.id: must be that of env, 'maze'"],
    ['---\nenv: maze', 'a second document begins here; a file holds one config'],
    ['name: !text x', 'there is no such tag; a config needs none'],
    ['name: *nobody', 'there is no anchor &nobody above this alias'],
  ])('%s', async (line, sentence) => {
    const { code, stderr } = await checked(`${BASE}budget: { cycles: 1 }\n${line}\n`)
    expect(code).toBe(2)
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toMatch(FOREIGN)
  })
})

it('takes merge keys, and blames a value where the anchor has it', async () => {
  const merged =
    'evaluation: { suite: "random:2", env: { <<: [*env], nWalls: 3 } }\nbudget: {cycles: 1}\n'
  expect((await checked(BASE + merged)).code).toBe(0)
  const { code, stderr } = await checked(
    `x: &x { keep: 0 }\n${BASE}cuts: { <<: *x }\nbudget: { cycles: 1 }\n`,
  )
  expect(code).toBe(2)
  expect(stderr).toMatch(/c\.yaml:1:15: cuts\.keep: must be at least 1, not 0/)
})

it('counts what is beyond twenty problems, in print and for machines', async () => {
  const many = Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join('\n')
  writeFileSync(join(folder, 'many.yaml'), `${BASE}budget: { cycles: 1 }\n${many}\n`)
  const { code, events, stderr } = await agonHere(['run', join(folder, 'many.yaml'), '--json'])
  expect(code).toBe(2)
  expect(stderr).toContain('the config has 5000 problems')
  expect(stderr).toContain('and 4980 more')
  expect(stderr.split('\n').length).toBeLessThan(30)
  const { problems, more } = events[0].fields as { problems: unknown[]; more: number }
  expect([problems.length, more]).toEqual([20, 4980])
})
