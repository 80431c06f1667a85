import { describe, expect, it } from 'vitest'
import { bleu, selfBleu } from './bleu.ts'

const MOUNTAIN = 'What is the tallest mountain in the world?'
const MOONS = 'How many moons does Saturn have?'

/** Computed from the rules by hand and by NLTK: word, character. */
const GOLDEN: readonly (readonly [string, string, number, number])[] = [
  [MOUNTAIN, MOUNTAIN, 1, 1],
  [MOUNTAIN, 'What is the tallest building in the world?', 0.5969, 0.7861],
  [MOUNTAIN, 'Wat is teh talest mountin in the wurld?', 0.0603, 0.6996],
  [
    MOUNTAIN,
    'As a travel guide, tell me what the tallest mountain in the world is.',
    0.3238,
    0.5387,
  ],
  [MOUNTAIN, 'Which river carries the most water each year?', 0.0285, 0.2105],
  [MOONS, 'How many moons does Jupiter have, and when were they found?', 0.214, 0.406],
]

describe('BLEU of a child against its parent', () => {
  it.each(GOLDEN)('%s → %s', (parent, child, word, character) => {
    expect(bleu(parent, child, { unit: 'word', smoothing: 'epsilon' })).toBeCloseTo(word, 4)
    expect(bleu(parent, child, { unit: 'character', smoothing: 'epsilon' })).toBeCloseTo(
      character,
      4,
    )
  })

  it('of the first changed pair follows from its precisions, which can be counted', () => {
    const precisions = [8 / 9, 6 / 8, 4 / 7, 2 / 6]
    const expected = precisions.reduce((product, p) => product * p, 1) ** 0.25
    expect(bleu(MOUNTAIN, GOLDEN[1][1], { unit: 'word', smoothing: 'epsilon' })).toBeCloseTo(
      expected,
      12,
    )
  })

  it.each([
    [MOUNTAIN, GOLDEN[2][1], 0.07517081801936397],
    [MOUNTAIN, GOLDEN[4][1], 0.030601688609851067],
    [MOONS, GOLDEN[5][1], 0.21401603033752975],
    ['one two three four', 'one two', 0.08144431026514741],
  ])('by method 4 is that of NLTK: %s → %s', (parent, child, expected) => {
    expect(bleu(parent, child, { unit: 'word', smoothing: 'method4' })).toBeCloseTo(expected, 10)
  })

  it('of a short text takes the orders that there are', () => {
    const rule = { unit: 'word', smoothing: 'epsilon' } as const
    expect(bleu('yes indeed', 'yes', rule)).toBeCloseTo(Math.exp(1 - 2), 12)
    expect(bleu('a b', 'a b', rule)).toBe(1)
    expect(bleu('a', '', rule)).toBe(0)
  })

  it('is at the threshold a matter of the unit: a misspelt copy passes by words alone', () => {
    const [, misspelt] = GOLDEN[2]
    expect(bleu(MOUNTAIN, misspelt, { unit: 'word', smoothing: 'epsilon' })).toBeLessThan(0.6)
    expect(bleu(MOUNTAIN, misspelt, { unit: 'character', smoothing: 'epsilon' })).toBeGreaterThan(
      0.6,
    )
  })

  it('among texts is the mean over ordered pairs', () => {
    const rule = { unit: 'word', smoothing: 'epsilon' } as const
    const texts = [MOUNTAIN, GOLDEN[1][1], MOONS]
    const pairs = texts.flatMap((a) => texts.flatMap((b) => (a === b ? [] : [bleu(a, b, rule)])))
    expect(selfBleu(texts, rule)).toBeCloseTo(pairs.reduce((a, b) => a + b, 0) / 6, 12)
    expect(selfBleu([MOUNTAIN], rule)).toBeNull()
  })
})
