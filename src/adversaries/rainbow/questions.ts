import type { Json } from '../../core/snapshot.ts'
import type { PromptAxis } from '../../envs/contract.ts'
import type { ChatMessage, GenerateRequest } from '../../inference/language/contract.ts'
import type { Axis } from '../grid/contract.ts'
import type { RainbowOptions } from './options.ts'
import { examplesFor, type FullWording, filled, messages } from './wording.ts'

/**
 * Questions to services: each a request to a language model, with `about` beside it, which models do not read: what a rule or an attached
 * process needs to know.
 */

interface Asked {
  readonly said: readonly ChatMessage[]
  readonly sampling: RainbowOptions['mutatorSampling']
  readonly seed: number
  readonly sample: number
  readonly topLogProbs?: number
  readonly about: Readonly<Record<string, Json>>
}

function payloadOf({ said, sampling, about, ...rest }: Asked): Json {
  const request: GenerateRequest = { messages: said, ...sampling, ...rest }
  return { ...request, about } as unknown as Json
}

/** A rewriting: of which text, for which bin or category of which axis. */
export interface Rewriting {
  readonly text: string
  readonly axis: Axis
  /** Index on it. */
  readonly index: number
  /** What the domain says of the axis. */
  readonly described: PromptAxis | undefined
  /** Where the text lies, on an axis of numbers. */
  readonly measured: number | undefined
  readonly seed: number
  readonly sample: number
}

export function rewritingQuestion(
  wording: FullWording,
  sampling: RainbowOptions['mutatorSampling'],
  { text, axis, index, described, measured, seed, sample }: Rewriting,
): Json {
  const { mutator } = wording
  const about = described?.about ?? axis.name
  if (axis.kind === 'number') {
    const [low, high] = binEnds(axis, index)
    const middle = (low + high) / 2
    const values = {
      ...{ text, axis: axis.name, about, low: rounded(low), high: rounded(high) },
      measured: measured === undefined ? 'not known' : rounded(measured),
      direction: directionOf(axis.name, (measured ?? middle) < middle),
      examples: examplesFor(mutator, axis.name, null),
    }
    return payloadOf({
      said: messages(mutator.system, filled(mutator.number, values)),
      ...{ sampling, seed, sample },
      about: { text, feature: axis.name, value: { low, high } },
    })
  }
  const value = axis.values[index]
  const values = {
    ...{ text, axis: axis.name, value, about: described?.values?.[value] ?? about },
    examples: examplesFor(mutator, axis.name, value),
  }
  const template = text === '' ? mutator.scratch : mutator.category
  return payloadOf({
    said: messages(mutator.system, filled(template, values)),
    ...{ sampling, seed, sample },
    about: { text, feature: axis.name, value },
  })
}

/** As the paper's mutator is told of lengths; of other numbers likewise. */
const directionOf = (name: string, up: boolean): string => {
  if (name === 'length') return up ? 'longer' : 'shorter'
  return up ? 'higher on this axis' : 'lower on this axis'
}

/** Both ends of a bin. */
export function binEnds(
  { low, high, bins }: Extract<Axis, { kind: 'number' }>,
  index: number,
): readonly [number, number] {
  const width = (high - low) / bins
  return [low + index * width, index === bins - 1 ? high : low + (index + 1) * width]
}

const rounded = (value: number): number => Math.round(value * 100) / 100

/** One side of a comparison. */
export interface Side {
  /** The level's text form, and its prompt. */
  readonly level: string
  readonly prompt: string
  readonly response: string
  readonly reference?: string
}

export function comparisonQuestion(
  { judge }: FullWording,
  { judgeSees, judgeSampling }: Pick<RainbowOptions, 'judgeSees' | 'judgeSampling'>,
  first: Side,
  second: Side,
  ask: { readonly seed: number; readonly sample: number },
): Json {
  const values = {
    ...{ first: first.response, second: second.response },
    ...{ firstPrompt: first.prompt, secondPrompt: second.prompt },
  }
  return payloadOf({
    said: messages(judge.system, filled(judge[judgeSees], values)),
    sampling: judgeSampling,
    ...ask,
    about: { first: sideOf(first), second: sideOf(second) },
  })
}

const sideOf = ({ level, response, reference }: Side): Json => ({
  ...{ level, response },
  ...(reference === undefined ? {} : { reference }),
})

/** Which of two answers to one question is more wrong. */
export function answersQuestion(
  { questionJudge }: FullWording,
  sampling: RainbowOptions['judgeSampling'],
  { level, prompt }: Pick<Side, 'level' | 'prompt'>,
  [first, second]: readonly [string, string],
  ask: { readonly seed: number; readonly sample: number },
): Json {
  const values = { question: prompt, first, second }
  return payloadOf({
    said: messages(questionJudge.system, filled(questionJudge.user, values)),
    ...{ sampling, ...ask },
    about: { level, first: { level, response: first }, second: { level, response: second } },
  })
}

export function scoringQuestion({ scorer }: FullWording, side: Side, seed: number): Json {
  const { prompt, response } = side
  return payloadOf({
    said: messages(scorer.system, filled(scorer.user, { prompt, response })),
    // One token decides, and guard models tell how sure they are of it.
    sampling: { temperature: 0, topP: 1, maxTokens: 16 },
    ...{ seed, sample: 0, topLogProbs: 5 },
    about: sideOf(side) as Record<string, Json>,
  })
}

export function oracleQuestion(
  { oracle }: FullWording,
  { level, prompt }: Pick<Side, 'level' | 'prompt'>,
  seed: number,
): Json {
  return payloadOf({
    said: messages(oracle.system, filled(oracle.user, { prompt })),
    sampling: { temperature: 0, topP: 1, maxTokens: 16 },
    ...{ seed, sample: 0 },
    about: { level, question: prompt },
  })
}
