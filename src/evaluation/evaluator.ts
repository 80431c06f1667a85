import { sha256 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import { checkSetting } from '../inference/policy-fit.ts'
import { isRemote, type PolicySource } from '../inference/policy-source.ts'
import type { Device } from '../inference/session.ts'
import { assembleReport } from './assemble.ts'
import type { Evaluator } from './contract.ts'
import { piecesOf } from './piece.ts'
import { createPiecePool } from './piece-pool.ts'
import { planEvaluation } from './plan.ts'

export interface EvaluatorOptions {
  /** Threads that share the pieces, default 1; never changes a bit of the result. */
  readonly workers?: number
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
      const results = await Promise.all(
        piecesOf(plan.pairs).map((piece) =>
          pool.play({ policy, sha256: digest, request, piece, device }),
        ),
      )
      return assembleReport(plan, request, results, digest)
    },
    close: () => pool.close(),
  }
}

/** One copy that every thread reads, instead of one a piece. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}
