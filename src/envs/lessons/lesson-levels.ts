import { AgonError } from '../../core/errors.ts'
import { textLevels } from '../text-levels.ts'
import type { Lesson } from './contract.ts'

const MOST = 2000

const form = textLevels<Lesson>({
  format: ({ prompt, answer }) => JSON.stringify({ prompt, answer }),
  read(text) {
    let found: unknown
    try {
      found = JSON.parse(text)
    } catch {
      throw invalid('the line is no JSON')
    }
    const { prompt, answer } = (found ?? {}) as Partial<Record<keyof Lesson, unknown>>
    if (typeof prompt !== 'string' || typeof answer !== 'string')
      throw invalid('the line has no texts `prompt` and `answer`')
    return { prompt, answer }
  },
  validate({ prompt, answer }) {
    for (const [name, text] of Object.entries({ prompt, answer })) {
      if (text.trim() === '' || text !== text.trim())
        return `the ${name} is empty, or blanks stand around it`
      if (text.length > MOST) return `the ${name} has more than ${MOST} characters`
    }
    return answer.includes('\n') ? 'the answer has several lines' : null
  },
})

/** Lessons as text: JSON with `prompt` and `answer`, a line each. Other keys are left out. */
export const lessonLevels = {
  ...form,
  parseFile: (text: string) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, i) => ({ name: `lesson-${i + 1}`, level: form.parse(line) })),
}

const invalid = (message: string): AgonError =>
  new AgonError('level/invalid', message, {
    remedy: 'write lines such as {"prompt": "What is 2 + 3?", "answer": "5"}',
  })
