import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stream } from 'agon/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { exactFiles, journalOf } from '../support/run-files.ts'
import { SLOW, slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-exact-'))
afterAll(() => rmSync(root, { recursive: true }))
const config = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
/** Two cuts after the one that is tampered with, and three measurements. */
const CYCLES = SLOW ? 40 : 25
const begun = ['run', config, `--set=budget.cycles=${CYCLES}`]
const runTo = async (name: string, ...args: string[]): Promise<string> => {
  const out = join(root, name)
  const { code, stderr } = await jsonHere([...begun, '--out', out, ...args])
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code).toBe(0)
  return out
}

describe('same config, same seed, same bits', () => {
  let calm: string
  let expected: Record<string, string>
  beforeAll(async () => {
    calm = await runTo('calm')
    expected = exactFiles(calm)
    expect(Object.keys(expected)).toEqual(
      expect.arrayContaining(['policy.onnx', 'metrics.jsonl', 'evaluation.json', 'gallery.json']),
    )
    expect(readFileSync(join(calm, 'metrics.jsonl'), 'utf8').trim().split('\n')).toHaveLength(
      CYCLES,
    )
  })

  // By its end each run below is one more of the same.
  slowly('twice', async () => {
    expect(exactFiles(await runTo('again'))).toEqual(expected)
  })

  it('for two workers, and with every actor in a thread of its own', async () => {
    const out = await runTo(
      'threads',
      '--workers=2',
      '--set=placement.student=thread',
      '--set=placement.adversary=thread',
      '--set=placement.evaluator=thread',
    )
    const { 'config.yaml': _, ...files } = exactFiles(out)
    const { 'config.yaml': __, ...others } = expected
    expect(files).toEqual(others)
  })

  it('not for another seed', async () => {
    const other = await runTo('other', '--seed=12', '--set=budget.cycles=4')
    const rows = (out: string): string[] =>
      readFileSync(join(out, 'metrics.jsonl'), 'utf8').split('\n').slice(0, 4)
    expect(rows(other)).toHaveLength(4)
    expect(rows(other)).not.toEqual(rows(calm))
    const untrained = 'initial/policy.onnx'
    expect(exactFiles(other)[untrained]).not.toBe(expected[untrained])
  })

  const KILLS = SLOW ? 10 : 2
  it(`after kill -9 at ${KILLS} random moments, each time resumed`, async () => {
    const out = join(root, 'killed')
    const draw = stream('kill moments', 1)
    let kills = 0
    let last = await agon([...begun, '--out', out], killer())
    while (last.signal === 'SIGKILL') last = await agon(['resume', out], killer())
    expect(last.code).toBe(0)
    expect(kills).toBe(KILLS)
    const resumed = journalOf(out).filter(({ kind }) => kind === 'resumed')
    expect(resumed).toHaveLength(KILLS)
    expect(exactFiles(out)).toEqual(expected)

    /** Kills somewhere within the cycle after the n-th that is heard of. */
    function killer(): Parameters<typeof agon>[1] {
      let heard = 0
      const after = 2 + draw.integer(5)
      const delay = draw.integer(25)
      return (event, child) => {
        if (event.kind !== 'cycle' || ++heard !== after || kills === KILLS) return
        kills += 1
        setTimeout(() => child.kill('SIGKILL'), delay)
      }
    }
  })

  it('after a cut was tampered with: it is named and the one before it is used', async () => {
    const out = join(root, 'tampered')
    const first = await agon([...begun, '--out', out], (event, child) => {
      if (event.kind === 'cut' && event.cycle === 12) child.kill('SIGKILL')
    })
    expect(first.signal).toBe('SIGKILL')
    const newest = Math.max(
      ...readdirSync(join(out, 'cuts'))
        .filter((n) => /^\d+$/.test(n))
        .map(Number),
    )
    const victim = join(out, 'cuts', String(newest), 'tensors.safetensors')
    const bytes = readFileSync(victim)
    bytes[bytes.length - 9] ^= 4
    writeFileSync(victim, bytes)
    const { code, events } = await jsonHere(['resume', out])
    expect(code).toBe(0)
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'warning',
        warning: expect.objectContaining({
          code: 'cut/tampered',
          place: `cuts/${newest}/tensors.safetensors`,
        }),
      }),
    )
    expect(events).toContainEqual(expect.objectContaining({ kind: 'started', from: newest - 3 }))
    expect(exactFiles(out)).toEqual(expected)
  })

  it('after Ctrl-C, which cuts and stops', async () => {
    const out = join(root, 'stopped')
    const first = await agon([...begun, '--out', out], (event, child) => {
      if (event.kind === 'cycle' && (event.spent as { cycles: number }).cycles === 5)
        child.kill('SIGINT')
    })
    expect(first.code).toBe(3)
    const { code } = await jsonHere(['resume', out])
    expect(code).toBe(0)
    expect(exactFiles(out)).toEqual(expected)
  })

  it('after Ctrl-C during the final measurement, which is made by the resumed run', async () => {
    const out = join(root, 'unmeasured')
    const first = await agon([...begun, '--out', out], (event, child) => {
      if (event.kind === 'cut' && event.cycle === CYCLES) child.kill('SIGINT')
    })
    expect(first.code).toBe(3)
    expect(first.events).not.toContainEqual(expect.objectContaining({ when: 'final' }))
    const { code, events } = await jsonHere(['resume', out])
    expect(code).toBe(0)
    expect(events[0]).toMatchObject({ kind: 'started', from: CYCLES })
    expect(exactFiles(out)).toEqual(expected)
  })

  it('after it had finished with a smaller budget and went on with a larger one', async () => {
    const out = await runTo('grown', '--set=budget.cycles=17')
    const short = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8'))
    expect(short.slots.agent.final).toBeDefined()
    const { code, events } = await jsonHere(['resume', out, `--set=budget.cycles=${CYCLES}`])
    expect(code).toBe(0)
    expect(events[0]).toMatchObject({ kind: 'started', from: 17 })
    expect(exactFiles(out)).toEqual(expected)
  })

  it('forgets the final measurement of a finished run that goes on, learns and is stopped', async () => {
    const out = await runTo('further', '--set=budget.cycles=5')
    const updates = ({ spent }: Record<string, unknown>): number =>
      (spent as { readonly gradientUpdates: number }).gradientUpdates
    let measured = Number.POSITIVE_INFINITY
    let told = false
    const { code } = await agon(['resume', out, '--set=budget.cycles=100000'], (event, child) => {
      if (event.kind === 'started') measured = updates(event)
      if (event.kind !== 'cycle' || updates(event) <= measured || told) return
      // Once: a second one would not wait for the cut.
      told = true
      child.kill('SIGINT')
    })
    expect(code).toBe(3)
    const { slots } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8'))
    expect(Object.keys(slots.agent)).toEqual(['baseline'])
  })
})

describe('what cannot go on says so and touches nothing', () => {
  it.each([
    [
      'cut/none-whole',
      (out: string) => {
        for (const cut of readdirSync(join(out, 'cuts')))
          appendFileSync(join(out, 'cuts', cut, 'tensors.safetensors'), 'x')
      },
    ],
    ['cut/missing', (out: string) => rmSync(join(out, 'cuts'), { recursive: true })],
    [
      'run/config-changed',
      (out: string) => {
        const path = join(out, 'config.yaml')
        const text = readFileSync(path, 'utf8')
        expect(text).toContain('learningRate: 0.001')
        writeFileSync(path, text.replace('learningRate: 0.001', 'learningRate: 0.1'))
      },
    ],
    ['run/manifest', (out: string) => writeFileSync(join(out, 'manifest.json'), '{"format":1}')],
    ['run/damaged', (out: string) => writeFileSync(join(out, 'evaluation.json'), '{"slots":')],
  ])('%s', async (code, damage) => {
    const out = join(root, code.replace('/', '-'))
    cpSync(join(root, 'calm'), out, { recursive: true })
    damage(out)
    const before = exactFiles(out)
    const ended = await jsonHere(['resume', out, '--set=budget.cycles=50'])
    expect(ended.code).toBe(4)
    expect(ended.events.at(-1)).toMatchObject({ kind: 'error', code })
    expect(exactFiles(out)).toEqual(before)
  })
})
