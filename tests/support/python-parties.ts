import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect } from 'vitest'
import { agon } from './command.ts'
import { python } from './python.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-python-parties-'))
afterAll(() => rmSync(root, { recursive: true }))
let runs = 0

export interface Broken {
  readonly code: number | null
  readonly stderr: string
  /** The error that ended the run, with all its details. */
  readonly error: { readonly code: string; readonly message: string }
  /** What the Python process said on standard error, and how it ended. */
  readonly party: { readonly code: number | null; readonly stderr: string }
}

/**
 * A run of the built-in student in an environment of `tests/odd_environment.py`, which breaks.
 * @param parts of its config, instead of what stands there otherwise
 */
export async function runInOdd(
  kind: string,
  parts: Readonly<Record<string, string>> = {},
): Promise<Broken> {
  const folder = join(root, `${++runs}`)
  const config = configOf(folder, {
    env: `{ remote: env.json, timeoutSeconds: 30 }`,
    student: `{ id: ppo, network: { hidden: 16 }, rollout: { envs: 4, steps: 16 }, ppo: { epochs: 1 } }`,
    ...parts,
  })
  const rendezvous = join(folder, 'env.json')
  const host = python('tests/odd_environment.py', kind, rendezvous)
  while (!existsSync(rendezvous)) {
    expect(host.child.exitCode).toBeNull()
    await sleep(50)
  }
  const { code, stderr, events } = await agon(['run', config, '--out', join(folder, 'run')])
  host.child.kill('SIGTERM')
  return { code, stderr, error: errorOf(events), party: await host.ended }
}

/** A run with a student of `tests/odd_student.py`. */
export async function runWithOdd(way: string): Promise<Broken> {
  const folder = join(root, `${++runs}`)
  const config = configOf(folder, {
    env: '{ id: maze, height: 5, width: 5, nWalls: 4, maxSteps: 20 }',
    student: '{ id: external, tasks: 4, discount: 0.97 }',
    placement: '{ student: attach }',
    hub: '{ attachSeconds: 100, heartbeatMs: 1000, missedHeartbeats: 30 }',
  })
  const out = join(folder, 'run')
  const student = python('tests/odd_student.py', way, join(out, 'hub.json'))
  const { code, stderr, events } = await agon(['run', config, '--out', out])
  return { code, stderr, error: errorOf(events), party: await student.ended }
}

function configOf(folder: string, parts: Readonly<Record<string, string>>): string {
  const all = {
    adversary: '{ id: plr, capacity: 16 }',
    evaluation: "{ suite: 'random:2', every: 0 }",
    budget: '{ cycles: 2 }',
    workers: '1',
    ...parts,
  }
  const path = join(folder, 'config.yaml')
  mkdirSync(folder)
  writeFileSync(
    path,
    Object.entries(all)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(''),
  )
  return path
}

function errorOf(events: readonly Record<string, unknown>[]): Broken['error'] {
  return events.find(({ kind }) => kind === 'error') as unknown as Broken['error']
}
