import { AgonError } from '../../core/errors.ts'
import type { MatchOptions } from './match-options.ts'

/** Reads a part of a text; null where it is not there. */
export type Extract = (text: string) => string | null

/**
 * @param pattern absent: the whole text
 * @throws AgonError `grader/pattern`
 */
export function extracting(pattern: string | undefined, key: string): Extract {
  if (pattern === undefined) return (text) => text
  const expression = compile(pattern, key)
  return (text) => {
    const found = expression.exec(text)
    return found === null ? null : (found[1] ?? found[0])
  }
}

/** Whether an answer is the one that is expected. @throws AgonError `grader/pattern` */
export function matches(
  answer: string,
  expected: string,
  { how, tolerance, relative }: Pick<MatchOptions, 'how' | 'tolerance' | 'relative'>,
): boolean {
  switch (how) {
    case 'exact':
      return answer === expected
    case 'normalised':
      return normalised(answer) === normalised(expected)
    case 'regex':
      return compile(`^(?:${expected})$`, 'the level').test(answer)
    case 'number': {
      const [given, wanted] = [lastNumber(answer), lastNumber(expected)]
      if (wanted === null)
        throw new AgonError('grader/expected', `there is no number in '${shortened(expected)}'`, {
          remedy: 'give `expected`: a pattern that finds the number in the text of the level',
        })
      return given !== null && Math.abs(given - wanted) <= tolerance + relative * Math.abs(wanted)
    }
  }
}

/** Compatible forms of one character are one, as are cases and runs of blanks; what encloses the whole is dropped. */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')

const NUMBER = /[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g

/** `1,234.5` has its separators; null where there is none. */
function lastNumber(text: string): number | null {
  const last = text.match(NUMBER)?.at(-1)
  return last === undefined ? null : Number(last.replaceAll(',', ''))
}

function compile(pattern: string, key: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch (cause) {
    throw new AgonError('grader/pattern', (cause as Error).message, {
      place: key,
      remedy: 'write a regular expression of JavaScript',
      cause,
    })
  }
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
