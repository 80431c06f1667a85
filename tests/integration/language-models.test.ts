import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { start, tinyConfig, until } from '../support/control.ts'
import { type Fate, type OpenAIServer, startOpenAIServer } from '../support/openai-server.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'
import { exactFiles, journalOf } from '../support/run-files.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-models-'))
afterAll(() => rmSync(root, { recursive: true }))
let server: OpenAIServer
afterEach(() => server?.close())

const KEY = 'sk-planted-71c04b5a'
const PROMPTING = fileURLToPath(new URL('../fixtures/services/prompting.mjs', import.meta.url))
const QUESTIONS = 4
const CYCLES = 3
let made = 0

/** Three cycles of a small maze whose levels follow from what a model says. */
function config(target: string, ...lines: string[]): string {
  made += 1
  return tinyConfig(root, `config-${made}`, [
    'name: prompted',
    `adversary: { id: ${PROMPTING}, questions: ${QUESTIONS} }`,
    `services: { target: { id: language-model, provider: openai, model: loud, baseUrl: '${server.url}', ${target} } }`,
    `budget: { cycles: ${CYCLES} }`,
    'cuts: { every: 2 }',
    ...lines,
  ])
}

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())

it('leaves a key in no file, log or error, wherever it came from and whoever quotes it', async () => {
  const keyFile = join(root, 'key')
  writeFileSync(keyFile, `${KEY}\n`, { mode: 0o600 })
  const quoting = ({ headers }: { readonly headers: object }): string => JSON.stringify(headers)
  let fate: Fate = { kind: 'answer' }
  server = await startOpenAIServer({ fate: () => fate, answer: quoting })
  const sources = ['apiKeyEnv: PLANTED_KEY', `apiKeyFile: ${keyFile}`]
  const said: string[] = []
  const outs: string[] = []
  const run = async (source: string, code: number): Promise<void> => {
    const out = join(root, `planted-${outs.length}`)
    outs.push(out)
    const env = { PLANTED_KEY: KEY, AGON_DEBUG: '1' }
    const args = ['run', config(`${source}, record: ${out}.jsonl`), '--out', out, '--json']
    const ended = await start(args, env).ended
    expect(ended.code, ended.stderr).toBe(code)
    said.push(ended.stdout, ended.stderr)
  }
  await run(sources[0], 0)
  await run(sources[1], 0)
  fate = { kind: 'status', status: 401, error: { message: `wrong key: ${KEY}` } }
  await run(sources[0], 1)
  expect(server.asked.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true)
  // What was heard is there, without the key.
  expect(said.join()).toContain('wrong key: [key]')
  expect(readFileSync(`${outs[0]}.jsonl`, 'utf8')).toContain('Bearer [key]')
  for (const out of outs) {
    const files = filesUnder(out)
    expect(files.some((path) => /replies/.test(path)) || out === outs[2]).toBe(true)
    for (const path of files) expect(readFileSync(path).includes(KEY), path).toBe(false)
  }
  for (const text of said) expect(text).not.toContain(KEY)
})

it.skipIf(PYTHON === null)(
  `hears a program in Python in the place of a model, the same twice ${NEEDS_PYTHON}`,
  async () => {
    const sums: unknown[] = []
    for (const name of ['first', 'second']) {
      const out = join(root, `python-${name}`)
      const path = tinyConfig(root, `python-${name}`, [
        `adversary: { id: ${PROMPTING}, questions: ${QUESTIONS} }`,
        'services: { target: { id: external, deterministic: true } }',
        'placement: { services: { target: attach } }',
        'budget: { cycles: 2 }',
      ])
      const model = python('examples/model.py', join(out, 'hub.json'))
      const { code, stderr } = await jsonHere(['run', path, '--out', out])
      expect(code, stderr).toBe(0)
      expect(await model.ended).toEqual(ENDED_WELL)
      const rows = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
      const last = JSON.parse(rows[1])
      expect(last['service/target/calls']).toBe(2 * QUESTIONS)
      expect(last['service/target/tokens']).toBeGreaterThan(2 * QUESTIONS * 3)
      sums.push(last['adversary/sum'])
    }
    expect(sums[0]).toBeGreaterThan(0)
    expect(sums[1]).toBe(sums[0])
  },
)

it('pays, after a kill between two calls, for no answer twice, and a cap ends it whole', async () => {
  server = await startOpenAIServer({ fate: () => ({ kind: 'drip', ms: 15 }) })
  const exact = (out: string) =>
    Object.fromEntries(
      Object.entries(exactFiles(out)).filter(([name]) => !/config\.yaml|manifest/.test(name)),
    )
  const target = 'deterministic: true, price: { input: 1 }, limits: { concurrency: 1'
  const whole = join(root, 'whole')
  const calm = await jsonHere(['run', config(`${target} }`), '--out', whole])
  expect(calm.code, calm.stderr).toBe(0)
  expect(server.charged.calls).toBe(CYCLES * QUESTIONS)
  server.asked.length = 0

  const out = join(root, 'killed')
  const capped = config(`${target}, calls: ${2 * QUESTIONS + 2} }`)
  const running = start(['run', capped, '--out', out])
  await until(() => server.asked.length > QUESTIONS + 1)
  running.child.kill('SIGKILL')
  await running.ended
  const contents = () => server.asked.map(({ body }) => body.messages[0].content)
  const kept = journalOf(out).filter(({ kind }) => kind === 'reply').length
  expect(kept).toBeGreaterThanOrEqual(QUESTIONS)

  const limited = await jsonHere(['resume', out])
  expect(limited.code, limited.stderr).toBe(0)
  expect(limited.events.at(-1)?.result).toMatchObject({
    ...{ status: 'finished', spent: { cycles: 2 } },
    limited: { code: 'service/cap', fields: { cap: 'calls', service: 'target' } },
  })
  const manifest = () => JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
  expect(manifest()).toMatchObject({ status: 'finished', limited: { code: 'service/cap' } })

  const raise = ['--set', 'services.target.limits.calls=1000']
  const raised = await jsonHere(['resume', out, ...raise])
  expect(raised.code, raised.stderr).toBe(0)
  expect(manifest()).not.toHaveProperty('limited')
  // The one that was in flight at the kill may have been asked again, and no other.
  const again = contents().length - new Set(contents()).size
  expect(again).toBeLessThanOrEqual(1)
  expect(new Set(contents()).size).toBe(CYCLES * QUESTIONS)
  expect(exact(out)).toEqual(exact(whole))
})
