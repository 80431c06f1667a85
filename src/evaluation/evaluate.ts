import type { Environment } from '../envs/contract.ts'
import type { Policy } from '../inference/contract.ts'
import { checkSeatable } from '../seats/view-of.ts'
import { assembleReport } from './assemble.ts'
import type { EvaluationReport } from './contract.ts'
import type { Measurement } from './measurement.ts'
import { type PieceResult, piecesOf, playPiece } from './piece.ts'
import { planEvaluation } from './plan.ts'

/**
 * Measures a policy in this thread; an {@link Evaluator} gives the same numbers from a pool of threads.
 * @param policySha256 digest of the policy's ONNX bytes, for the report; empty for a rule
 * @throws AgonError `policy/profile` and the like before any step; `suite/unknown`, `evaluation/request`
 */
export async function measurePolicy<L>(
  policy: Policy,
  environment: Environment<L>,
  request: Measurement,
  policySha256 = '',
): Promise<EvaluationReport> {
  checkSeatable(policy.card, environment)
  const plan = planEvaluation(environment, request)
  const results: PieceResult[] = []
  for (const piece of piecesOf(plan.pairs))
    results.push(await playPiece(policy, environment, plan, request, piece))
  return assembleReport(plan, request, results, policySha256)
}
