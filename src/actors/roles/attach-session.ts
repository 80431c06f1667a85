import { type Clock, systemClock } from '../../core/clock.ts'
import {
  AgonError,
  type ErrorRecord,
  formatError,
  fromErrorRecord,
  toErrorRecord,
} from '../../core/errors.ts'
import { slotId } from '../../core/ids.ts'
import { realTimers } from '../../core/timers.ts'
import type { agon, Connection, Endpoint } from '../../wire/index.ts'
import { type AttachedChannel, type Attachment, attach } from '../transport/grpc/attach.ts'
import type { Traits } from './contract.ts'
import { hostActor } from './host.ts'
import { rowOf } from './table/table.ts'
import { actorCodec } from './wire/codec.ts'

/** How an actor of another program takes its place in a run. */
export interface AttachRoleOptions {
  /** Asked at every attempt to dial: a hub that was started again listens somewhere else (`resolveTarget`). */
  readonly endpoint: () => Endpoint
  /** What the run calls it. */
  readonly name: string
  /** What decides the last bits of its numbers; absent, and the run says that it is not exact. */
  readonly platform?: agon.v1.Platform.$Properties
  /** Default true: the same messages always get the same answers. */
  readonly deterministic?: boolean
  /** Milliseconds to wait while no hub is there, it does not answer, or the place is taken; default 60 000. */
  readonly patienceMs?: number
  /** What patience is measured by; default: the system's. */
  readonly clock?: Pick<Clock, 'now'>
  /** Told once when it begins to wait for a hub; default: a line on standard error. */
  readonly waiting?: (error: AgonError, patienceMs: number) => void
}

/** What an actor is told of the place that it takes. */
export interface AttachedPlace {
  readonly run: string
  readonly epoch: number
  /** For other calls to the hub: the run's environments are served there. */
  readonly connection: Connection
}

/** What each role can do beside its own work. */
export type Capabilities = Partial<Pick<Traits, 'snapshots' | 'exportsPolicy'>> & {
  readonly seats?: true
}
const PATIENCE_MS = 60_000
const PAUSE_MS = 500
/** The least that a hub which took the hello is given to answer it, however short patience is. */
const ANSWER_MS = 5000
/** Refusals that time may mend. */
const PASSING = new Set(['wire/unavailable', 'wire/ended', 'wire/absent', 'attach/occupied'])
/** Refusals that say to one who has played that there is nothing more to play. */
const NO_MORE = new Set(['run/over', 'attach/slot'])
/** The hub is gone, or went on without this actor: what it said last tells nothing of the run. */
const GONE = 'actor/lost'

/**
 * Plays an actor of that role until the run is over, epoch for epoch.
 * @param input what the role's machine is given at a place
 */
export async function attachRole(
  role: string,
  options: AttachRoleOptions & { readonly slot?: string },
  capabilities: Capabilities,
  input: (place: AttachedPlace, welcome: agon.v1.Welcome) => object,
): Promise<void> {
  for (let played = false; ; played = true) {
    const attachment = await patiently(role, options, capabilities).catch((error) => {
      // It ended while this actor was away, or goes on with a stage that has no such place.
      if (played && NO_MORE.has(error.code)) return null
      throw error
    })
    if (attachment === null) return
    const { welcome, channel } = attachment
    const place = {
      run: welcome.run,
      epoch: welcome.epoch,
      connection: currentConnection(attachment.connection),
    }
    const hosted = hostActor(rowOf(role), input(place, welcome), channel, welcome.epoch)
    const { again, failure } = await ending(channel)
    hosted.close()
    await hosted.closed
    await channel.close(again)
    if (failure !== null) throw fromErrorRecord(failure)
    if (!again) return
  }
}

interface Ending {
  readonly again: boolean
  /** Why there is nothing to come back to. */
  readonly failure: ErrorRecord | null
}

function ending(channel: AttachedChannel): Promise<Ending> {
  return new Promise((resolve) => {
    channel.onGoodbye((again, failure) => resolve({ again, failure }))
    channel.onLost((error) =>
      resolve(
        error.code === GONE ? { again: true, failure: null } : { again: false, failure: error },
      ),
    )
  })
}

/** Calls go over the connection that there is when they are made: each stream of a session has one of its own. */
function currentConnection(at: () => Connection): Connection {
  return {
    get address() {
      return at().address
    },
    unary: (...call) => at().unary(...call),
    serverStream: (...call) => at().serverStream(...call),
    bidi: (method) => at().bidi(method),
    close: () => at().close(),
  }
}

async function patiently(
  role: string,
  options: AttachRoleOptions & { readonly slot?: string },
  capabilities: Capabilities,
): Promise<Attachment> {
  const { name, platform, slot = '', deterministic = true, waiting = sayWaiting } = options
  const { clock = systemClock, patienceMs = PATIENCE_MS } = options
  const endpoint = (): Endpoint => withToken(options.endpoint())
  const until = clock.now() + patienceMs
  for (let waits = false; ; ) {
    const left = until - clock.now()
    try {
      return await attach({
        endpoint,
        timers: realTimers,
        answerMs: Math.max(left, ANSWER_MS),
        hello: {
          role: rowOf(role).wire,
          slot,
          name,
          ...(platform === undefined ? {} : { platform }),
          capabilities: { deterministic, ...capabilities },
        },
        codec: ({ student }) =>
          actorCodec({ role, ...(student?.slot == null ? {} : { slot: slotId(student.slot) }) }),
      })
    } catch (error) {
      if (!(error instanceof AgonError) || !PASSING.has(error.code) || left <= 0) throw error
      if (!waits) waiting(error, patienceMs)
      waits = true
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

/** Every hub asks for one: without it waiting mends nothing. */
function withToken(endpoint: Endpoint): Endpoint {
  if (endpoint.token !== undefined && endpoint.token !== '') return endpoint
  throw new AgonError('wire/token', 'there is no token to show to this hub', {
    place: endpoint.address,
    remedy: "give the run's hub.json, which names its token file, or set AGON_TOKEN",
  })
}

/** Nobody looks at a program that is silent: what it waits for may be a mistake in its own call. */
function sayWaiting(error: AgonError, patienceMs: number): void {
  const reason = formatError(toErrorRecord(error))
  process.stderr.write(`agon: waiting up to ${patienceMs / 1000} s for a hub: ${reason}\n`)
}
