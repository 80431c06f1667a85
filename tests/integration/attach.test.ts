import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { exactFiles, journalOf } from '../support/run-files.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const CONFIG = join(repository, 'examples/attach/experiment.yaml')
const ROLES = ['student', 'adversary', 'evaluator'] as const
const root = mkdtempSync(join(tmpdir(), 'agon-attach-'))
const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(root, { recursive: true })
})

interface Actor {
  readonly child: ChildProcess
  readonly code: Promise<number | null>
  said(): string
}

/** Starts one of the examples as its README says. */
function attach(role: (typeof ROLES)[number], hub: string): Actor {
  const jiti = join(repository, 'node_modules/jiti/lib/jiti-cli.mjs')
  const child = spawn(process.execPath, [jiti, `examples/attach/${role}.ts`, hub], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  started.push(child)
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return { child, code, said: () => said }
}

/** A whole run with three attached actors. `onCut` is called after each cut with the run's number of cuts. */
async function play(name: string, onCut: (cuts: number, actors: Actor[], hub: string) => void) {
  const out = join(root, name)
  const hub = join(out, 'hub.json')
  const actors = ROLES.map((role) => attach(role, hub))
  let cuts = 0
  const { code, stderr, events } = await jsonHere(['run', CONFIG, '--out', out], (event) => {
    if (event.kind === 'cut') onCut(++cuts, actors, hub)
  })
  expect(code, stderr).toBe(0)
  expect(events.at(-1)).toMatchObject({ kind: 'finished', result: { status: 'finished' } })
  for (const actor of actors) expect(await actor.code, actor.said()).toBe(0)
  const { 'config.yaml': _, ...files } = exactFiles(out)
  return { files, journal: journalOf(out) }
}

it('plays a run with student, adversary and evaluator of other processes, and loses no bit with one that is killed', async () => {
  const calm = await play('calm', () => {})
  expect(Object.keys(calm.files)).toEqual(expect.arrayContaining(['metrics.jsonl', 'policy.onnx']))
  expect(calm.journal.some(({ kind }) => kind === 'inexact')).toBe(false)
  const stormy = await play('stormy', (cuts, actors, hub) => {
    if (cuts !== 1) return
    actors[0].child.kill('SIGKILL')
    actors[0] = attach('student', hub)
  })
  expect(stormy.journal.some(({ epoch }) => epoch > 1)).toBe(true)
  expect(stormy.files).toEqual(calm.files)
})
