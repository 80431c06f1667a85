import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { agonHere, jsonHere } from '../support/command-here.ts'
import { tinyConfig } from '../support/control.ts'
import { exactFiles } from '../support/run-files.ts'
import { slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-levels-'))
afterAll(() => rmSync(root, { recursive: true }))
const recipe = fileURLToPath(new URL('../../recipes/maze-accel-quick.yaml', import.meta.url))
const set = (...values: string[]): string[] => values.flatMap((value) => ['--set', value])
const SHORT = set(
  ...['budget={cycles: 12}', 'cuts={every: 4, keep: 10}', 'adversary.capacity=12'],
  ...['adversary.minFill=0.5', 'env.maxSteps=20', 'student.rollout={envs: 4, steps: 40}'],
  'evaluation={suite: random:2, every: 0}',
  'workers=1',
)

type Told = Readonly<Record<string, unknown>> & { readonly level: string; readonly score: number }
async function levelsOf(run: string, ...args: string[]): Promise<{ facts: Told; levels: Told[] }> {
  const { code, events, stderr } = await jsonHere(['levels', run, ...args])
  expect(code, stderr).toBe(0)
  const [facts, ...levels] = events as Told[]
  return { facts, levels }
}
interface Gallery {
  readonly levels: readonly { readonly id: string; readonly score: number }[]
}

describe('a run of ACCEL', () => {
  const calm = join(root, 'calm')
  beforeAll(async () => {
    const { code, stderr } = await jsonHere(['run', recipe, ...SHORT, '--out', calm])
    expect(code, stderr).toBe(0)
  })

  // The log is among the files that exactness.test.ts compares.
  slowly('has the same log after kill -9', async () => {
    const out = join(root, 'killed')
    const killed = await agon(['run', recipe, ...SHORT, '--out', out], (event, child) => {
      const { spent } = event as { spent?: { cycles: number } }
      if (event.kind === 'cycle' && spent?.cycles === 6) child.kill('SIGKILL')
    })
    expect(killed.signal).toBe('SIGKILL')
    expect((await jsonHere(['resume', out])).code).toBe(0)
    expect(readFileSync(join(out, 'levels.jsonl'))).toEqual(
      readFileSync(join(calm, 'levels.jsonl')),
    )
  })

  it('tells what its buffer held at every cut', async () => {
    for (const cycle of ['4', '8', '12']) {
      const { facts, levels } = await levelsOf(calm, '--cycle', cycle, '--limit', '0')
      expect(facts).toMatchObject({ view: 'kept', notes: [] })
      const { levels: gallery }: Gallery = JSON.parse(
        readFileSync(join(calm, 'cuts', cycle, 'gallery.json'), 'utf8'),
      )
      // The whole buffer is shown: it has no more levels than the gallery.
      const shown = new Map(gallery.map(({ id, score }) => [id, score]))
      expect(new Map(levels.map(({ level, score }) => [level, score]))).toEqual(shown)
    }
  })

  it('exports what an update was trained on, and the student is measured on it', async () => {
    const folder = join(root, 'exported')
    const args = ['--at', '1', '--trained', '--top', 'regret', '--out', folder]
    const { facts, levels } = await levelsOf(calm, ...args)
    expect(facts).toMatchObject({ view: 'trained', updates: 1, of: 4 })
    expect(levels).toHaveLength(4)
    for (const { is, trained, score, since } of levels) {
      expect({ is, trained }).toEqual({ is: 'replay', trained: true })
      expect(score).toBeLessThanOrEqual(levels[0].score)
      expect(since).toBeLessThan(facts.cycle as number)
    }
    expect(readdirSync(folder)).toHaveLength(6)
    const measured = await jsonHere([
      ...['eval', calm, '--levels', join(folder, 'levels.txt'), '--episodes', '1'],
    ])
    expect(measured.code, measured.stderr).toBe(0)
    const [{ levels: of }] = measured.events as { levels: { name: string }[] }[]
    expect(of.map(({ name }) => name)).toEqual(levels.map(({ level }, i) => `0${i + 1}-${level}`))
  })

  it('shows edits with their ancestors, and pictures', async () => {
    const rows = readFileSync(join(calm, 'levels.jsonl'), 'utf8').trim().split('\n')
    const edited = rows.map((row) => JSON.parse(row)).find(({ slots }) => slots.agent.parents)
    const at = ['levels', calm, '--cycle', String(edited.cycle), '--attempted']
    const { stdout, code } = await agonHere(at)
    expect(code).toBe(0)
    const parent = edited.slots.agent.parents.flat()[0]
    expect(stdout).toMatch(new RegExp(`L\\d+ +(edit|replay) .* ${parent}\\b`))
    expect(stdout).toMatch(/^1 L\d+ +2 L\d+.*\n[.#GV<>^v]{5,}/m)
  })

  it('says what is not there', async () => {
    const wrong = await agonHere(['levels', calm, '--at', '99'])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toMatch(/no update 99 — it has updates 1 to \d+ \[levels\/update\]/)
    const without = join(root, 'without-log')
    cpSync(calm, without, { recursive: true })
    rmSync(join(without, 'levels.jsonl'))
    const { code, stderr } = await agonHere(['levels', without])
    expect(code).toBe(2)
    expect(stderr).toMatch(/levels\/no-log/)
  })
})

const NO_SCORE = /tells no score/
it.each([
  ['dr', 'adversary: dr', ['return', 'regret'], NO_SCORE],
  ['two', 'adversary: {id: plr, capacity: 8, shareLevels: false}', ['regret', 'retrn'], /'return'/],
] as const)(
  '%s: every student has its levels, and the log can be turned off',
  async (name, adversary, [top, refused], why) => {
    const two = name === 'two' ? ['students: {left: ppo, right: ppo}'] : []
    const config = tinyConfig(root, name, [adversary, 'budget: {cycles: 3}', ...two])
    // A tiny config has one student; several are written instead of it.
    if (two.length > 0) rewrite(config)
    const out = join(root, `${name}-run`)
    const { code, stderr } = await jsonHere(['run', config, '--out', out, ...set('env.maxSteps=8')])
    expect(code, stderr).toBe(0)
    const { facts, levels } = await levelsOf(out, '--trained', '--top', top)
    expect(facts).toMatchObject({ view: 'trained', cycle: 3 })
    expect(levels.length).toBeGreaterThan(3)
    if (two.length > 0) {
      const right = await levelsOf(out, '--slot', 'right', '--limit', '0')
      expect(right.facts).toMatchObject({ view: 'kept', of: right.levels.length })
      expect(right.levels.length).toBeGreaterThan(0)
      for (const { slots } of right.levels) expect(slots).toEqual(['right'])
    }
    const { stderr: said } = await agonHere(['levels', out, '--top', refused])
    expect(said).toMatch(why)
    const quiet = join(root, `${name}-quiet`)
    expect(
      (await jsonHere(['run', config, '--out', quiet, ...set('env.maxSteps=8', 'levelLog=false')]))
        .code,
    ).toBe(0)
    const { 'levels.jsonl': log, 'config.yaml': _, ...files } = exactFiles(out)
    const { 'config.yaml': written, ...silent } = exactFiles(quiet)
    expect(log).toBeDefined()
    expect(written).toBeDefined()
    // Manifests of cuts have the hash of the config.
    const bits = (all: object) => Object.entries(all).filter(([path]) => !/manifest/.test(path))
    expect(bits(silent)).toEqual(bits(files))
  },
)

function rewrite(config: string): void {
  const lines = readFileSync(config, 'utf8').split('\n')
  const student = lines.find((line) => line.startsWith('student: '))?.slice('student: '.length)
  const kept = lines.filter((line) => !/^students?: /.test(line))
  writeFileSync(config, [...kept, `students: {left: ${student}, right: ${student}}`].join('\n'))
}
