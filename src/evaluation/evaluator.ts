import { sha256 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import { prepareCuda } from '../inference/cuda/prepare-cuda.ts'
import type { Device } from '../inference/device.ts'
import { checkSetting } from '../inference/policy-fit.ts'
import { isRemote, type PolicySource } from '../inference/policy-source.ts'
import { assembleReport } from './assemble.ts'
import type { EvaluationReport, Evaluator } from './contract.ts'
import type { PieceDevice } from './evaluation.worker.ts'
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
}

/**
 * An evaluator over a pool of stateless threads. Threads start with the first measurement.
 * @throws AgonError `evaluation/request`
 */
export function createEvaluator(options: EvaluatorOptions = {}): Evaluator {
  const { workers = 1, device = 'cpu', attempts = 3 } = options
  if (!Number.isSafeInteger(workers) || workers < 1)
    throw new AgonError('evaluation/request', `workers is a whole number from 1, not ${workers}`)
  if (device !== 'cpu') prepareCuda()
  const pool = createPiecePool(workers, attempts)
  return {
    async measure(source, request) {
      const environment = await loadEnvironment(request.environment)
      checkSetting(source.card, environment.spec)
      const plan = planEvaluation(environment, request)
      const digest = isRemote(source) ? source.sha256 : sha256(source.onnx)
      const policy: PolicySource = isRemote(source)
        ? source
        : { onnx: shared(source.onnx), card: source.card }
      const task = { policy, sha256: digest, request, device }
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

/** One copy that every thread reads, instead of one a piece. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}
