import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { attachService } from '../../src/actors/roles/attach-role.ts'
import { resolveTarget } from '../../src/wire/index.ts'
import { agon, type Finished } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { start, tinyConfig, until } from '../support/control.ts'
import { exactFiles, journalOf } from '../support/run-files.ts'

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/services/${name}.mjs`, import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-services-'))
afterAll(() => rmSync(root, { recursive: true }))

const ASKING = `adversary: { id: ${fixture('asking')}, questions: 3 }`
const LIMITS = '{ concurrency: 2, deadlineSeconds: 20, retries: 2, calls: 500 }'
/** Of each service. */
const KEYS_A_CYCLE = 3
let made = 0

/** Three cycles of a small maze. */
function config(...lines: string[]): string {
  made += 1
  return tinyConfig(root, `config-${made}`, [
    'name: asked',
    'budget: { cycles: 3 }',
    'cuts: { every: 2 }',
    'supervision: { restarts: 10 }',
    ...lines,
  ])
}
const COUNTING = fixture('counting')
const TALLY = `tally: { id: ${COUNTING}, stateful: true, limits: ${LIMITS} }`
const services = (options: string): string =>
  `services: { judge: { id: ${COUNTING}, ${options} limits: ${LIMITS} }, ${TALLY} }`

const run = async (path: string, name: string): Promise<string> => {
  const out = join(root, name)
  const { code, stderr } = await jsonHere(['run', path, '--out', out])
  expect(code, stderr).toBe(0)
  return out
}
/** Without what tells one config from another. */
const exact = (out: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(exactFiles(out)).filter(
      ([name]) => !/^(config\.yaml|cuts\/\d+\/manifest\.json)$/.test(name),
    ),
  )
interface Reply {
  readonly kind: string
  readonly key: string
  readonly service: string
  readonly seconds: number
}
const repliesOf = (out: string): readonly Reply[] =>
  (journalOf(out) as unknown as readonly Reply[]).filter(({ kind }) => kind === 'reply')
const refused = ({ events }: Finished) => events.at(-1) as Record<string, string>

describe('a run with services', () => {
  let calm: Record<string, string>

  it('keeps every reply, counts what it cost, and has those with state in its cuts', async () => {
    const out = await run(config(ASKING, services('')), 'local')
    calm = exact(out)
    expect(readdirSync(join(out, 'replies')).length).toBeGreaterThan(5)
    const rows = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(JSON.parse(rows[2])).toMatchObject({
      'service/judge/calls': 3 * KEYS_A_CYCLE,
      'service/judge/tokens': 6 * KEYS_A_CYCLE,
      'service/judge/money': 0.75 * KEYS_A_CYCLE,
      'service/tally/calls': 3 * KEYS_A_CYCLE,
    })
    expect(readFileSync(join(out, 'cuts/3/state.json'), 'utf8')).toContain('service/tally')
  })

  it('comes to the same bits with them in a process, and with an outsider over the wire', async () => {
    const placed = config(ASKING, services(''), 'placement: { services: process }')
    expect(exact(await run(placed, 'process'))).toEqual(calm)

    const external = `judge: { id: external, deterministic: true, limits: ${LIMITS} }`
    const attached = config(
      ASKING,
      `services: { ${external}, ${TALLY} }`,
      'placement: { services: { judge: attach } }',
    )
    const hub = join(root, 'attach', 'hub.json')
    const { answer } = await import(COUNTING)
    const [there] = await Promise.all([
      run(attached, 'attach'),
      attachService({
        endpoint: () => resolveTarget(hub, { env: {} }),
        ...{ name: 'outside', service: 'judge', patienceMs: 60_000 },
        waiting: () => {},
        create: async ({ name, stateful }) => {
          expect({ name, stateful }).toEqual({ name: 'judge', stateful: false })
          return {
            ask: async ({ payload, attachments }) => ({
              payload: answer(payload),
              ...(attachments === undefined ? {} : { attachments }),
              cost: { tokens: 2, money: 0.25 },
            }),
            close: async () => {},
          }
        },
      }),
    ])
    expect(exact(there)).toEqual(calm)
  })

  it('asks, after it was killed, nothing that it had kept', async () => {
    const log = join(root, 'keys')
    const out = join(root, 'killed')
    const journal = join(out, 'journal.jsonl')
    const kept = (): string[] =>
      existsSync(journal)
        ? [
            ...readFileSync(journal, 'utf8').matchAll(
              /"kind":"reply".*?"key":"([^"]+)","service":"judge"/g,
            ),
          ].map(([, key]) => key)
        : []
    let child: ChildProcess | null = null
    const path = config(ASKING, services(`log: ${log}, ms: 60,`))
    const dying = agon(['run', path, '--out', out], (_, running) => {
      child = running
    })
    // In the middle of the third cycle's first phase: the cut is of the second.
    await until(() => kept().length > 2 * KEYS_A_CYCLE)
    child!.kill('SIGKILL')
    expect((await dying).signal).toBe('SIGKILL')
    const before = kept()
    expect(before.some((key) => key.startsWith('3/'))).toBe(true)
    const { code, stderr } = await jsonHere(['resume', out])
    expect(code, stderr).toBe(0)
    const asked = readFileSync(log, 'utf8').trim().split('\n')
    for (const key of before)
      expect(
        asked.filter((one) => one === key),
        key,
      ).toHaveLength(1)
    expect(new Set(kept()).size).toBe(3 * KEYS_A_CYCLE)
    expect(exact(out)).toEqual(calm)
  })

  it('asks nothing twice of what was on disk when the process died between the reply and its effect', async () => {
    const log = join(root, 'keys-at-reply')
    const dies = `dies: 3/before-2, mark: ${join(root, 'died')}`
    const path = config(ASKING.replace('questions', `${dies}, questions`), services(`log: ${log},`))
    const out = join(root, 'died-in-reply')
    expect((await agon(['run', path, '--out', out])).signal).toBe('SIGKILL')
    expect(repliesOf(out).map(({ key }) => key)).toContain('3/adversary/before-2')
    const { code, stderr } = await jsonHere(['resume', out])
    expect(code, stderr).toBe(0)
    const asked = readFileSync(log, 'utf8').trim().split('\n')
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted())
    expect(asked).toHaveLength(3 * KEYS_A_CYCLE)
    const seconds = repliesOf(out).flatMap((one) => (one.service === 'judge' ? [one.seconds] : []))
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
    expect(exact(out)).toEqual(calm)
  })

  it('comes to the same bits with one on a node', async () => {
    const placed = config(ASKING, services(''), 'placement: { services: { judge: node:edge } }')
    const hub = join(root, 'node', 'hub.json')
    const node = start(['node', '--join', hub, '--label', 'edge', '--patience', '60'])
    expect(exact(await run(placed, 'node'))).toEqual(calm)
    const { code, stderr } = await node.ended
    expect(code, stderr).toBe(0)
  })

  it('makes one without state anew whose thread has died, and does not go back for it', async () => {
    const dying = config(ASKING, services('dies: 4,'), 'placement: { services: { judge: thread } }')
    const lost = await run(dying, 'lost')
    expect(exact(lost)).toEqual(calm)
    expect(journalOf(lost).some(({ kind }) => kind === 'resumed')).toBe(false)
  })
})

it('runs the shipped example, whose adversary asks a scorer in TypeScript', async () => {
  const out = join(root, 'example')
  const path = fileURLToPath(new URL('../../examples/services/experiment.yaml', import.meta.url))
  const short = ['budget={cycles: 2}', 'evaluation.suite=random:2'].flatMap((set) => ['--set', set])
  const { code, stderr } = await jsonHere(['run', path, '--out', out, ...short])
  expect(code, stderr).toBe(0)
  const [, last] = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
  const row = JSON.parse(last)
  expect(row).toMatchObject({ 'service/scorer/calls': 2, 'service/scorer/tokens': 64 })
  // The best of four times as many levels as there are tasks: mazes with a way to the goal.
  expect(row['adversary/score_kept']).toBeGreaterThan(3)
})

it('ends for a service that the adversary asks and the config does not name, with the nearest name', async () => {
  const asking = `adversary: { id: ${fixture('asking')}, service: jugde }`
  const ended = await jsonHere([
    'run',
    config(asking, services('')),
    '--out',
    join(root, 'unknown'),
  ])
  expect(ended.code).toBe(1)
  expect(refused(ended)).toMatchObject({ code: 'service/unknown' })
  expect(refused(ended).remedy).toContain("did you mean 'judge'")
})
