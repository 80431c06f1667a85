import { basename } from 'node:path'
import type { Policy } from '../../inference/index.ts'
import { isPolicyAddress } from '../../inference/policy-address.ts'
import { readPolicyFile } from '../../inference/policy-file.ts'
import { openPolicyThread } from '../../inference/policy-thread.ts'
import type { Seat, TeamSeats } from '../../play/contract.ts'
import { parseSeat, parseSingleSeat, type SeatText } from '../../play/parse-seat.ts'
import type { RemotePolicyHints } from '../commands/services.ts'

/** Seats with everybody that they name. */
export interface OpenSeats {
  readonly teams: readonly [TeamSeats, TeamSeats]
  /** What plays, for people: `tizero`, `bot 0.95`. */
  readonly names: readonly [string, string]
  /** By path or address. */
  readonly policies: Readonly<Record<string, Policy>>
  close(): Promise<void>
}

/**
 * Reads what was written about seats and opens every policy once, in a thread of its own.
 * @throws AgonError `play/seat`, `policy/*`, `onnx/*`, `wire/*`
 */
export async function openSeats(
  texts: { readonly left: string; readonly right: string; readonly seats: readonly string[] },
  hints: RemotePolicyHints,
): Promise<OpenSeats> {
  const sides = [parseSeat(texts.left), parseSeat(texts.right)] as const
  const singles = texts.seats.map(parseSingleSeat)
  const policies: Record<string, Policy> = {}
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(policies).map((policy) => policy.release()))
  }
  try {
    for (const seat of [...sides, ...singles.map((single) => single.seat)])
      if (seat.kind === 'policy' && !Object.hasOwn(policies, seat.at))
        policies[seat.at] = await openAt(seat.at, hints)
  } catch (error) {
    await close()
    throw error
  }
  const team = (side: 0 | 1): TeamSeats => ({
    seat: seatOf(sides[side]),
    players: Object.fromEntries(
      singles
        .filter((single) => single.team === side)
        .map(({ player, seat }) => [player, seatOf(seat)]),
    ),
    ...difficultyOf(sides[side]),
  })
  return { teams: [team(0), team(1)], names: [nameOf(sides[0]), nameOf(sides[1])], policies, close }
}

const difficultyOf = (seat: SeatText): { readonly difficulty?: number } =>
  seat.kind === 'bot' && seat.difficulty !== undefined ? { difficulty: seat.difficulty } : {}

const seatOf = (seat: SeatText): Seat =>
  seat.kind === 'policy' ? { kind: 'policy', name: seat.at } : { kind: seat.kind }

function nameOf(seat: SeatText): string {
  if (seat.kind === 'policy') return basename(seat.at).replace(/\.onnx$/i, '')
  if (seat.kind !== 'bot') return seat.kind
  return seat.difficulty === undefined ? 'bot' : `bot ${seat.difficulty}`
}

async function openAt(at: string, hints: RemotePolicyHints): Promise<Policy> {
  if (!isPolicyAddress(at)) return await openPolicyThread(await readPolicyFile(at))
  const { findRemotePolicy } = await import('../commands/remote-policy.ts')
  const { openRemotePolicy } = await import('../../inference/remote/remote-policy.ts')
  return openRemotePolicy(await findRemotePolicy(at, hints))
}
