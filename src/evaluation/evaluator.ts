import { sha256 } from '../core/bytes.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { AgonError } from '../core/errors.ts'
import type { Json } from '../core/snapshot.ts'
import type { Environment } from '../envs/contract.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import { prepareCuda } from '../inference/cuda/prepare-cuda.ts'
import type { Device } from '../inference/device.ts'
import { isRemote, type PolicySource } from '../inference/policy-source.ts'
import { checkSeating, ownSeats } from '../seats/check-seating.ts'
import type { NamedPolicies, NamedPolicy } from '../seats/contract.ts'
import { checkSeatable } from '../seats/view-of.ts'
import { assembleReport } from './assemble.ts'
import type { EvaluationReport, EvaluationRequest, Evaluator } from './contract.ts'
import type { PieceDevice, PieceTask } from './evaluation.worker.ts'
import { piecesOf } from './piece.ts'
import { createPiecePool } from './piece-pool.ts'
import { planEvaluation } from './plan.ts'

export interface EvaluatorOptions {
  /** Threads that share the pieces, default 1; never changes a bit of the result. */
  readonly workers?: number
  /** Where policies run, default `cpu`; never with tf32. `auto` measures once a policy. */
  readonly device?: Device
  /** How often a piece is played in all before a thread that dies with it is given up; default 3. */
  readonly attempts?: number
  /** Those that the seating of a request may name. */
  readonly policies?: NamedPolicies
}

/**
 * An evaluator over a pool of stateless threads. Threads start with the first measurement.
 * @throws AgonError `evaluation/request`
 */
export function createEvaluator(options: EvaluatorOptions = {}): Evaluator {
  const { workers = 1, device = 'cpu', attempts = 3, policies = {} } = options
  if (!Number.isSafeInteger(workers) || workers < 1)
    throw new AgonError('evaluation/request', `workers is a whole number from 1, not ${workers}`)
  if (device !== 'cpu') prepareCuda()
  const pool = createPiecePool(workers, attempts)
  const known = shareAll(policies)
  return {
    async measure(source, { policies: own, ...request }) {
      const seats = own === undefined ? known : shareAll({ ...policies, ...own })
      const environment = await loadEnvironment(request.environment)
      if (source !== null) checkSeatable(source.card, environment)
      checkSeats(source, request, environment, Object.keys(seats.policies))
      const plan = planEvaluation(environment, request)
      const digest = source === null ? '' : digestOf(source)
      const policy = source === null ? null : sharedSource(source)
      const seated = request.seating === undefined ? {} : { seated: seats }
      const task = { policy, sha256: digest, request, device, ...seated }
      const [head, ...tail] = piecesOf(plan.pairs)
      // What the first piece has measured goes for all of them: the device may decide last bits.
      const first = pool.play({ ...task, piece: head })
      const choice = device === 'auto' ? (await first).choice : undefined
      const rest = tail.map((piece) => pool.play({ ...task, piece, choice }))
      const played = await Promise.all([first, ...rest])
      const results = played.map(({ result }) => result)
      const report = assembleReport(plan, request, results, digest)
      return device === 'cpu' ? report : { ...report, ...on(played[0]) }
    },
    close: () => pool.close(),
  }
}

function on({ device, choice }: PieceDevice): Pick<EvaluationReport, 'device' | 'choice'> {
  return {
    ...(device === undefined ? {} : { device }),
    ...(choice === undefined ? {} : { choice }),
  }
}

/** @throws AgonError `seat/unknown`, `seat/policy`, `evaluation/request` where a seat is left and nobody plays it */
function checkSeats(
  policy: PolicySource | null,
  { seating }: EvaluationRequest,
  { spec }: Environment<unknown>,
  names: readonly string[],
): void {
  if (seating !== undefined) checkSeating(seating, spec, names)
  const [left] = Object.keys(ownSeats(spec, seating))
  if (policy === null && left !== undefined)
    throw new AgonError('evaluation/request', `nobody plays the seat '${left}'`)
}

const digestOf = (source: PolicySource): string =>
  isRemote(source) ? source.sha256 : sha256(source.onnx)

const sharedSource = (source: PolicySource): PolicySource =>
  isRemote(source) ? source : { onnx: shared(source.onnx), card: source.card }

/** Every thread reads the same copies; the digest names all of them together. */
function shareAll(policies: NamedPolicies): NonNullable<PieceTask['seated']> {
  const named = Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [name, sharedPolicy(policy)]),
  )
  const identities = Object.entries(named).map(([name, policy]) => [name, identityOf(policy)])
  return { policies: named, sha256: sha256(canonicalJson(identities)) }
}

const sharedPolicy = (named: NamedPolicy): NamedPolicy =>
  named.kind === 'source' ? { ...named, source: sharedSource(named.source) } : named

/** What tells a named policy from others, without its bytes. */
function identityOf(named: NamedPolicy): Json {
  if (named.kind !== 'source') return { ...named }
  const { source, weakness } = named
  const weak: Record<string, Json> =
    weakness === undefined ? {} : { weakness: JSON.stringify(weakness) }
  return isRemote(source)
    ? { at: source.endpoint.address, model: source.model, version: source.version, ...weak }
    : { sha256: sha256(source.onnx), card: JSON.stringify(source.card), ...weak }
}

/** One copy that every thread reads, instead of one a piece. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}
