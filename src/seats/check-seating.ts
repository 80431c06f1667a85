import { AgonError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { EnvironmentSpec } from '../envs/contract.ts'
import type { Seating } from './contract.ts'

type Seats = Pick<EnvironmentSpec, 'id' | 'seats'>

/**
 * @param names of the policies that there are
 * @throws AgonError `seat/unknown` for a seat that the environment does not have, `seat/policy` for a policy that
 * nobody named, with the nearest
 */
export function checkSeating(
  seating: Seating,
  { id, seats }: Seats,
  names: readonly string[],
  place?: string,
): void {
  for (const [seat, name] of Object.entries(seating)) {
    if (!Object.hasOwn(seats, seat))
      throw unknown(
        'seat/unknown',
        `${id} has no seat '${seat}' for the policy '${name}'`,
        { kind: 'its seats', name: seat, known: Object.keys(seats) },
        place,
      )
    if (!names.includes(name))
      throw unknown(
        'seat/policy',
        `there is no policy '${name}' for the seat '${seat}'`,
        { kind: 'the policies', name, known: names },
        place,
      )
  }
}

function unknown(
  code: string,
  message: string,
  { kind, name, known }: { kind: string; name: string; known: readonly string[] },
  place: string | undefined,
): AgonError {
  const near = nearest(name, known)
  return new AgonError(code, message, {
    remedy: known.length === 0 ? 'name it under `policies`' : `${kind} are ${known.join(', ')}`,
    fields: { known, ...(near === undefined ? {} : { nearest: near }) },
    ...(place === undefined ? {} : { place }),
  })
}

/** The seats that nobody is named for, with their agents. */
export function ownSeats({ seats }: Pick<Seats, 'seats'>, seating: Seating = {}): Seats['seats'] {
  return Object.fromEntries(Object.entries(seats).filter(([seat]) => !Object.hasOwn(seating, seat)))
}
