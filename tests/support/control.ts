import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../dist/cli/agon.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  /** The JSON objects of standard output. */
  readonly events: readonly Record<string, unknown>[]
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  /** Whether it has said anything on standard output. */
  readonly heard: () => boolean
  readonly ended: Promise<Ended>
}

/** The built binary as a process of its own, with nothing in its environment but what is given. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, events: objectsOf(stdout), stdout, stderr }))
  })
  return { child, heard: () => stdout !== '', ended }
}

export const agon = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => start(args, env).ended

export const objectsOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line))

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Resolves once a run or a folder can be found. */
export async function published(folder: string): Promise<{ address: string; token: string }> {
  const file = join(folder, 'hub.json')
  await until(() => existsSync(file))
  const { address } = JSON.parse(readFileSync(file, 'utf8'))
  return { address, token: readFileSync(join(folder, 'hub.token'), 'utf8').trim() }
}

/** A run of the smallest size that still has every part. */
export function tinyConfig(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, `${name}.yaml`)
  const parts = [
    'env: {id: maze, height: 5, width: 5, nWalls: 6, maxSteps: 40}',
    ...(lines.some((line) => line.startsWith('adversary:')) ? [] : ['adversary: plr']),
    'student: {id: ppo, rollout: {envs: 4, steps: 16}, network: {hidden: 16}, ppo: {epochs: 1}}',
    'evaluation: {suite: random:2, every: 0}',
    'workers: 1',
    ...lines,
  ]
  writeFileSync(path, `${parts.join('\n')}\n`)
  return path
}
