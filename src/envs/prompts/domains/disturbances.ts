import type { RandomStream } from '../../../core/random.ts'

/** Ways to disturb a text and leave its meaning, each at several places; and the way back. */

export const disturbances = {
  typos: 'letters of a word change places',
  capitals: 'words are written in capitals',
  spacing: 'further blanks stand between words',
  fillers: 'words that say nothing stand before the text',
  punctuation: 'further marks stand after words',
} as const

export type Disturbance = keyof typeof disturbances

const FILLERS = ['Well,', 'So,', 'Um,', 'Listen,'] as const

/** Indices of words, in a drawn order. */
function placesIn(words: readonly string[], draw: RandomStream, fits: (word: string) => boolean) {
  const places = words.flatMap((word, i) => (fits(word) ? [i] : []))
  return draw.shuffle(places)
}

/** @param strength how many words, blanks or marks are concerned, as far as there are so many */
export function disturb(
  clean: string,
  style: Disturbance,
  strength: number,
  draw: RandomStream,
): string {
  if (style === 'fillers') return `${FILLERS.slice(0, strength).join(' ')} ${clean}`
  const words = clean.split(' ')
  const fits: Readonly<Record<Disturbance, (word: string) => boolean>> = {
    typos: (word) => /^[a-z]{4,}$/i.test(word.replace(/\W/g, '')) && word[1] !== word[2],
    capitals: (word) => /[a-z]/.test(word),
    spacing: (word) => word !== words.at(-1),
    fillers: () => true,
    punctuation: (word) => !/\W$/.test(word),
  }
  for (const i of placesIn(words, draw, fits[style]).slice(0, strength)) {
    const word = words[i]
    if (style === 'typos') words[i] = `${word[0]}${word[2]}${word[1]}${word.slice(3)}`
    if (style === 'capitals') words[i] = word.toUpperCase()
    if (style === 'spacing') words[i] = `${word} `
    if (style === 'punctuation') words[i] = `${word},`
  }
  return words.join(' ')
}

export interface Recovered {
  readonly clean: string
  /** Null: it is the clean text itself. */
  readonly style: Disturbance | null
  readonly strength: number
}

const lettersOf = (text: string): string =>
  [...text.toLowerCase().replace(/[^a-z0-9]/g, '')].sort().join('')

const withoutFillers = (text: string): string => text.replace(/^(?:(?:Well|So|Um|Listen), )+/, '')

/** Which of these texts was disturbed, and how; null where none was. */
export function recover(text: string, known: readonly string[]): Recovered | null {
  const letters = lettersOf(withoutFillers(text))
  const clean = known.find((one) => lettersOf(one) === letters)
  if (clean === undefined) return null
  const count = (pattern: RegExp, of: string): number => of.match(pattern)?.length ?? 0
  const fillers =
    count(/\b(?:Well|So|Um|Listen),/g, text) - count(/\b(?:Well|So|Um|Listen),/g, clean)
  const spacing = count(/ {2}/g, text)
  const capitals = count(/\b[A-Z]{2,}\b/g, text) - count(/\b[A-Z]{2,}\b/g, clean)
  const punctuation = count(/,/g, text) - count(/,/g, clean)
  const [words, own] = [text.split(/\s+/), clean.split(' ')]
  const typos = own.filter((word, i) => words[i]?.toLowerCase() !== word.toLowerCase()).length
  const found: readonly (readonly [Disturbance, number])[] = [
    ['fillers', fillers],
    ['spacing', spacing],
    ['capitals', capitals],
    ['punctuation', punctuation],
    ['typos', typos],
  ]
  const [style, strength] = found.find(([, times]) => times > 0) ?? [null, 0]
  return { clean, style, strength }
}
