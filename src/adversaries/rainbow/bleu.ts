/** What an n-gram is made of, and what stands for a count of none (Chen and Cherry 2014, method 4 as NLTK has it). */
export interface BleuRule {
  readonly unit: 'word' | 'character'
  readonly smoothing: 'epsilon' | 'method4'
}

const ORDERS = 4
const EPSILON = 0.1
/** NLTK's own K of method 4. */
const K = 5

/**
 * How alike a text is to another one: clipped n-gram precisions for n = 1 … 4 of equal weight, with the penalty for brevity.
 * A hypothesis of fewer than four units is compared in the orders that it has; under method 4, as NLTK does, in all of them.
 * @returns 0 … 1
 */
export const bleu = (reference: string, hypothesis: string, rule: BleuRule): number =>
  bleuOfGrams(gramsOfText(reference, rule.unit), gramsOfText(hypothesis, rule.unit), rule.smoothing)

/** Words and marks in lower case and composed form; or code points as they are. */
export const unitsOf = (text: string, unit: BleuRule['unit']): readonly string[] =>
  unit === 'character'
    ? [...text]
    : (text
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu) ?? [])

/** The n-grams of a text by order, with their counts: made once where a text is compared often. */
interface Grams {
  readonly length: number
  readonly orders: readonly ReadonlyMap<string, number>[]
}

const gramsOfText = (text: string, unit: BleuRule['unit']): Grams => {
  const units = unitsOf(text, unit)
  const orders = Array.from({ length: ORDERS }, (_, i) => gramsOf(units, i + 1))
  return { length: units.length, orders }
}

function bleuOfGrams(
  reference: Grams,
  hypothesis: Grams,
  smoothing: BleuRule['smoothing'],
): number {
  const { length } = hypothesis
  if (length === 0) return reference.length === 0 ? 1 : 0
  const orders = smoothing === 'method4' ? ORDERS : Math.min(ORDERS, length)
  let [sum, none] = [0, 0]
  for (let n = 1; n <= orders; n++) {
    const total = Math.max(1, length - n + 1)
    const found = clippedMatches(reference.orders[n - 1], hypothesis.orders[n - 1])
    // Without a common unit NLTK gives nothing, whatever the smoothing.
    if (smoothing === 'method4' && n === 1 && found === 0) return 0
    if (found === 0) none += 1
    sum += Math.log((found > 0 ? found : smoothed(smoothing, none, length)) / total)
  }
  const penalty = length >= reference.length ? 0 : 1 - reference.length / length
  return Math.exp(penalty + sum / orders)
}

/** What stands for no match; `none` counts the orders without one. */
function smoothed(smoothing: BleuRule['smoothing'], none: number, length: number): number {
  if (smoothing === 'epsilon' || length < 2) return smoothing === 'epsilon' ? EPSILON : 0
  return Math.log(length) / (2 ** none * K)
}

function gramsOf(units: readonly string[], n: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + n <= units.length; i++) {
    const gram = units.slice(i, i + n).join('\u0000')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

function clippedMatches(
  reference: ReadonlyMap<string, number>,
  hypothesis: ReadonlyMap<string, number>,
): number {
  let matches = 0
  for (const [gram, count] of hypothesis) matches += Math.min(count, reference.get(gram) ?? 0)
  return matches
}

/** The mean BLEU of each text against each other one; null for fewer than two. */
export function selfBleu(texts: readonly string[], rule: BleuRule): number | null {
  if (texts.length < 2) return null
  const grams = texts.map((text) => gramsOfText(text, rule.unit))
  let sum = 0
  for (let i = 0; i < grams.length; i++)
    for (let j = 0; j < grams.length; j++)
      if (i !== j) sum += bleuOfGrams(grams[j], grams[i], rule.smoothing)
  return sum / (grams.length * (grams.length - 1))
}
