import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { attachService, resolveTarget } from '../../src/actors/attach/index.ts'
import type { Answer, Ask, Json } from '../../src/services/contract.ts'
import { jsonHere } from '../support/command-here.ts'
import { tinyConfig } from '../support/control.ts'
import { inCyclesHere } from '../support/in-cycles.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'
import { journalOf } from '../support/run-files.ts'

// A grader of another process, and a service with state in Python that is killed.

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/services/${name}.mjs`, import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-services-outside-'))
afterAll(() => rmSync(root, { recursive: true }))
const CYCLES = 4

const config = (name: string): string =>
  tinyConfig(root, name, [
    'name: outside',
    `budget: { cycles: ${CYCLES} }`,
    'cuts: { every: 2 }',
    'supervision: { restarts: 10 }',
    'hub: { heartbeatMs: 250 }',
    `adversary: { id: ${fixture('asking')}, seen: ${join(root, `${name}.seen`)} }`,
    'services:',
    `  judge: { id: ${fixture('counting')} }`,
    '  jury: { id: external, deterministic: true }',
    '  tally: { id: external, deterministic: true, stateful: true, limits: { retries: 2 } }',
    'placement: { services: { jury: attach, tally: attach } }',
    'graders: [jury]',
  ])

interface Outcome {
  readonly [key: string]: Json
}

/** Says openly that each was graded, and seals a number and a word. */
const grade = ({ payload }: Ask): Answer => {
  const { outcomes } = payload as { readonly outcomes: readonly Outcome[] }
  const statistics = outcomes.map(({ slot, task, repeat }) => ({
    ...{ slot, task, repeat, extras: { graded: 1 } },
    sealed: { hidden_truth: 41.5, verdict: 'hidden_word' },
  }))
  return { payload: { statistics } }
}

async function play(name: string, kills: readonly number[]): Promise<string> {
  const out = join(root, name)
  const hub = join(out, 'hub.json')
  const tally = () => python('tests/counting_service.py', hub, 'tally')
  let counting = tally()
  const again = (): void => {
    counting.child.kill('SIGKILL')
    counting = tally()
  }
  const jury = attachService({
    endpoint: () => resolveTarget(hub, { env: {} }),
    ...{ name: 'jury', service: 'jury' },
    waiting: () => {},
    create: async () => ({ ask: async (request) => grade(request), close: async () => {} }),
  })
  const { code, stderr } = await jsonHere(
    ['run', config(name), '--out', out],
    inCyclesHere(kills, again),
  )
  expect(code, stderr).toBe(0)
  await jury
  expect(await counting.ended).toEqual(ENDED_WELL)
  return out
}

/** Relative paths of the files with `word` in them. */
const filesWith = (out: string, word: string): string[] =>
  (readdirSync(out, { recursive: true }) as string[]).filter((path) => {
    const file = join(out, path)
    return statSync(file).isFile() && readFileSync(file).includes(word)
  })

describe.skipIf(PYTHON === null)(`services of other processes ${NEEDS_PYTHON}`, () => {
  let calm = ''

  it('what a grader seals comes to metrics and journal, and to no other actor', async () => {
    calm = await play('calm', [])
    const rows = readFileSync(join(calm, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(rows).toHaveLength(CYCLES)
    expect(JSON.parse(rows[0])).toMatchObject({ 'sealed/jury/hidden_truth': 41.5 })
    expect(journalOf(calm).filter(({ kind }) => kind === 'sealed')).toHaveLength(CYCLES)
    const seen = readFileSync(join(root, 'calm.seen'), 'utf8')
    expect(seen).toContain('"graded":1')
    expect(seen).not.toContain('hidden')
    const elsewhere = /^(metrics\.jsonl|journal\.jsonl|report\.html|replies\/.*|tensorboard\/.*)$/
    expect(filesWith(calm, 'hidden_truth').filter((path) => !elsewhere.test(path))).toEqual([])
    expect(filesWith(calm, 'hidden_word')).toContain('journal.jsonl')
    expect(filesWith(calm, 'hidden_word')).not.toContain('metrics.jsonl')
  })

  it('the loss of one with state takes the run back to its cut, and changes no bit', async () => {
    const killed = await play('killed', [3])
    const back = journalOf(killed).filter(({ kind }) => kind === 'resumed')
    expect(back.map(({ cycle }) => cycle)).toEqual([2])
    for (const file of ['metrics.jsonl', 'cuts/4/state.json'])
      expect(readFileSync(join(killed, file), 'utf8').replaceAll('killed.seen', 'calm.seen')).toBe(
        readFileSync(join(calm, file), 'utf8'),
      )
  })
})
