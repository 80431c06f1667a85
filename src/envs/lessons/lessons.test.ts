import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { checkEnvironment } from '../check-environment.ts'
import { numberWords } from '../worded/number-words.ts'
import type { ProblemKind } from './contract.ts'
import { environment } from './index.ts'
import { drawProblem } from './problems.ts'

const SUM = { operation: 'addition', form: 'digits', digits: 2, steps: 1 } as const
const made = (options: object) => environment.create(environment.options.parse(options))

describe('problems', () => {
  it('have the right result, worked through from the left', () => {
    const kinds = (['addition', 'subtraction', 'multiplication'] as const).flatMap((operation) =>
      (['digits', 'story'] as const).flatMap((form) =>
        [1, 2, 3].flatMap((digits) =>
          [1, 2, 3].map((steps): ProblemKind => ({ operation, form, digits, steps })),
        ),
      ),
    )
    for (const kind of kinds) {
      const { prompt, answer } = drawProblem(kind, stream(1, JSON.stringify(kind)))
      const numbers = (prompt.match(/\d+/g) ?? []).map(Number)
      expect(numbers).toHaveLength(kind.steps + 1)
      expect(Math.max(...numbers.map((n) => String(n).length))).toBe(kind.digits)
      const [first, ...rest] = numbers
      const wanted = rest.reduce(
        (so, n) =>
          kind.operation === 'addition'
            ? so + n
            : kind.operation === 'subtraction'
              ? so - n
              : so * n,
        first,
      )
      expect(Number(answer), prompt).toBe(wanted)
    }
  })

  it('are told in words', () => {
    expect([0, 13, 20, 45, 100, 999, 1204, 90_000].map(numberWords)).toEqual([
      'zero',
      'thirteen',
      'twenty',
      'forty-five',
      'one hundred',
      'nine hundred ninety-nine',
      'one thousand two hundred four',
      'ninety thousand',
    ])
    const kind = { operation: 'subtraction', form: 'words', digits: 1, steps: 1 } as const
    expect(drawProblem(kind, stream(1)).prompt).toMatch(/^What is [a-z]+ minus [a-z]+\?$/)
  })
})

describe('the environment of lessons', () => {
  it('draws by weight', () => {
    const facts = [
      { prompt: 'a?', answer: 'x', weight: 6 },
      { prompt: 'b?', answer: 'y', weight: 3 },
    ]
    const { levels } = made({ problems: [{ ...SUM, weight: 1 }], facts })
    const counts = { 'a?': 0, 'b?': 0, other: 0 }
    const random = stream('weights')
    for (let i = 0; i < 10_000; i++) {
      const { prompt } = levels.sample(random)
      counts[prompt in counts ? (prompt as 'a?') : 'other']++
    }
    const near = (found: number, wanted: number) =>
      expect(Math.abs(found / 1e4 - wanted)).toBeLessThan(0.02)
    near(counts['a?'], 0.6)
    near(counts['b?'], 0.3)
    near(counts.other, 0.1)
  })

  it('keeps what environments promise, and reads lines of JSON', () => {
    const made2 = made({ problems: [SUM], facts: [{ prompt: 'Who?', answer: 'me' }] })
    checkEnvironment(made2)
    const { levels } = made2
    const [one, two] = levels.parseFile!(
      '{"prompt":"2 + 2?","answer":"4","cell":[1,2]}\n\n{"answer":"no","prompt":"Is it?"}\n',
    )
    expect([one.level, two.level]).toEqual([
      { prompt: '2 + 2?', answer: '4' },
      { prompt: 'Is it?', answer: 'no' },
    ])
    expect(levels.decode(levels.encode(one.level))).toEqual(one.level)
    for (const line of [
      '{',
      '{"prompt":"x"}',
      '{"prompt":"x","answer":" y"}',
      '{"prompt":"x","answer":"y\\nz"}',
    ])
      expect(() => levels.parse(line)).toThrow(expect.objectContaining({ code: 'level/invalid' }))
    expect(made2.suites).toEqual(['lessons/problems', 'lessons/facts'])
    expect(environment.options.safeParse({}).success).toBe(false)
  })
})
