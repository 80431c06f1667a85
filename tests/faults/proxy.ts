import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  agon,
  type Connection,
  dial,
  type Garbled,
  implement,
  listen,
  method,
  readRendezvous,
  resolveTarget,
  writeRendezvous,
} from '../../src/wire/index.ts'
import type { Fault } from './schedule.ts'

/** What a fault does beyond the proxy. */
export interface Strikes {
  kill(actor: string): void
  /** Stops the actor's process and lets it go on after so many milliseconds. */
  stop(actor: string, ms: number): void
  killHub(): void
}

export interface FaultProxy {
  /** For nodes to join by. */
  readonly file: string
  /** Role messages by stream. */
  readonly counts: ReadonlyMap<string, number>
  readonly fired: ReadonlySet<Fault>
  close(): Promise<void>
}

const raw = {
  encode: (bytes: Uint8Array) => ({ finish: () => bytes }) as never,
  decode: (bytes: Uint8Array) => bytes,
}
const RAW_ACTORS = {
  name: 'agon.v1.Actors',
  methods: {
    attach: method('/agon.v1.Actors/Attach', 'bidi', raw as never, raw as never),
    join: method('/agon.v1.Actors/Join', 'bidi', raw as never, raw as never),
  },
} as const

/** One direction of one stream. */
interface Lane {
  readonly direction: 'up' | 'down'
  write(bytes: Uint8Array): void
  pause(): void
  resume(): void
  /** Frames wait here while something lasts. */
  waiting: Uint8Array[] | null
  held: Uint8Array | null
}

interface Duplex {
  on(event: string, listener: (value: never) => void): unknown
  write(bytes: Uint8Array): boolean
  pause(): unknown
  resume(): unknown
  end(): unknown
}

const REORDER_MS = 300
const TOO_LONG = 65 * 1024 * 1024

/**
 * Stands between nodes and hub, passes frames as bytes, and makes trouble where the schedule says. It finds the hub by
 * its rendezvous file at every stream, so the hub may be started again.
 */
export async function faultProxy(
  hubFile: string,
  folder: string,
  faults: readonly Fault[],
  strikes: Strikes,
): Promise<FaultProxy> {
  const counts = new Map<string, number>()
  const fired = new Set<Fault>()
  const open = new Set<() => void>()

  const serve =
    (name: 'attach' | 'join') =>
    (near: Duplex & { emit(e: string, v: unknown): boolean; cancel?(): void }) => {
      let connection: Connection
      try {
        connection = dial(resolveTarget(hubFile, { env: {} }))
      } catch {
        near.emit('error', { code: 14, details: 'no hub' })
        return
      }
      const far = connection.bidi(RAW_ACTORS.methods[name] as never) as unknown as Duplex & {
        cancel(): void
      }
      let over = false
      const cut = (): void => {
        if (over) return
        over = true
        open.delete(cut)
        far.cancel()
        near.emit('error', { code: 14, details: 'the connection was cut' })
        connection.close()
      }
      open.add(cut)
      let actor = ''
      const lane = (direction: Lane['direction'], from: Duplex, to: Duplex): Lane => ({
        direction,
        write: (bytes) => {
          if (!over) to.write(bytes)
        },
        pause: () => from.pause(),
        resume: () => from.resume(),
        waiting: null,
        held: null,
      })
      const up = lane('up', near, far)
      const down = lane('down', far, near)
      const pass = (way: Lane, bytes: Uint8Array): void => {
        if (over) return
        if (name === 'join') {
          way.write(bytes)
          return
        }
        const frame = agon.v1.Frame.decode(bytes)
        if (frame.kind === agon.v1.Kind.KIND_WELCOME)
          actor = agon.v1.Welcome.decode(frame.body).actor
        // Whether the order to close still crosses depends on who is quicker to leave: it is no place for a fault.
        const leaving = frame.kind === agon.v1.Kind.KIND_CLOSE
        if (frame.sequence === 0 || frame.offset > 0 || leaving) {
          deliver(way, bytes)
          return
        }
        const key = `${actor}:${way.direction}`
        const n = (counts.get(key) ?? 0) + 1
        counts.set(key, n)
        const due = faults.filter(
          (fault) => fault.stream === key && fault.at === n && !fired.has(fault),
        )
        for (const fault of due) fired.add(fault)
        strike(way, bytes, due)
      }
      const deliver = (way: Lane, bytes: Uint8Array): void => {
        if (way.waiting !== null) way.waiting.push(bytes)
        else {
          way.write(bytes)
          const late = way.held
          way.held = null
          if (late !== null) way.write(late)
        }
      }
      const strike = (way: Lane, bytes: Uint8Array, due: readonly Fault[]): void => {
        for (const { kind, lasts } of due) {
          if (kind === 'kill') strikes.kill(actor)
          if (kind === 'stop' || kind === 'hang') strikes.stop(actor, lasts)
          if (kind === 'hub-kill') strikes.killHub()
          if (kind === 'delay') {
            way.waiting ??= []
            setTimeout(() => {
              const late = way.waiting ?? []
              way.waiting = null
              for (const each of late) deliver(way, each)
            }, lasts)
          }
          if (kind === 'slow') {
            way.pause()
            setTimeout(() => way.resume(), lasts)
          }
          if (kind === 'duplicate') deliver(way, bytes)
          if (kind === 'cut') {
            cut()
            return
          }
          if (kind === 'oversize') {
            way.write(
              agon.v1.Frame.encode({ sequence: 1, body: new Uint8Array(TOO_LONG) }).finish(),
            )
            return
          }
          if (kind === 'reorder' && way.held === null) {
            way.held = bytes
            // Where nothing follows, there is nothing to change places with.
            setTimeout(() => {
              const late = way.held
              way.held = null
              if (late !== null) way.write(late)
            }, REORDER_MS)
            return
          }
        }
        deliver(way, bytes)
        if (due.some(({ kind }) => kind === 'cut-after')) cut()
      }
      near.on('data', (bytes: Uint8Array | Garbled) => pass(up, bytes as Uint8Array))
      far.on('data', (bytes: Uint8Array) => pass(down, bytes))
      near.on('end', () => far.end())
      far.on('end', () => {
        near.end()
        open.delete(cut)
        if (!over) connection.close()
      })
      near.on('cancelled', cut)
      far.on('error', (error: { code: number; details: string; metadata: unknown }) => {
        if (over) return
        over = true
        open.delete(cut)
        near.emit('error', { code: error.code, details: error.details, metadata: error.metadata })
        connection.close()
      })
    }
  const listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security: { kind: 'plain' },
    token: null,
    services: [
      implement(RAW_ACTORS as never, { attach: serve('attach'), join: serve('join') } as never),
    ],
    maxMessage: 128 * 1024 * 1024,
  })
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'hub.json')
  const { tokenFile } = readRendezvous(hubFile)
  const token = join(dirname(hubFile), tokenFile ?? '')
  if (existsSync(token)) copyFileSync(token, join(folder, 'hub.token'))
  writeRendezvous(file, {
    format: 1,
    kind: 'hub',
    address: `127.0.0.1:${listener.address.port}`,
    pid: process.pid,
    tokenFile: 'hub.token',
  })
  return {
    file,
    counts,
    fired,
    async close() {
      for (const cut of [...open]) cut()
      await listener.close(0)
    },
  }
}
