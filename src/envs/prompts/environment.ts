import { z } from 'zod'
import { AgonError } from '../../core/errors.ts'
import type { RandomStream } from '../../core/random.ts'
import type { LevelSpace, Mutation, PromptForm, PromptSeed, StressAxis } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { chosenOperator } from '../operators.ts'
import { specWithoutSteps } from '../steppable.ts'
import { unknownSuite } from '../unknown-suite.ts'
import type { Bin, Domain, DomainAxis, Prompt } from './contract.ts'
import { DOMAIN_IDS, type DomainId, domainOf } from './domains.ts'
import { drawPrompt } from './draw-prompt.ts'
import { lengthOf } from './plain-text.ts'
import { makePrompt, promptLevels } from './prompt-levels.ts'
import { readSeeds } from './seed-file.ts'

const named = (about: string) => z.string().min(1).max(400).optional().describe(about)

const options = z.strictObject({
  domain: z
    .enum(DOMAIN_IDS)
    .default('qa')
    .describe(
      'What the prompts are about: qa, arithmetic, format, over-refusal, robustness; safety only with `target` and `permission`. Default qa.',
    ),
  seeds: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe(
      'A file of prompts to begin with in place of the domain’s own, wherever the environment is made: JSON lines with `prompt`, or a YAML file of promptfoo.',
    ),
  target: named('For the domain safety alone: which model is tested.'),
  showBodies: z
    .boolean()
    .optional()
    .describe(
      'For the domain safety alone: whether pictures and reports show its prompts. Default false.',
    ),
  permission: named(
    'For the domain safety alone: who has allowed this test, and where that is written down.',
  ),
})

type Options = z.output<typeof options>

/** @throws AgonError `env/permission` */
function checkPermission({ domain, target, permission }: Options): void {
  if (domain !== 'safety' || (target !== undefined && permission !== undefined)) return
  throw new AgonError('env/permission', 'the domain safety is off', {
    place: 'env.domain',
    remedy:
      'name the model as env.target and who has allowed the test as env.permission: test only systems that you own or have written permission to test',
  })
}

type Seeds = readonly PromptSeed<Prompt>[]

function levelsOf(domain: Domain, seeds: Seeds, showBodies: boolean): LevelSpace<Prompt> {
  const operators = domain.axes.map(({ name }) => name)
  return {
    ...promptLevels(domain),
    sample: (stream) => sampled(domain, seeds, stream),
    operators,
    mutate(prompt, stream, asked) {
      const [first, ...rest] = operators
      const operator =
        asked === undefined
          ? operators[stream.integer(operators.length)]
          : chosenOperator(asked, [first, ...rest])
      return mutated(domain, prompt, operator, stream)
    },
    features: (prompt) => featuresOf(domain, prompt),
    prompts: promptForm(domain, seeds),
    draw: (prompt) => drawPrompt(prompt, domain.needsWording !== true || showBodies),
  }
}

/** Where a level has to be drawn of a domain that ships none. */
const STAND_IN = 'Please say hello.'

/** A seed, whose kind is as it is written down. */
function sampled(domain: Domain, seeds: Seeds, stream: RandomStream): Prompt {
  if (seeds.length === 0) return makePrompt(domain, STAND_IN, {}, [])
  return seeds[stream.integer(seeds.length)].level
}

const seedLevel = (domain: Domain, { text, kind }: Domain['seeds'][number]): Prompt =>
  makePrompt(domain, text, kind, domain.cleanStage === undefined ? [] : [text])

/** By rule: rewritten for another place on one axis. */
function mutated(
  domain: Domain,
  { text, kind, clean }: Prompt,
  operator: string,
  stream: RandomStream,
): Mutation<Prompt> {
  const axis = domain.axes.find(({ name }) => name === operator)!
  const stage = domain.axes.indexOf(axis)
  const value = drawnValue(axis, stream)
  const rewritten = domain.rewrite(text, axis.name, value, stream)
  const found = domain.classify(rewritten) ?? {
    ...kind,
    [axis.name]: typeof value === 'string' ? value : (value.low + value.high) / 2,
  }
  const stages = stage === domain.cleanStage ? [rewritten] : [clean ?? text]
  return { level: makePrompt(domain, rewritten, found, stages), operator }
}

function drawnValue({ values, extent }: DomainAxis, stream: RandomStream): string | Bin {
  if (values !== undefined) {
    const all = Object.keys(values)
    return all[stream.integer(all.length)]
  }
  const { low, high, bins } = extent!
  const width = (high - low) / bins
  const bin = stream.integer(bins)
  return { low: low + bin * width, high: low + (bin + 1) * width }
}

/** Numbers of the kind, the place of each category in its axis, and the length. */
function featuresOf({ axes }: Domain, { text, kind }: Prompt): Readonly<Record<string, number>> {
  const numbers = axes.flatMap(({ name, values }): [string, number][] => {
    const value = kind[name]
    if (value === undefined) return []
    return [
      [name, values === undefined ? Number(value) : Object.keys(values).indexOf(String(value))],
    ]
  })
  return { length: lengthOf(text), ...Object.fromEntries(numbers) }
}

const promptForm = (domain: Domain, seeds: Seeds): PromptForm<Prompt> => ({
  axes: domain.axes,
  seeds,
  ...(domain.needsWording === undefined ? {} : { needsWording: domain.needsWording }),
  text: ({ text }) => text,
  kind: ({ kind }) => kind,
  make: (text, kind, stages) => makePrompt(domain, text, kind, stages),
  measure: (axis, text) => domain.measure(axis, text),
  reference: ({ clean }) => clean ?? null,
})

/** As an adversary's config has them. */
export const axesOf = (id: DomainId): readonly StressAxis[] =>
  domainOf(id).axes.map(({ name, values, extent }) =>
    values === undefined ? { name, ...extent! } : { name, values: Object.keys(values) },
  )

/** What language models are asked: levels that are texts, attempted in one go. */
export const environment = defineEnvironment<Options, Prompt>({
  id: 'prompts',
  options,
  stress: { adversary: 'rainbow', axes: ({ domain }) => axesOf(domain) },
  create(given) {
    checkPermission(given)
    const domain = domainOf(given.domain)
    const seeds =
      given.seeds === undefined
        ? domain.seeds.map((seed) => ({ id: seed.id, level: seedLevel(domain, seed) }))
        : readSeeds(domain, given.seeds)
    const suite = `prompts/${domain.id}`
    const suites = seeds.length === 0 ? [] : [suite]
    return {
      spec: specWithoutSteps({ id: 'prompts', profile: domain.id, seat: 'model' }),
      levels: levelsOf(domain, seeds, given.showBodies ?? false),
      suites,
      suite(id) {
        if (!suites.includes(id)) throw unknownSuite(id, suites)
        const entries = seeds.map((seed) => ({ name: seed.id, level: () => seed.level }))
        return { id, about: `the seeds of the domain: ${domain.about}`, entries }
      },
      solvedAbove: 0.5,
      returnRange: [0, 1],
    }
  },
})
