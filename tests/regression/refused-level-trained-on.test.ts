import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agon, tinyConfig } from '../support/control.ts'

const FAULTY = fileURLToPath(new URL('../fixtures/toy/faulty.mjs', import.meta.url))

let folder = ''
let config = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-refused-'))
  config = tinyConfig(folder, 'faulty', ['budget: {cycles: 6}'])
})
afterAll(() => rmSync(folder, { recursive: true }))

const REASON =
  "the environment 'faulty' made a level that its own validate refuses: a level is 0 … 99"

it.each([
  ['drawn by domain randomisation', 'refused-later', 'adversary=dr', 'adversary', 'sample'],
  [
    'drawn in the middle of a rollout',
    'refused-in-rollout',
    'adversary=dr',
    'student/agent',
    'sample',
  ],
  ['drawn by PLR', 'refused-later', 'adversary={id: plr, capacity: 8}', 'adversary', 'sample'],
  [
    'edited by ACCEL',
    'refused-mutation',
    'adversary={id: accel, capacity: 8, minFill: 0.5, replayProbability: 1}',
    'adversary',
    "mutate (operator 'step-too-far')",
  ],
  [
    'of a suite',
    'refused-suite',
    'evaluation={suite: faulty/one, every: 1}',
    'evaluator',
    "suite 'faulty/one', entry 'bad'",
  ],
])(
  'a level that validate refuses, %s, ends the run by name',
  async (_, fault, set, actor, maker) => {
    const out = join(folder, `${fault}-${set.replace(/\W/g, '')}`)
    const sets = [`--set=env={id: ${FAULTY}, fault: ${fault}}`, `--set=${set}`]
    const { code, events } = await agon(['run', config, ...sets, '--out', out, '--json'])
    const error = events.at(-1) as { code: string; message: string; place: string; fields: unknown }
    expect(error).toMatchObject({ kind: 'error', code: 'level/refused', place: maker })
    expect(error.message).toContain(REASON)
    expect(error.fields).toMatchObject({ actor, environment: 'faulty', maker })
    expect(code).toBe(1)
  },
)
