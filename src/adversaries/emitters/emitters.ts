import { z } from 'zod'
import { AgonError } from '../../core/errors.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { Emitter } from './contract.ts'
import { improvementEmitter } from './improvement-emitter.ts'
import { genomeOf } from './points.ts'
import {
  gaussianEmitter,
  isoLineEmitter,
  mutationEmitter,
  randomEmitter,
} from './simple-emitters.ts'

const sigma = z.number().gt(0).max(1e6)
const count = z.int().min(1).max(1000).default(1).describe('Emitters of this kind. Default 1.')
const sigmaOf = z
  .enum(['units', 'range'])
  .default('units')
  .describe('Whether sigma is in the units of the genome or a share of each number’s range.')

/** An emitter as a config writes it. */
export const emitterOption = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('random'), count }),
  z.strictObject({
    kind: z.literal('mutation'),
    operator: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Which of the level space’s operators; absent: its own choice.'),
    count,
  }),
  z.strictObject({
    kind: z.literal('gaussian'),
    sigma: sigma.default(0.1).describe('Standard deviation of the noise. Default 0.1.'),
    sigmaOf,
    count,
  }),
  z.strictObject({
    kind: z.literal('iso-line'),
    sigma: sigma.default(0.01).describe('Standard deviation of the noise. Default 0.01.'),
    lineSigma: sigma
      .default(0.2)
      .describe('Standard deviation of the way to another elite, as a share of it. Default 0.2.'),
    sigmaOf,
    count,
  }),
  z.strictObject({
    kind: z.literal('cma-me'),
    sigma: sigma.default(0.1).describe('Standard deviation where it begins. Default 0.1.'),
    sigmaOf,
    batch: z
      .int()
      .min(2)
      .max(100_000)
      .optional()
      .describe('Fewest candidates of a generation; absent: 4 + ⌊3 ln n⌋ for n numbers.'),
    bounds: z
      .enum(['clip', 'resample'])
      .default('clip')
      .describe('What is done with samples outside the genome’s bounds. Default clip.'),
    selection: z
      .enum(['filter', 'mu'])
      .default('filter')
      .describe('Whose mean it moves to: of all that entered the grid, or of the better half.'),
    count,
  }),
])

export type EmitterOption = z.output<typeof emitterOption>

/** An emitter with a record of a type that only it knows. */
export type AnyEmitter<L> = Emitter<unknown, L>

/** @throws AgonError `adversary/genome`, `adversary/operator` */
export function makeEmitter<L>(
  id: string,
  option: EmitterOption,
  levels: LevelSpace<L>,
): AnyEmitter<L> {
  switch (option.kind) {
    case 'random':
      return randomEmitter(id) as AnyEmitter<L>
    case 'mutation':
      checkOperator(option.operator, levels)
      return mutationEmitter(id, option.operator) as AnyEmitter<L>
    default:
      checkGenome(option.kind, levels)
      return overPoints(id, option, levels) as AnyEmitter<L>
  }
}

function overPoints<L>(
  id: string,
  option: Exclude<EmitterOption, { kind: 'random' | 'mutation' }>,
  levels: LevelSpace<L>,
) {
  const noise = { ...option, relative: option.sigmaOf === 'range' }
  switch (noise.kind) {
    case 'gaussian':
      return gaussianEmitter(id, noise)
    case 'iso-line':
      return isoLineEmitter(id, noise)
    case 'cma-me':
      return improvementEmitter(id, genomeOf(levels).bounds, noise)
  }
}

function checkGenome(kind: string, { genome }: Pick<LevelSpace<unknown>, 'genome'>): void {
  if (genome !== undefined) return
  throw new AgonError('adversary/genome', `'${kind}' searches points, and these levels are none`, {
    place: 'adversary.emitters',
    remedy: 'use the emitters mutation and random, or levels that have a genome',
  })
}

function checkOperator(
  operator: string | undefined,
  { operators = [] }: Pick<LevelSpace<unknown>, 'operators'>,
): void {
  if (operator === undefined || operators.includes(operator)) return
  throw new AgonError('adversary/operator', `these levels have no operator '${operator}'`, {
    place: 'adversary.emitters',
    remedy:
      operators.length === 0
        ? 'leave operator out: they have but one way to change'
        : `their operators are ${operators.join(', ')}`,
  })
}
