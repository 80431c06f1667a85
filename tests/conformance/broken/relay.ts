import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  ACTORS,
  type agon,
  type Connection,
  dial,
  ENVIRONMENTS,
  endWith,
  formatAddress,
  fromStatus,
  Garbled,
  implement,
  listen,
  newToken,
  resolveTarget,
  writeRendezvous,
  writeTokenFile,
} from 'agon/wire'

type Frame = agon.v1.Frame.$Properties

/** What is done to the frames of a good actor before the hub sees them, and to the hub's before the actor does. */
export interface Spoiling {
  /** Null: the frame is swallowed. */
  readonly outward?: (frame: agon.v1.Frame) => Frame | null
  readonly inward?: (frame: agon.v1.Frame) => readonly Frame[]
}

interface AnyStream {
  write(message: unknown): boolean
  end(): void
  on(event: string, listener: (value: never) => void): unknown
}

/**
 * A broken third party: a good example of this repository whose frames are spoilt on their way. The example is started
 * against this relay; the relay dials the hub of the command line.
 */
export async function relay(example: string, spoiling: Spoiling): Promise<void> {
  const hub = process.argv[2]
  const up = dial(resolveTarget(hub, { env: process.env }))
  const token = newToken()
  const listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security: { kind: 'plain' },
    token,
    services: [attachRelay(up, spoiling), environmentRelay(up)],
  })
  const folder = mkdtempSync(join(tmpdir(), 'agon-relay-'))
  writeTokenFile(join(folder, 'token'), token)
  const address = formatAddress(listener.address)
  const rendezvous = join(folder, 'hub.json')
  writeRendezvous(rendezvous, {
    format: 1,
    kind: 'hub',
    address,
    pid: process.pid,
    tokenFile: 'token',
  })
  const actor = fileURLToPath(new URL(`../../../examples/attach/${example}.js`, import.meta.url))
  const child = spawn(process.execPath, [actor, rendezvous], { stdio: 'inherit' })
  const leave = (code: number): void => {
    rmSync(folder, { recursive: true, force: true })
    process.exit(code)
  }
  child.on('exit', (code) => setTimeout(() => leave(code ?? 1), 100))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
}

function attachRelay(up: Connection, { outward = (f) => f, inward = (f) => [f] }: Spoiling) {
  return implement(ACTORS, {
    attach(actor) {
      const hub = up.bidi(ACTORS.methods.attach)
      actor.on('data', (frame: agon.v1.Frame | Garbled) => {
        const told = frame instanceof Garbled ? null : outward(frame)
        if (told !== null) hub.write(told)
      })
      hub.on('data', (frame) => {
        for (const told of inward(frame)) actor.write(told)
      })
      tie(actor as never, hub as never, () => hub.cancel(), up.address)
    },
    join: (stream) => stream.end(),
  })
}

/** The actor steps the hub's environment through the relay, untouched. */
function environmentRelay(up: Connection) {
  const { methods } = ENVIRONMENTS
  return implement(ENVIRONMENTS, {
    describe: (request) => up.unary(methods.describe, request),
    sampleLevels: (request) => up.unary(methods.sampleLevels, request),
    mutateLevels: (request) => up.unary(methods.mutateLevels, request),
    describeLevels: (request) => up.unary(methods.describeLevels, request),
    parseLevels: (request) => up.unary(methods.parseLevels, request),
    crossLevels: (request) => up.unary(methods.crossLevels, request),
    toGenome: (request) => up.unary(methods.toGenome, request),
    fromGenome: (request) => up.unary(methods.fromGenome, request),
    resampleLevels: (request) => up.unary(methods.resampleLevels, request),
    drawStates: (request) => up.unary(methods.drawStates, request),
    step(actor) {
      const hub = up.bidi(methods.step)
      actor.on('data', (request) => {
        if (!(request instanceof Garbled)) hub.write(request)
      })
      hub.on('data', (reply) => actor.write(reply))
      tie(actor as never, hub as never, () => hub.cancel(), up.address)
    },
  })
}

/** The end of either stream is the end of the other, in the same way. */
function tie(actor: AnyStream, hub: AnyStream, cancel: () => void, address: string): void {
  actor.on('end', () => hub.end())
  actor.on('cancelled', cancel)
  actor.on('error', cancel)
  hub.on('end', () => actor.end())
  hub.on('error', (error) => endWith(actor as never, fromStatus(error, address)))
}
