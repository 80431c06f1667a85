import { describe, expect, it } from 'vitest'
import type { Json } from '../contract.ts'
import { extracting, matches } from './compare.ts'
import type { GradeStatistic } from './contract.ts'
import { matchGrader } from './match.ts'
import { matchOptions } from './match-options.ts'

const texts = {
  decode: (bytes: Uint8Array): string => new TextDecoder().decode(bytes),
  format: (level: unknown): string => String(level),
}
const level = (text: string): string => Buffer.from(text).toString('base64')
const outcome = (task: string, artefacts: Record<string, string>, text: string | null): Json => ({
  ...{ slot: 'agent', task, repeat: 0, artefacts },
  level: text === null ? null : level(text),
})
async function graded(options: object, ...outcomes: Json[]): Promise<readonly GradeStatistic[]> {
  const grader = matchGrader(matchOptions.parse(options), texts)
  const ask = { key: '1/experiment/grade/match', payload: { cycle: 1, outcomes } }
  const { payload } = await grader.ask(ask, new AbortController().signal)
  return (payload as unknown as { statistics: GradeStatistic[] }).statistics
}

describe('how answers are compared', () => {
  const plain = { tolerance: 0, relative: 0 }
  it.each([
    ['exact', 'Paris', 'Paris', true],
    ['exact', 'paris', 'Paris', false],
    ['normalised', '  “PARIS”.\n', 'Paris', true],
    ['normalised', 'New   York', 'new york', true],
    ['normalised', 'ﬁle', 'file', true],
    ['normalised', 'Pari', 'Paris', false],
    ['regex', 'colour', 'colou?r', true],
    ['regex', 'the colour', 'colou?r', false],
    ['number', 'so it is 1,234.50', '1234.5', true],
    ['number', '1235', '1234.5', false],
    ['number', 'nobody knows', '3', false],
  ] as const)('%s: %j of %j', (how, answer, expected, same) => {
    expect(matches(answer, expected, { how, ...plain })).toBe(same)
  })

  it('numbers may differ by a tolerance, or by a share of the expected one', () => {
    const within = (answer: string, tolerance: number, relative: number): boolean =>
      matches(answer, '-200', { how: 'number', tolerance, relative })
    expect([within('-201', 1, 0), within('-201.5', 1, 0)]).toEqual([true, false])
    expect([within('-202', 0, 0.01), within('-203', 0, 0.01)]).toEqual([true, false])
  })

  it('says which pattern is none, and where a number is missing', () => {
    expect(() => extracting('(', 'extract')).toThrow(
      expect.objectContaining({ code: 'grader/pattern', place: 'extract' }),
    )
    expect(() => matches('1', 'one', { how: 'number', ...plain })).toThrow(
      expect.objectContaining({ code: 'grader/expected' }),
    )
  })
})

describe('the grader', () => {
  it('finds answer and expectation by their patterns', async () => {
    const found = await graded(
      { artefact: 'said', extract: '^I (.+)$', expected: '^(\\w+)' },
      outcome('1', { said: 'I Sort' }, 'sort words'),
      outcome('2', { said: 'I count' }, 'sort words'),
      outcome('3', { said: 'pardon?' }, 'sort words'),
      outcome('4', { other: 'I sort' }, 'sort words'),
    )
    expect(found.map(({ task, extras }) => [task, extras])).toEqual([
      ['1', { match: 1, answered: 1 }],
      ['2', { match: 0, answered: 1 }],
      ['3', { match: 0, answered: 0 }],
      ['4', { match: 0, answered: 0 }],
    ])
  })

  it('keeps it from the adversary where that is asked', async () => {
    const [one] = await graded({ sealed: true }, outcome('1', { answer: 'yes' }, 'Yes!'))
    expect(one).toMatchObject({ extras: {}, sealed: { match: 1, answered: 1 } })
  })

  it('refuses a level that expects nothing, and a question that is none', async () => {
    const asked = outcome('1.agent.0', { answer: 'yes' }, 'no pattern here')
    await expect(graded({ expected: 'answer: (.*)' }, asked)).rejects.toMatchObject({
      code: 'grader/expected',
      message: expect.stringContaining('1.agent.0'),
    })
    const grader = matchGrader(matchOptions.parse({}), texts)
    await expect(
      grader.ask({ key: 'k', payload: null }, new AbortController().signal),
    ).rejects.toMatchObject({ code: 'grader/question' })
  })
})
