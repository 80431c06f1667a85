import { AgonError } from '../../../core/errors.ts'
import type { ActorId } from '../../../core/ids.ts'
import type { Timers } from '../../../core/timers.ts'
import { agon, encodeError } from '../../../wire/index.ts'
import type { Places, PlacesListener, RemoteRole } from './contract.ts'
import type { FrameStream } from './frame-stream.ts'
import type { PeerSettings } from './peer.ts'
import { openPlace, type Place } from './place.ts'
import { checkVersions } from './versions.ts'

export interface PlacesOptions {
  readonly settings: PeerSettings
  readonly timers: Timers
  readonly run: { readonly id: string; readonly name: string }
  /** Actors that outsiders may play in this run, whether one is awaited at the moment or not. */
  readonly attachable: readonly {
    readonly actor: ActorId
    readonly role: RemoteRole
    readonly slot?: string
  }[]
  readonly listener: PlacesListener
  /** A name that nobody guesses, for a session. */
  readonly newSession: () => string
}

/** Outsiders who may wait until the run opens their place again. */
const MOST_WAITING = 64

/** Places, and the door through which actors come to them. */
export interface Reception extends Places {
  /** The actor of `hello` asks for a place on `stream`; a refusal goes to the stream. */
  receive(hello: agon.v1.Hello, stream: FrameStream): void
}

interface Waiting {
  readonly hello: agon.v1.Hello
  readonly stream: FrameStream
}

export function openPlaces(options: PlacesOptions): Reception {
  const places = new Set<Place>()
  /** Outsiders who came while the run was going back to a cut. */
  const waiting = new Set<Waiting>()
  /** Why nobody is met any more. */
  let ended: (() => AgonError) | null = null

  const refuse = (stream: FrameStream, error: AgonError): void => {
    const body = agon.v1.Error.encode(encodeError(error)).finish()
    stream.write({ kind: agon.v1.Kind.KIND_REFUSED, body })
    stream.end(error)
  }
  const take = (place: Place, hello: agon.v1.Hello, stream: FrameStream): void => {
    try {
      options.listener.admit(place.expectation, hello)
    } catch (error) {
      refuse(stream, error as AgonError)
      return
    }
    place.welcome(hello, stream)
  }
  const wait = (hello: agon.v1.Hello, stream: FrameStream): void => {
    if (waiting.size >= MOST_WAITING)
      throw new AgonError('wire/overloaded', `${MOST_WAITING} are waiting for a place already`, {
        remedy: 'end some of them',
      })
    const entry = { hello, stream }
    waiting.add(entry)
    stream.listen({
      frame: () => {},
      drained: () => {},
      ended: () => waiting.delete(entry),
    })
  }
  const receive = (hello: agon.v1.Hello, stream: FrameStream): void => {
    checkVersions(hello.versions)
    if (ended !== null) throw ended()
    if (hello.session !== '') {
      const place = [...places].find(({ session }) => session === hello.session)
      if (place === undefined || !place.taken)
        throw new AgonError('wire/session', 'there is no such session any more', {
          remedy: 'say hello without a session, and begin anew',
        })
      place.welcome(hello, stream)
      return
    }
    if (hello.ticket !== '') {
      const place = [...places].find(
        ({ expectation: { claim } }) => claim.kind === 'ticket' && claim.ticket === hello.ticket,
      )
      if (place === undefined || place.taken)
        throw new AgonError('attach/ticket', 'this ticket is used up, or was never given out')
      take(place, hello, stream)
      return
    }
    receiveOutsider(hello, stream)
  }
  const receiveOutsider = (hello: agon.v1.Hello, stream: FrameStream): void => {
    const role = roleOf(hello)
    const wanted = (place: { readonly role: RemoteRole; readonly slot?: string }): boolean =>
      place.role === role && (hello.slot === '' || place.slot === hello.slot)
    if (!options.attachable.some(wanted)) throw noSuchPlace(hello, role, options.attachable)
    const open = [...places].filter(
      ({ expectation }) => expectation.claim.kind === 'attach' && wanted(expectation),
    )
    const free = open.find(({ taken }) => !taken)
    if (free !== undefined) {
      take(free, hello, stream)
      return
    }
    const abandoned = open.find(({ connected }) => !connected)
    if (abandoned === undefined && open.length > 0)
      throw new AgonError('attach/occupied', `the place of ${open[0].expectation.actor} is taken`, {
        remedy: 'end the actor that has it; a hung one is given up after some missed heartbeats',
      })
    // Until the run opens the place again, which it may do as soon as it hears of the loss.
    wait(hello, stream)
    abandoned?.lose({
      code: 'actor/lost',
      message: `${abandoned.expectation.actor} came back as another process`,
    })
  }

  return {
    expect(expectation) {
      const place: Place = openPlace(expectation, options.newSession(), {
        settings: options.settings,
        timers: options.timers,
        run: options.run,
        presence: (state, name) => options.listener.presence(expectation.actor, state, name),
        forget: () => places.delete(place),
      })
      places.add(place)
      if (expectation.claim.kind === 'attach') {
        const next = [...waiting].find(
          ({ hello }) =>
            roleOf(hello) === expectation.role &&
            (hello.slot === '' || hello.slot === expectation.slot),
        )
        if (next !== undefined) {
          waiting.delete(next)
          take(place, next.hello, next.stream)
        }
      }
      return place.channel
    },
    abandon(ticket, why) {
      for (const place of places) {
        const { claim, actor } = place.expectation
        if (claim.kind === 'ticket' && claim.ticket === ticket)
          place.lose({ code: 'actor/lost', message: `${actor} is gone: ${why}` })
      }
    },
    end(again = false) {
      const why = (): AgonError =>
        again
          ? new AgonError('wire/ended', 'the run goes on at other places: come again')
          : new AgonError('run/over', 'the run is over')
      ended = why
      for (const { stream } of waiting) refuse(stream, why())
      waiting.clear()
    },
    receive(hello, stream) {
      try {
        receive(hello, stream)
      } catch (error) {
        refuse(stream, error as AgonError)
      }
    },
  }
}

/** A role is called on the wire as it is everywhere: `ROLE_STUDENT` is `student`. */
function roleOf({ role }: agon.v1.Hello): RemoteRole {
  const name: string | undefined = agon.v1.Role[role]
  if (name === undefined || role === agon.v1.Role.ROLE_UNSPECIFIED)
    throw new AgonError('wire/hello', `${role} is no role`, {
      remedy: `say hello as one of ${ROLES.map(spoken).join(', ')}`,
    })
  return spoken(name)
}

const spoken = (name: string): RemoteRole => name.slice('ROLE_'.length).toLowerCase()
const ROLES: readonly string[] = Object.keys(agon.v1.Role).filter(
  (name) => name.startsWith('ROLE_') && name !== 'ROLE_UNSPECIFIED',
)

function noSuchPlace(
  { slot }: agon.v1.Hello,
  role: RemoteRole,
  attachable: PlacesOptions['attachable'],
): AgonError {
  const open = attachable.map(({ actor }) => actor).join(', ')
  return new AgonError(
    'attach/slot',
    `this run waits for no ${role} from outside${slot === '' ? '' : ` in slot '${slot}'`}; ${open === '' ? 'all its actors are its own' : `it waits for ${open}`}`,
    { remedy: `set the placement of the ${role} to attach in the config` },
  )
}
