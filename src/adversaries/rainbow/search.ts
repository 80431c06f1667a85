import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { AgonError } from '../../core/errors.ts'
import type { PromptForm } from '../../envs/contract.ts'
import type { AdversaryContext } from '../contract.ts'
import type { Axis, GridSpec } from '../grid/contract.ts'
import { createGrid } from '../grid/elite-grid.ts'
import type { RainbowRecord } from './contract.ts'
import { type RainbowOptions, rainbowGrid } from './options.ts'
import { type FullWording, fullWording, wordingSchema } from './wording.ts'

/** A rewriting search as its config has it: what does not change. */
export interface RainbowSearch<L> {
  readonly options: RainbowOptions
  readonly context: AdversaryContext<L>
  readonly prompts: PromptForm<L>
  readonly spec: GridSpec
  /** Read from its file when it is first asked for. */
  readonly wording: () => FullWording
}

/** @throws AgonError `adversary/prompts`, `adversary/axis` */
export function createRainbow<L>(
  options: RainbowOptions,
  context: AdversaryContext<L>,
): RainbowSearch<L> {
  const { prompts } = context.levels
  if (prompts === undefined)
    throw new AgonError('adversary/prompts', 'these levels are no texts that could be rewritten', {
      place: 'adversary.id',
      remedy: 'take the environment prompts, or one whose level space has `prompts`',
    })
  if (prompts.needsWording === true && options.wording === undefined)
    throw new AgonError(
      'adversary/wording',
      'Agon has no words of its own for rewriting texts of this domain',
      {
        place: 'adversary.wording',
        remedy: 'name a file of your own, for a test that you have permission for',
      },
    )
  const spec = rainbowGrid(options)
  for (const axis of spec.axes) checkAxis(axis, prompts)
  let wording: FullWording | null = null
  return {
    ...{ options, context, prompts, spec },
    wording() {
      wording ??= fullWording(options.wording === undefined ? {} : readWording(options.wording))
      return wording
    },
  }
}

/** @throws AgonError `adversary/axis` for an axis that the domain does not have, or has otherwise */
function checkAxis<L>({ name, ...axis }: Axis, { axes }: PromptForm<L>): void {
  const found = axes.find((one) => one.name === name)
  const values = found?.values
  const categories = axis.kind === 'category' ? axis.values : []
  const unknown = categories.find((value) => values === undefined || !Object.hasOwn(values, value))
  if (found !== undefined && unknown === undefined && (axis.kind === 'number') === !values) return
  throw new AgonError(
    'adversary/axis',
    found === undefined
      ? `these prompts have no axis '${name}'`
      : unknown === undefined
        ? `the axis '${name}' of these prompts has categories, and no numbers`
        : `the axis '${name}' of these prompts has no '${unknown}'`,
    {
      place: 'adversary.axes',
      remedy:
        values === undefined
          ? `the axes are ${axes.map((one) => one.name).join(', ')}`
          : `its values are ${Object.keys(values).join(', ')}`,
    },
  )
}

/** @throws AgonError `adversary/wording` */
function readWording(path: string): ReturnType<typeof wordingSchema.parse> | Record<string, never> {
  const wrong = (message: string, cause?: unknown): AgonError =>
    new AgonError('adversary/wording', message, {
      place: path,
      remedy:
        'give a YAML file with the keys mutator, judge, questionJudge, scorer and oracle, or some of them',
      ...(cause === undefined ? {} : { cause }),
    })
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw wrong('the wording cannot be read', cause)
  }
  const read = wordingSchema.partial().safeParse(parse(text) ?? {})
  if (read.success) return read.data as ReturnType<typeof wordingSchema.parse>
  const [issue] = read.error.issues
  throw wrong(`${issue.path.join('.') || 'the wording'}: ${issue.message}`)
}

export const initialRecord = <L>({ spec }: RainbowSearch<L>): RainbowRecord => ({
  ...{ nextSerial: 1, candidates: 0, pending: null },
  grid: createGrid(spec.axes),
  holders: new Map(),
  generations: new Map(),
  counts: {
    ...{ filtered: 0, unusable: 0, invalid: 0, updates: 0, comparisons: 0 },
    ...{ ties: 0, votes: 0, abstained: 0, pairs: 0, flips: 0 },
  },
})
