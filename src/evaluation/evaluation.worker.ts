import { type ErrorRecord, toErrorRecord } from '../core/errors.ts'
import type { Environment } from '../envs/contract.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import type { Policy } from '../inference/contract.ts'
import type { Device } from '../inference/device.ts'
import type { DeviceChoice } from '../inference/device-choice.ts'
import { openPolicy } from '../inference/policy.ts'
import { isRemote, type PolicySource, type RemotePolicyRef } from '../inference/policy-source.ts'
import type { NamedPolicies } from '../seats/contract.ts'
import { type OpenPolicies, openPolicies } from '../seats/open-policies.ts'
import type { EvaluationRequest } from './contract.ts'
import { EVALUATION_LANES, type EvaluationSeats } from './episodes.ts'
import { type Piece, type PieceResult, playPiece } from './piece.ts'
import { planEvaluation } from './plan.ts'

// Thread entry. Holds no state that a result could depend on: what it keeps are the last policy and environment opened.

export interface PieceTask {
  /** Null where the request's seating has somebody in every seat. */
  readonly policy: PolicySource | null
  /** Those that the request's seating names, and a name for all of them together. */
  readonly seated?: { readonly policies: NamedPolicies; readonly sha256: string }
  /** Names the policy's bytes; may be empty for a remote one. */
  readonly sha256: string
  readonly request: EvaluationRequest
  readonly piece: Piece
  readonly device: Device
  /** For `auto`: what the first piece has measured. */
  readonly choice?: DeviceChoice
}

/** Where the policy of a piece ran. */
export type PieceDevice = Pick<Policy, 'device' | 'choice'>

/** Errors cross as data; a rejected call is a thread that broke. */
export type PieceReply =
  | ({ readonly ok: true; readonly result: PieceResult } & PieceDevice)
  | { readonly ok: false; readonly error: ErrorRecord }

interface Kept<T> {
  readonly key: string
  readonly value: T
}

let policy: Kept<Policy> | undefined
let environment: Kept<Environment<unknown>> | undefined
let seated: Kept<OpenPolicies> | undefined

/** The function the pool calls. */
export async function play(task: PieceTask): Promise<PieceReply> {
  try {
    const world = await environmentOf(task)
    const source = task.policy
    const rows = EVALUATION_LANES * world.spec.agents
    const player = source === null ? null : await policyOf(task, source, rows)
    const seats = await seatsOf(task, world)
    const plan = planEvaluation(world, task.request)
    const result = await playPiece(player, world, plan, task.request, task.piece, seats)
    return { ok: true, result, device: player?.device, choice: player?.choice }
  } catch (error) {
    return { ok: false, error: toErrorRecord(error) }
  }
}

/** @param rows of every batch that it will be asked for */
async function policyOf(
  { sha256, device, choice }: PieceTask,
  source: PolicySource,
  rows: number,
): Promise<Policy> {
  const key = isRemote(source)
    ? JSON.stringify(source)
    : `${sha256} ${device} ${choice?.cudaFrom} ${JSON.stringify(source.card)}`
  if (policy?.key !== key) {
    await policy?.value.release()
    policy = undefined
    const value = isRemote(source)
      ? await openRemote(source)
      : await openPolicy(source, { device, choice, rows: [rows] })
    policy = { key, value }
  }
  return policy.value
}

/** The library of the wire is loaded only by threads that dial. */
async function openRemote(ref: RemotePolicyRef): Promise<Policy> {
  return (await import('../inference/remote/remote-policy.ts')).openRemotePolicy(ref)
}

async function seatsOf(
  { request, seated: given }: PieceTask,
  world: Environment<unknown>,
): Promise<EvaluationSeats | undefined> {
  const { seating } = request
  if (seating === undefined) return undefined
  const key = `${given?.sha256} ${JSON.stringify(request.environment)}`
  if (seated?.key !== key) {
    await seated?.value.close()
    seated = { key, value: openPolicies(world, given?.policies ?? {}) }
  }
  return { seating, open: seated.value }
}

async function environmentOf({ request }: PieceTask): Promise<Environment<unknown>> {
  const key = JSON.stringify(request.environment)
  if (environment?.key !== key)
    environment = { key, value: await loadEnvironment(request.environment) }
  return environment.value
}
