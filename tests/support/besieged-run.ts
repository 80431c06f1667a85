import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { agon, dial, type Endpoint, EXPERIMENTS } from '../../src/wire/index.ts'
import { published, type Started, start } from './control.ts'
import { attachOutsider, OUTSIDE } from './outside-student.ts'
import { type Outcome, rawClient } from './raw-stream.ts'

const { Kind, Role } = agon.v1

export interface Besieged {
  readonly directory: string
  readonly address: string
  readonly token: string
  readonly run: Started
  /** A student attaches, and the run is to end as if nobody else had ever come. */
  completes(): Promise<void>
}

/** A folder for the tests of one file, and processes that end with each of them. */
export interface Siege {
  readonly folder: () => string
  readonly begin: typeof start
  /** A run that waits for a student from outside. */
  run(name: string, hub?: string): Promise<Besieged>
}

export function siege(): Siege {
  let folder = ''
  const started: Started[] = []
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agon-security-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  afterEach(async () => {
    for (const { child, ended } of started.splice(0)) {
      child.kill('SIGKILL')
      await ended
    }
  })
  const begin: typeof start = (...args) => {
    const one = start(...args)
    started.push(one)
    return one
  }
  return {
    folder: () => folder,
    begin,
    async run(name, hub = 'hub: {maxMessageMb: 1}') {
      const directory = join(folder, name)
      const lines = [
        'placement: {student: attach}',
        'budget: {cycles: 3}',
        'cuts: {every: 1}',
        'supervision: {restarts: 1000000, windowSeconds: 1}',
        hub,
      ]
      const file = join(folder, `${name}.yaml`)
      writeFileSync(file, `${[...OUTSIDE, ...lines].join('\n')}\n`)
      const run = begin(['run', file, '--out', directory, '--json'])
      const { address, token } = await published(directory)
      const completes = async (): Promise<void> => {
        await attachOutsider(plain(address, token))
        const { code, stderr } = await run.ended
        expect({ code, stderr: stderr.replace(/^warning.*\n/gm, '') }).toMatchObject({ code: 0 })
        const rows = readFileSync(join(directory, 'metrics.jsonl'), 'utf8').trim().split('\n')
        expect(rows).toHaveLength(3)
      }
      return { directory, address, token, run, completes }
    },
  }
}

export const plain = (address: string, token?: string): Endpoint => ({
  address,
  security: { kind: 'plain' },
  ...(token === undefined ? {} : { token }),
})

/** What Get says at an endpoint: the status of the run, or the code of the refusal. */
export async function knock(endpoint: Endpoint): Promise<string> {
  const connection = dial(endpoint)
  try {
    const run = await connection.unary(EXPERIMENTS.methods.get, {}, { deadlineMs: 10_000 })
    return run.status
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    connection.close()
  }
}

/** An encoded frame of hello, of a student unless it says otherwise. */
export const helloOf = (hello: agon.v1.Hello.$Properties): Uint8Array =>
  agon.v1.Frame.encode({
    kind: Kind.KIND_HELLO,
    body: agon.v1.Hello.encode({ versions: [1], role: Role.ROLE_STUDENT, ...hello }).finish(),
  }).finish()

/** The code with which a call ended, or that it was answered with. */
export const codeOf = ({ status, details }: Pick<Outcome, 'status' | 'details'>): string =>
  status === 0 ? 'ok' : (/^[a-z]+\/[a-z-]+(?=: )/.exec(details)?.[0] ?? `unnamed: ${details}`)

/** One message on a call, and how it ends. */
export async function say(waiting: Besieged, path: string, bytes: Uint8Array): Promise<Outcome> {
  const client = rawClient(waiting.address, waiting.token)
  const call = client.open(path)
  call.write(bytes)
  try {
    return await call.outcome
  } finally {
    client.close()
  }
}

/** Resident memory of a process, in bytes. */
export function residentOf(run: Started): number {
  const status = readFileSync(`/proc/${run.child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
}

/** Memory and processes are looked up where Linux has them. */
export const linuxOnly = it.skipIf(process.platform !== 'linux')
