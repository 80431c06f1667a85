import { AgonError } from '../../core/errors.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import type { EvaluationReport, EvaluationRequest } from '../../evaluation/contract.ts'
import { sealedEpisodes, sealedReport } from '../../evaluation/sealed.ts'
import type { Student } from '../../learners/contract.ts'

/**
 * The report of a student that exports no policy: it attempts the sealed levels itself.
 * @throws AgonError `evaluator/seats` where others are seated, `evaluator/episodes` for another number of results, and what planning throws
 */
export async function measureItself(
  student: Student,
  { environment: ref, ...measurement }: EvaluationRequest,
): Promise<EvaluationReport> {
  if (measurement.seating !== undefined)
    throw new AgonError('evaluator/seats', 'a student that measures itself seats nobody', {
      remedy: 'give it exportPolicy, or leave out evaluation.seating',
    })
  const environment = await loadEnvironment(ref)
  const results = (await student.measure?.(sealedEpisodes(environment, measurement))) ?? []
  const returns = results.map((result) => result.return)
  const lengths = results.map(({ length }) => length)
  return sealedReport(environment, measurement, { returns, lengths, recordings: [] }, '')
}
