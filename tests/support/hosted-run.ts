import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { jsonHere } from './command-here.ts'
import { PYTHON } from './python.ts'
import { type RealProcess, realProcess, until } from './real-process.ts'

const CLIENT = fileURLToPath(new URL('../../clients/python/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-hosted-'))
afterAll(() => rmSync(root, { recursive: true }))
let hosts = 0

/**
 * What follows the source of a test's environment; `OPTIONS` is the source's own, where it has one. Workers that are spawned import
 * the file, and do not serve.
 */
const SERVE = `
if __name__ == "__main__":
    import agon_client as _agon
    _end = _agon.told_to_end()
    with _agon.serve_environment(make, **{"id": "hosted", "rendezvous": "env.json", **globals().get("OPTIONS", {})}):
        _end.wait()
`

export interface Host {
  /** Where its file and rendezvous are, and configs and runs may be. */
  readonly folder: string
  readonly rendezvous: string
  /** What it said, and what ends it; it goes with the test file in any case. */
  readonly process: RealProcess
  /** Ends it. Resolves with its exit code and what it said on standard error. */
  close(): Promise<{ readonly code: number | null; readonly stderr: string }>
}

/**
 * Hosts the environment that Python source makes: it defines `make`, and perhaps `OPTIONS` for `serve_environment`.
 * @param python `REAL_PYTHON` where the source imports more than numpy
 * @throws Error with what it said where it ends before it listens
 */
export async function host(
  source: string,
  python = PYTHON,
  env: NodeJS.ProcessEnv = {},
): Promise<Host> {
  const folder = join(root, `${++hosts}`)
  mkdirSync(folder)
  const file = join(folder, 'env.py')
  writeFileSync(file, source + SERVE)
  const process_ = realProcess(python ?? 'python3', [file], {
    cwd: folder,
    env: { ...process.env, PYTHONPATH: CLIENT, PYTHONDONTWRITEBYTECODE: '1', ...env },
  })
  const rendezvous = join(folder, 'env.json')
  await until('it listened', () => existsSync(rendezvous), process_)
  return {
    folder,
    rendezvous,
    process: process_,
    async close() {
      process_.child.kill('SIGTERM')
      const { code, stderr } = await process_.ended
      return { code, stderr }
    },
  }
}

export interface HostedRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly events: readonly Record<string, unknown>[]
  /** The error that ended it, or undefined. */
  readonly error: { readonly code: string; readonly message: string } | undefined
  /** The run's folder. */
  readonly out: string
}

/** A tiny run in a hosted environment: domain randomisation and two cycles, unless `lines` say otherwise. */
export async function runHosted(
  { folder, rendezvous }: Host,
  lines: readonly string[] = [],
  args: readonly string[] = [],
): Promise<HostedRun> {
  const all = new Map(
    [
      `env: {remote: ${rendezvous}, timeoutSeconds: 30}`,
      'adversary: dr',
      'student: {id: ppo, rollout: {envs: 2, steps: 16}, network: {core: none, hidden: 16}, ppo: {epochs: 1}}',
      "evaluation: {suite: 'random:2', every: 0}",
      'budget: {cycles: 2}',
      'workers: 1',
      ...lines,
    ].map((line) => [line.slice(0, line.indexOf(':')), line]),
  )
  const config = join(folder, 'config.yaml')
  writeFileSync(config, `${[...all.values()].join('\n')}\n`)
  const out = join(folder, 'run')
  rmSync(out, { recursive: true, force: true })
  const ended = await jsonHere(['run', config, '--out', out, ...args])
  const error = ended.events.find(({ kind }) => kind === 'error')
  return { ...ended, error: error as HostedRun['error'], out }
}
