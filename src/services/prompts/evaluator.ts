import { AgonError } from '../../core/errors.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { Domain, Prompt } from '../../envs/prompts/contract.ts'
import { isRefusal } from '../../envs/prompts/domains/refusal.ts'
import type { Ask, Json } from '../contract.ts'
import type { GradeAnswer, GradedOutcome, GradeQuestion } from '../graders/contract.ts'
import type { PromptRules } from './options.ts'

/**
 * Grades a cycle's outcomes: `failed`, how far the response fails, where rules can tell, and `refused`, 1 or 0. No search asks it.
 * @throws AgonError `grader/question`
 */
export function gradeOutcomes(
  domain: Domain,
  levels: Pick<LevelSpace<Prompt>, 'decode'>,
  { sealed }: Pick<PromptRules, 'sealed'>,
  { key, payload }: Ask,
): Json {
  const { outcomes } = (payload ?? {}) as { readonly outcomes?: unknown }
  if (!Array.isArray(outcomes))
    throw new AgonError('grader/question', `there are no outcomes in the question '${key}'`, {
      remedy: 'name it under `graders`; nobody else asks it',
    })
  const statistics = (payload as unknown as GradeQuestion).outcomes.map((outcome) => {
    const { slot, task, repeat } = outcome
    const found = verdictOf(domain, levels, outcome)
    const none: Record<string, number> = {}
    return sealed
      ? { slot, task, repeat, extras: none, sealed: found }
      : { slot, task, repeat, extras: found, sealed: none }
  })
  const answer: GradeAnswer = { statistics }
  return answer as unknown as Json
}

function verdictOf(
  domain: Domain,
  levels: Pick<LevelSpace<Prompt>, 'decode'>,
  { artefacts, level }: GradedOutcome,
): Record<string, number> {
  const { response, reference = null } = artefacts
  if (response === undefined || level === null) return {}
  const prompt = levels.decode(new Uint8Array(Buffer.from(level, 'base64')))
  const failed = domain.wrongness(prompt, response, reference)
  const refused = Number(isRefusal(response))
  return failed === null ? { refused } : { failed, refused }
}
