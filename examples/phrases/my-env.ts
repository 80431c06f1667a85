import { defineEnvironment, z } from 'agon'
import type { RandomStream } from 'agon/core'
import type { LevelSpace } from 'agon/envs'
import { chosenOperator, specWithoutSteps, textLevels, unknownSuite } from 'agon/envs'

// An environment without steps: its levels are phrases, and who attempts one answers it in one go.

const VERBS = ['sum', 'sort', 'count', 'reverse']
const NOUNS = ['digits', 'words', 'letters', 'lines']
const OPERATORS = ['change-verb', 'change-noun'] as const
const SUITE = 'phrases/verbs'

interface Phrase {
  readonly verb: string
  readonly noun: string
}

const any = (words: readonly string[], stream: RandomStream): string =>
  words[stream.integer(words.length)]

const levels: LevelSpace<Phrase> = {
  ...textLevels<Phrase>({
    format: ({ verb, noun }) => `${verb} ${noun}`,
    read(text) {
      const [verb = '', noun = ''] = text.split(' ')
      return { verb, noun }
    },
    validate: ({ verb, noun }) =>
      VERBS.includes(verb) && NOUNS.includes(noun) ? null : `'${verb} ${noun}' is no phrase`,
  }),
  sample: (stream) => ({ verb: any(VERBS, stream), noun: any(NOUNS, stream) }),
  operators: OPERATORS,
  mutate(phrase, stream, asked) {
    const operator = chosenOperator(asked, OPERATORS)
    const changed =
      operator === 'change-verb' ? { verb: any(VERBS, stream) } : { noun: any(NOUNS, stream) }
    return { level: { ...phrase, ...changed }, operator }
  },
  crossover: (a, b) => ({ level: { verb: a.verb, noun: b.noun }, operator: 'splice' }),
  features: ({ verb }) => ({ verb: VERBS.indexOf(verb) }),
}

export const environment = defineEnvironment({
  id: 'phrases',
  options: z.strictObject({}),
  create: () => ({
    spec: specWithoutSteps({ id: 'phrases', profile: 'plain', seat: 'speaker' }),
    levels,
    suites: [SUITE],
    suite(id) {
      if (id !== SUITE) throw unknownSuite(id, [SUITE])
      const entries = VERBS.map((verb) => ({ name: verb, level: () => ({ verb, noun: 'words' }) }))
      return { id, about: 'each verb once', entries }
    },
    solvedAbove: 0.5,
  }),
})
