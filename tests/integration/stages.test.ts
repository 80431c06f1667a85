import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ProgressEvent, run } from 'agon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { exactFiles, journalOf } from '../support/run-files.ts'
import { sampled } from '../support/tiers.ts'

// Two stages in real processes: what they leave, and that no kill near the border between them changes a bit.

const root = mkdtempSync(join(tmpdir(), 'agon-stages-'))
afterAll(() => rmSync(root, { recursive: true }))
const example = fileURLToPath(new URL('../../examples/two-stages/experiment.yaml', import.meta.url))
const text = readFileSync(example, 'utf8')
const rowsOf = (dir: string): Record<string, number>[] =>
  readFileSync(join(dir, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('a run with two stages', () => {
  const calm = join(root, 'calm')
  const events: ProgressEvent[] = []
  let expected: Record<string, string>
  beforeAll(async () => {
    const copy = (name: string): void =>
      cpSync(calm, join(root, name), {
        recursive: true,
        filter: (from) => !/[\\/](lock|hub\.(json|token))$/.test(from),
      })
    const { result } = await run(parse(text), {
      out: calm,
      onProgress(event) {
        events.push(event)
        // What a kill would leave: the first stage measured and not yet over; and the second not yet begun.
        if (event.kind === 'evaluation' && event.when === 'final' && event.cycle === 3)
          copy('measured')
        if (event.kind === 'stage' && event.number === 2) copy('between')
      },
    })
    expect(await result).toMatchObject({
      status: 'finished',
      spent: { cycles: 7 },
      policies: {
        pretrain: join(calm, 'policy-pretrain.onnx'),
        harden: join(calm, 'policy-harden.onnx'),
      },
    })
    expected = exactFiles(calm)
  })

  it('plays them one after the other, and says in every row and line which', async () => {
    const rows = rowsOf(calm)
    expect(rows.map(({ cycle, stage }) => [cycle, stage])).toEqual(
      [1, 2, 3].map((cycle) => [cycle, 1]).concat([4, 5, 6, 7].map((cycle) => [cycle, 2])),
    )
    expect(rows[2]).not.toHaveProperty('adversary/buffer_size')
    expect(rows[3]).toHaveProperty('adversary/buffer_size')
    const cuts = journalOf(calm).filter(({ kind }) => kind === 'cut')
    expect(cuts).toEqual([
      expect.objectContaining({ cycle: 2, stage: 'pretrain' }),
      expect.objectContaining({ cycle: 3, stage: 'pretrain' }),
      expect.objectContaining({ cycle: 5, stage: 'harden' }),
      expect.objectContaining({ cycle: 7, stage: 'harden' }),
    ])
    expect(events.flatMap((event) => (event.kind === 'stage' ? [event] : []))).toEqual([
      expect.objectContaining({ stage: 'pretrain', number: 1, of: 2, done: 0 }),
      expect.objectContaining({ stage: 'harden', number: 2, of: 2, done: 0.5 }),
    ])
    const [listed] = (await jsonHere(['ls', calm])).events
    expect(listed).toMatchObject({ done: 1, stage: { name: 'harden', number: 2, of: 2 } })
  })

  it('hands the policy of the first to the second, and leaves both', () => {
    const bytes = (name: string): Buffer => readFileSync(join(calm, name))
    expect(bytes('stages/harden/initial/policy.onnx')).toEqual(bytes('policy-pretrain.onnx'))
    expect(bytes('policy.onnx')).toEqual(bytes('policy-harden.onnx'))
    expect(bytes('policy-harden.onnx')).not.toEqual(bytes('policy-pretrain.onnx'))
    const page = readFileSync(join(calm, 'report.html'), 'utf8')
    for (const name of ['pretrain', 'harden']) expect(page).toContain(`data-stage="${name}"`)
  })

  it.each(sampled(['measured', 'between'], 1))(
    'goes on from a kill in the gap to the same bits: %s',
    async (gap) => {
      const { code, stderr } = await jsonHere(['resume', join(root, gap)])
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(exactFiles(join(root, gap))).toEqual(expected)
    },
  )

  it('comes to the same bits after kill -9 in either stage', async () => {
    const out = join(root, 'killed')
    const killAt =
      (cycle: number): Parameters<typeof agon>[1] =>
      (event, child) => {
        if (event.kind === 'cycle' && (event.spent as { cycles: number }).cycles === cycle)
          child.kill('SIGKILL')
      }
    expect((await agon(['run', example, '--out', out], killAt(2))).signal).toBe('SIGKILL')
    expect((await agon(['resume', out], killAt(6))).signal).toBe('SIGKILL')
    expect((await jsonHere(['resume', out])).code).toBe(0)
    expect(exactFiles(out)).toEqual(expected)
    // The last stage may go on under a larger budget; what is over stays as it was.
    const longer = await jsonHere(['resume', out, '--set', 'stages.1.budget.cycles=5'])
    expect(longer.code).toBe(0)
    expect(rowsOf(out).map(({ cycle }) => cycle)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const other = await jsonHere(['resume', out, '--set', 'stages.0.budget.cycles=5'])
    expect(other.stderr + JSON.stringify(other.events)).toContain('stages/over')
  })
})

it('refuses before any work what one stage cannot leave to another', async () => {
  const file = join(root, 'archive.yaml')
  writeFileSync(file, text.replace('policy: pretrain', 'archive: pretrain'))
  const { code, events, stderr } = await jsonHere(['run', file, '--dry-run'])
  expect(code).toBe(2)
  expect(stderr + JSON.stringify(events)).toMatch(
    /the adversary of 'harden' \(accel\) cannot begin with the archive of 'pretrain' \(dr\)/,
  )
})

it('says of which setting a policy is that a student cannot start from', async () => {
  const frozen = ['policies={any: {bot: random}}', 'stages.1.student={id: frozen, policy: any}']
  const sets = frozen.flatMap((set) => ['--set', set])
  const { code, events } = await jsonHere(['run', example, '--dry-run', ...sets])
  expect(code).not.toBe(0)
  expect(events).toContainEqual(
    expect.objectContaining({ code: 'run/no-init', place: 'from.policy' }),
  )
})

it('tells in a dry run what each stage takes', async () => {
  const { events } = await jsonHere(['run', example, '--dry-run'])
  expect(events[0]).toMatchObject({
    kind: 'estimate',
    stages: [
      { name: 'pretrain', cycles: 3 },
      { name: 'harden', cycles: 4 },
    ],
  })
})
