import { basename } from 'node:path'
import type { Device } from '../../../inference/device.ts'
import { describeChoice } from '../../../inference/device-choice.ts'
import type { Policy, PolicyFile } from '../../../inference/index.ts'
import { isPolicyAddress } from '../../../inference/policy-address.ts'
import { readPolicyFile } from '../../../inference/policy-file.ts'
import { openPolicyThread } from '../../../inference/policy-thread.ts'
import { shardedPolicy } from '../../../inference/sharded-policy.ts'
import type { Seat, TeamSeats } from '../../../play/contract.ts'
import { parseSeat, parseSingleSeat, type SeatText } from '../../../play/parse-seat.ts'
import type { RemotePolicyHints } from '../../options/remote-policy-hints.ts'
import type { PlayRequest } from './play-request.ts'

/** Players of a team, for the number of rows that a policy is timed with. */
const TEAM = 11

/** Seats with everybody that they name. */
export interface OpenSeats {
  readonly teams: readonly [TeamSeats, TeamSeats]
  /** What plays, for people: `tizero`, `bot 0.95`, `bot, 3 random`. */
  readonly names: readonly [string, string]
  /** By path or address. */
  readonly policies: Readonly<Record<string, Policy>>
  /** Where each of them runs, if another device than the CPU was asked for. */
  readonly devices: Readonly<Record<string, string>>
  close(): Promise<void>
}

/**
 * Reads what was written about seats and opens every policy, in threads of its own.
 * @param on the threads that the policies share, and where they run
 * @throws AgonError `play/seat`, `policy/*`, `onnx/*`, `wire/*`
 */
export async function openSeats(
  texts: { readonly left: string; readonly right: string; readonly seats: readonly string[] },
  hints: RemotePolicyHints,
  { threads, device, slots }: Pick<PlayRequest, 'threads' | 'device' | 'slots'>,
): Promise<OpenSeats> {
  const sides = [parseSeat(texts.left), parseSeat(texts.right)] as const
  const singles = texts.seats.map(parseSingleSeat)
  const policies: Record<string, Policy> = {}
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(policies).map((policy) => policy.release()))
  }
  try {
    const named = [...sides, ...singles.map((single) => single.seat)].flatMap((seat) =>
      seat.kind === 'policy' ? [seat.at] : [],
    )
    const places = [...new Set(named)]
    const share = Math.max(1, Math.floor(threads / Math.max(1, places.length)))
    for (const at of places)
      policies[at] = await openAt(at, hints, { share, device, rows: slots * TEAM })
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
  const name = (side: 0 | 1): string =>
    [
      nameOf(sides[side]),
      ...singles
        .filter((single) => single.team === side)
        .map(({ player, seat }) => `${player} ${nameOf(seat)}`),
    ].join(', ')
  const devices = Object.fromEntries(
    Object.entries(policies).flatMap(([at, { device: taken, choice }]) =>
      device === 'cpu' || taken === undefined ? [] : [[at, describeChoice(taken, choice)]],
    ),
  )
  return { teams: [team(0), team(1)], names: [name(0), name(1)], policies, devices, close }
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

async function openAt(at: string, hints: RemotePolicyHints, on: PolicyPlace): Promise<Policy> {
  if (!isPolicyAddress(at)) return await openHere(await readPolicyFile(at), on)
  const { findRemotePolicy } = await import('../../options/remote-policy.ts')
  const { openRemotePolicy } = await import('../../../inference/remote/remote-policy.ts')
  return openRemotePolicy(await findRemotePolicy(at, hints))
}

/** How a policy is opened: with so many threads for its rows, and about so many rows a call. */
interface PolicyPlace {
  readonly share: number
  readonly device: Device
  readonly rows: number
}

/** On the CPU one session a thread, on a GPU one in all: small batches are its weakness. */
async function openHere(file: PolicyFile, { share, device, rows }: PolicyPlace): Promise<Policy> {
  if (device === 'cpu') return await openShards(file, share)
  if (device !== 'auto') return await openPolicyThread(file, { device })
  const part = Math.ceil(rows / share)
  const timed = await openPolicyThread(file, { device, rows: [part, rows] })
  await timed.release()
  const timings = timed.choice?.timings ?? []
  const [cpu, cuda] = [timings[0]?.cpu ?? 0, timings.at(-1)?.cuda ?? Number.POSITIVE_INFINITY]
  const on = cuda < cpu ? 'cuda' : 'cpu'
  const policy =
    on === 'cuda' ? await openPolicyThread(file, { device: on }) : await openShards(file, share)
  const choice = { ...timed.choice, timings, cudaFrom: on === 'cuda' ? 0 : null }
  const { card, device: taken } = policy
  const act: Policy['act'] = (batch) => policy.act(batch)
  return { card, choice, act, release: () => policy.release(), ...(taken && { device: taken }) }
}

async function openShards(file: PolicyFile, threads: number): Promise<Policy> {
  const shards: Policy[] = []
  try {
    while (shards.length < threads) shards.push(await openPolicyThread(file))
    return shardedPolicy(shards)
  } catch (error) {
    await Promise.all(shards.map((shard) => shard.release()))
    throw error
  }
}
