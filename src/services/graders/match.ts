import { AgonError } from '../../core/errors.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import type { Ask, Json, Service } from '../contract.ts'
import { defineService } from '../define-service.ts'
import { extracting, matches } from './compare.ts'
import type { GradeAnswer, GradedOutcome, GradeQuestion } from './contract.ts'
import { type MatchOptions, matchOptions } from './match-options.ts'

/**
 * Compares what students say with what their levels expect. Of each outcome `match`, 1 or 0, and `answered`, whether there was
 * an answer at all; without one there is no match.
 */
export function matchGrader(
  options: MatchOptions,
  levels: Pick<LevelSpace<unknown>, 'decode' | 'format'>,
): Service {
  const answerOf = extracting(options.extract, 'extract')
  const expectedOf = extracting(options.expected, 'expected')
  const grade = ({ slot, task, repeat, artefacts, level }: GradedOutcome) => {
    const given = Object.hasOwn(artefacts, options.artefact) ? artefacts[options.artefact] : null
    const answer = given === null ? null : answerOf(given)
    const found = {
      match: Number(answer !== null && matches(answer, expected(task, level), options)),
      answered: Number(answer !== null),
    }
    const none: typeof found | Record<string, never> = {}
    const told = options.sealed ? { extras: none, sealed: found } : { extras: found, sealed: none }
    return { slot, task, repeat, ...told }
  }
  const expected = (task: string, level: string | null): string => {
    const text =
      level === null
        ? null
        : levels.format(levels.decode(new Uint8Array(Buffer.from(level, 'base64'))))
    const wanted = text === null ? null : expectedOf(text)
    if (wanted !== null) return wanted
    throw new AgonError(
      'grader/expected',
      `the level of task ${task} says of no answer that it expects it`,
      {
        remedy: 'give `expected`: a pattern that finds it in the text of every level',
      },
    )
  }
  return {
    async ask(request) {
      const answer: GradeAnswer = { statistics: questionOf(request).outcomes.map(grade) }
      return { payload: answer as unknown as Json }
    },
    close: async () => {},
  }
}

/** @throws AgonError `grader/question` */
function questionOf({ key, payload }: Ask): GradeQuestion {
  const { outcomes } = (payload ?? {}) as { readonly outcomes?: unknown }
  if (Array.isArray(outcomes)) return payload as unknown as GradeQuestion
  throw new AgonError('grader/question', `there are no outcomes in the question '${key}'`, {
    remedy: 'name it under `graders`; nobody else asks it',
  })
}

/** A grader for levels that know their answer: it remembers nothing, and the same outcomes get the same statistics. */
export const service = defineService({
  id: 'match',
  options: matchOptions,
  traits: () => ({ deterministic: true, stateful: false }),
  create: async (options, { environment }) =>
    matchGrader(options, (await loadEnvironment(environment)).levels),
})
