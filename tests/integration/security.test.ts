import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RandomStream, stream } from 'agon/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ACTORS,
  agon,
  dial,
  ENVIRONMENTS,
  type Endpoint,
  EXPERIMENTS,
} from '../../src/wire/index.ts'
import {
  agon as command,
  published,
  type Started,
  start,
  tinyConfig,
  until,
} from '../support/control.ts'
import { attachOutsider, OUTSIDE } from '../support/outside-student.ts'
import { type Outcome, prefix, rawClient, rudeConnection } from '../support/raw-stream.ts'
import { ENVELOPES, HELLO, mutant } from './mutate-envelope.ts'

// Each test is a row of the table in docs/security.md.

const { Kind, Role } = agon.v1
const ATTACH = ACTORS.methods.attach.path
const JOIN = ACTORS.methods.join.path
const STEP = ENVIRONMENTS.methods.step.path
const MB = 2 ** 20

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-security-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const started: Started[] = []
function begin(...args: Parameters<typeof start>): Started {
  const one = start(...args)
  started.push(one)
  return one
}
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})

function config(name: string, lines: readonly string[]): string {
  const path = join(folder, `${name}.yaml`)
  writeFileSync(path, `${[...OUTSIDE, ...lines].join('\n')}\n`)
  return path
}

interface Waiting {
  readonly directory: string
  readonly address: string
  readonly token: string
  readonly run: Started
  /** A student attaches, and the run is to end as if nobody else had ever come. */
  completes(): Promise<void>
}

/** A run that waits for a student from outside. */
async function waitingRun(name: string, hub = 'hub: {maxMessageMb: 1}'): Promise<Waiting> {
  const directory = join(folder, name)
  const file = config(name, [
    'placement: {student: attach}',
    'budget: {cycles: 3}',
    'cuts: {every: 1}',
    'supervision: {restarts: 1000000, windowSeconds: 1}',
    hub,
  ])
  const run = begin(['run', file, '--out', directory, '--json'])
  const { address, token } = await published(directory)
  return {
    ...{ directory, address, token, run },
    async completes() {
      await attachOutsider(plain(address, token))
      const { code, stderr } = await run.ended
      expect({ code, stderr: stderr.replace(/^warning.*\n/gm, '') }).toMatchObject({ code: 0 })
      expect(
        readFileSync(join(directory, 'metrics.jsonl'), 'utf8').trim().split('\n'),
      ).toHaveLength(3)
    },
  }
}

const plain = (address: string, token?: string): Endpoint => ({
  address,
  security: { kind: 'plain' },
  ...(token === undefined ? {} : { token }),
})

/** What Get says at an endpoint: the status of the run, or the code of the refusal. */
async function knock(endpoint: Endpoint): Promise<string> {
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

const helloOf = (hello: agon.v1.Hello.$Properties): Uint8Array =>
  agon.v1.Frame.encode({
    kind: Kind.KIND_HELLO,
    body: agon.v1.Hello.encode({ versions: [1], role: Role.ROLE_STUDENT, ...hello }).finish(),
  }).finish()

/** The code with which a call ended, or that it was answered with. */
const codeOf = ({ status, details }: Pick<Outcome, 'status' | 'details'>): string =>
  status === 0 ? 'ok' : (/^[a-z]+\/[a-z-]+(?=: )/.exec(details)?.[0] ?? `unnamed: ${details}`)

async function say(waiting: Waiting, path: string, bytes: Uint8Array): Promise<Outcome> {
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
function residentOf(run: Started): number {
  const status = readFileSync(`/proc/${run.child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
}

const linuxOnly = it.skipIf(process.platform !== 'linux')

describe('who may come', () => {
  it('no token, a wrong token, the token of a run that is over', async () => {
    const first = await waitingRun('over')
    const refused = async (token?: string) => {
      const { address } = first
      const client = rawClient(address, token ?? null)
      const codes = [await knock(plain(address, token))]
      for (const path of [ATTACH, JOIN, STEP]) codes.push(codeOf(await client.open(path).outcome))
      client.close()
      return [...new Set(codes)]
    }
    expect(await refused()).toEqual(['wire/token'])
    expect(await refused(`${first.token}x`)).toEqual(['wire/token'])
    expect(await refused('')).toEqual(['wire/token'])
    await first.completes()
    expect(readdirSync(first.directory).filter((name) => name.startsWith('hub.'))).toEqual([])
    expect(await knock(plain(first.address, first.token))).toBe('wire/unavailable')
    const second = await waitingRun('next')
    expect(await knock(plain(second.address, first.token))).toBe('wire/token')
    expect(await knock(plain(second.address, second.token))).toBe('running')
  })

  it('a plain client at the TLS port, an unknown authority, no certificate under mutual TLS', async () => {
    const [own, other] = [join(folder, 'tls'), join(folder, 'other-tls')]
    for (const at of [own, other])
      expect((await command(['authority', at, '--host', '127.0.0.1'])).code).toBe(0)
    const pem = (at: string, name: string): string => readFileSync(join(at, name), 'utf8')
    const tls = `{certificate: ${own}/server.pem, key: ${own}/server.key, authority: ${own}/authority.pem, clientAuthority: ${own}/authority.pem}`
    const { address, token } = await waitingRun('mutual', `hub: {tls: ${tls}}`)
    const shown = (at: string) => ({
      certificate: pem(at, 'client.pem'),
      key: pem(at, 'client.key'),
    })
    const over = (security: object): Endpoint =>
      ({ address, token, security: { kind: 'tls', ...security } }) as Endpoint
    const authority = pem(own, 'authority.pem')
    expect(await knock(plain(address, token))).toBe('wire/unavailable')
    expect(await knock(over({ authority: pem(other, 'authority.pem'), ...shown(own) }))).toBe(
      'wire/unavailable',
    )
    expect(await knock(over({ authority }))).toBe('wire/unavailable')
    expect(await knock(over({ authority, ...shown(other) }))).toBe('wire/unavailable')
    expect(await knock({ ...over({ authority, ...shown(own) }), token: 'another' })).toBe(
      'wire/token',
    )
    expect(await knock(over({ authority, ...shown(own) }))).toBe('running')
  })
})

describe('what may come', () => {
  it('a message that is too long, for the run or for gRPC', async () => {
    const waiting = await waitingRun('oversize')
    const frame = (bytes: number) =>
      agon.v1.Frame.encode({
        sequence: 1,
        kind: Kind.KIND_READY,
        body: new Uint8Array(bytes),
      }).finish()
    const client = rawClient(waiting.address, waiting.token)
    const call = client.open(ATTACH)
    call.write(helloOf({}))
    call.write(frame(MB + 1))
    expect(codeOf(await call.outcome)).toBe('wire/oversize')
    for (const path of [ATTACH, JOIN, STEP]) {
      const long = client.open(path)
      long.write(Buffer.alloc(3 * MB))
      const { status, details } = await long.outcome
      expect({ status, details }).toEqual({
        status: 8,
        details: expect.stringMatching(/larger than max/),
      })
    }
    client.close()
    await waiting.completes()
  })

  linuxOnly('50 000 mutated envelopes', async () => {
    const waiting = await waitingRun('garbage', 'hub: {maxMessageMb: 1, resumeSeconds: 0}')
    const random = stream(17, 'security', 'envelopes')
    const client = rawClient(waiting.address, waiting.token)
    const before = residentOf(waiting.run)
    const codes = new Map<string, number>()
    let envelopes = 0
    let streams = 0
    const lane = async (): Promise<void> => {
      while (envelopes < 50_000 && waiting.run.child.exitCode === null) {
        streams += 1
        const path = random.uniform() < 0.8 ? ATTACH : random.uniform() < 0.5 ? JOIN : STEP
        const call = client.open(path)
        for (const bytes of conversation(random)) {
          if (call.over) break
          call.write(bytes)
          envelopes += 1
          if (random.uniform() < 0.1) await new Promise((resolve) => setTimeout(resolve, 1))
        }
        call.end()
        const outcome = await call.outcome
        const code = codeOf(outcome)
        // Heard to its end: then it has been answered.
        const told = code === 'ok' && outcome.answers.length === 0 ? `unanswered ${path}` : code
        codes.set(told, (codes.get(told) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: 16 }, lane))
    client.close()
    const names = [...codes.keys()].sort()
    console.log(`${envelopes} envelopes on ${streams} streams: ${JSON.stringify([...codes])}`)
    if (waiting.run.child.exitCode !== null)
      throw new Error(`the hub is gone: ${(await waiting.run.ended).stderr}`)
    expect(names.filter((name) => name.startsWith('un'))).toEqual([])
    expect(residentOf(waiting.run) - before).toBeLessThan(250 * MB)
    await waiting.completes()
  })

  it('bytes that are no HTTP/2', async () => {
    const waiting = await waitingRun('noise')
    const port = Number(waiting.address.split(':').at(-1))
    const random = stream(3, 'security', 'noise')
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    for (let n = 0; n < 300; n++) {
      const noise = Buffer.from(Array.from({ length: 200 }, () => random.integer(256)))
      const socket = createConnection(port, '127.0.0.1')
      const closed = new Promise((resolve) => socket.on('close', resolve))
      socket.on('error', () => {})
      socket.resume()
      socket.end(
        n % 3 === 0
          ? noise
          : n % 3 === 1
            ? Buffer.concat([preface, noise])
            : 'GET / HTTP/1.1\r\n\r\n',
      )
      await closed
    }
    await waiting.completes()
  })
})

/** A hello, sound or not, and then what an actor says, most of it wrong. */
function* conversation(random: RandomStream): Iterable<Buffer> {
  yield random.uniform() < 0.7 ? HELLO : mutant(random, HELLO)
  const length = random.integer(20)
  for (let n = 0; n < length; n++) {
    const sound = ENVELOPES[Math.min(n, random.integer(ENVELOPES.length))]
    yield random.uniform() < 0.2 ? sound : mutant(random, sound)
  }
}

describe('names', () => {
  const TRICKS = ['../../x', '/etc/x', 'a\0b', 'a\nb', '\u001b[2J', 'x'.repeat(100_000)]

  it('with paths, control characters, or without end lead nowhere', async () => {
    const waiting = await waitingRun('names')
    const seen = readdirSync(folder).sort()
    const codes = new Set<string>()
    const connection = dial(plain(waiting.address, waiting.token))
    for (const trick of TRICKS) {
      for (const hello of [{ slot: trick }, { session: trick }, { ticket: trick }])
        codes.add(codeOf(await say(waiting, ATTACH, helloOf(hello))))
      const described = connection.unary(ENVIRONMENTS.methods.describe, { environment: trick })
      codes.add(
        await described.then(
          () => 'ok',
          ({ code }) => code,
        ),
      )
    }
    connection.close()
    expect([...codes].sort()).toEqual(
      expect.arrayContaining(['attach/slot', 'attach/ticket', 'wire/hello', 'wire/session']),
    )
    expect([...codes].filter((code) => code === 'ok' || code.startsWith('unnamed'))).toEqual([])
    for (const name of TRICKS.slice(2))
      expect(codeOf(await say(waiting, ATTACH, helloOf({ name })))).toBe('wire/hello')
    for (const trick of TRICKS.slice(2)) {
      const offer = { versions: [1], places: 1, label: trick, agon: '0' }
      const { answers } = await say(waiting, JOIN, agon.v1.NodeReport.encode({ offer }).finish())
      expect(agon.v1.NodeOrder.decode(answers[0]).refused?.code).toBe('wire/hello')
    }
    await waiting.completes()
    expect(readdirSync(folder).sort()).toEqual(seen)
    expect(readFileSync(join(waiting.directory, 'journal.jsonl'), 'utf8')).not.toContain('etc/x')
  })

  it('of runs that are launched stay in their folder', async () => {
    const root = join(folder, 'root', 'runs')
    mkdirSync(root, { recursive: true })
    begin(['hub', '--root', root])
    const { address, token } = await published(root)
    const text = readFileSync(tinyConfig(folder, 'tiny', ['budget: {cycles: 1}']), 'utf8')
    const connection = dial(plain(address, token))
    const before = readdirSync(root).sort()
    for (const name of [...TRICKS, '.', '..', 'hub.json', 'a/b', 'a\\b'])
      await expect(
        connection.unary(EXPERIMENTS.methods.launch, { config: text, name }),
        JSON.stringify(name.slice(0, 20)),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^(run|control|usage)\//) })
    connection.close()
    expect(readdirSync(root).sort()).toEqual(before)
    expect(readdirSync(join(folder, 'root'))).toEqual(['runs'])
  })
})

describe('who says nothing', () => {
  linuxOnly('a client that never reads', async () => {
    const waiting = await waitingRun(
      'deaf',
      'hub: {heartbeatMs: 200, resumeSeconds: 0.5, maxMessageMb: 1}',
    )
    const before = residentOf(waiting.run)
    const rude = rudeConnection(waiting.address, waiting.token, 0)
    const hello = helloOf({ name: 'deaf' })
    for (let n = 0; n < 50; n++) {
      const { stream: deaf } = rude.open(ATTACH)
      deaf.write(Buffer.concat([prefix(hello.length), hello]))
    }
    // One of them has the student's place, and is given up for its silence.
    const journal = join(waiting.directory, 'journal.jsonl')
    await until(() => existsSync(journal) && readFileSync(journal, 'utf8').includes('lost'))
    expect(residentOf(waiting.run) - before).toBeLessThan(100 * MB)
    rude.close()
    await waiting.completes()
  })

  it('streams by the hundred without a hello, and a hello that never ends', async () => {
    const waiting = await waitingRun('silent')
    const rude = rudeConnection(waiting.address, waiting.token)
    const silent = Array.from({ length: 300 }, () => rude.open(ATTACH))
    const slow = rude.open(ATTACH)
    const hello = helloOf({})
    const drip = Buffer.concat([prefix(hello.length), hello])
    let dripped = 0
    const drops = setInterval(() => {
      if (dripped < drip.length - 1) slow.stream.write(drip.subarray(dripped, ++dripped))
    }, 1000)
    const told = await Promise.all(silent.map(({ trailers }) => trailers))
    const codes = told.map((each) =>
      codeOf({ status: Number(each?.status), details: each?.message ?? '' }),
    )
    const overloaded = codes.filter((code) => code === 'wire/overloaded').length
    expect(overloaded).toBeGreaterThanOrEqual(300 - 128)
    expect(codes.filter((code) => code === 'wire/hello')).toHaveLength(300 - overloaded)
    expect((await slow.trailers)?.message).toMatch(/^wire\/hello: no hello came/)
    clearInterval(drops)
    rude.close()
    await waiting.completes()
  })

  it('a client that says hello and nothing else', async () => {
    const waiting = await waitingRun('mute', 'hub: {heartbeatMs: 200, resumeSeconds: 0.5}')
    const { status, details } = await say(waiting, ATTACH, helloOf({ name: 'mute' }))
    expect(codeOf({ status, details })).toBe('wire/silent')
    await waiting.completes()
  })
})

describe('secrets', () => {
  linuxOnly('are in no file, log, journal, command line or child', async () => {
    const [token, secret] = ['a-token-that-is-easy-to-find', 'an-environment-value-to-find']
    const directory = join(folder, 'secrets')
    const path = tinyConfig(folder, 'secrets', [
      'placement: {student: process, adversary: node:here}',
      'budget: {cycles: 8}',
      'cuts: {every: 1}',
    ])
    const env = { AGON_TOKEN: token, SECRET: secret }
    const run = begin(['run', path, '--out', directory, '--json'], env)
    await published(directory)
    const node = begin(['node', '--join', join(directory, 'hub.json'), '--label', 'here'], env)
    const lines: string[] = []
    const childEnvironments: string[] = []
    let over = false
    void run.ended.then(() => {
      over = true
    })
    while (!over) {
      const own = [run.child.pid, node.child.pid] as number[]
      for (const pid of processesBelow(own)) {
        const line = proc(pid, 'cmdline')
        lines.push(line)
        // Before it runs its own program a child is a copy of its parent.
        if (!own.includes(pid) && line.includes('process student'))
          childEnvironments.push(proc(pid, 'environ'))
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const { code, stdout, stderr } = await run.ended
    expect(code).toBe(0)
    expect(childEnvironments.length).toBeGreaterThan(0)
    const texts = { lines: lines.join('\n'), child: childEnvironments.join('\n'), stdout, stderr }
    for (const [what, text] of Object.entries(texts)) {
      expect(text, what).not.toContain(token)
      expect(text, what).not.toContain(secret)
    }
    expect(texts.child).not.toContain('AGON_TOKEN')
    for (const name of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue
      const bytes = readFileSync(join(name.parentPath, name.name))
      for (const hidden of [token, secret]) expect(bytes.includes(hidden), name.name).toBe(false)
    }
  })
})

function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** These processes and their children. */
function processesBelow(roots: readonly number[]): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => roots.includes(Number(/^PPid:\s+(\d+)/m.exec(proc(pid, 'status'))?.[1])))
  return [...roots, ...children]
}
