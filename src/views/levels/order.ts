import { AgonError } from '../../core/errors.ts'
import { suggestion } from '../../core/nearest.ts'
import type { SelectedLevel } from './contract.ts'

/** By what levels can be ordered beside their score. */
const OTHERS: Readonly<Record<string, (level: SelectedLevel, cycle: number) => number | null>> = {
  generation: ({ generation }) => generation,
  age: ({ since }, cycle) => cycle - since,
  return: ({ attempt }) => attempt?.return ?? null,
  solved: ({ attempt }) => attempt?.solved ?? null,
  length: ({ attempt }) => attempt?.length ?? null,
  episodes: ({ attempt }) => attempt?.episodes ?? null,
}

/** Scores that say nothing of what there is to learn on a level. */
const NO_REGRET: ReadonlySet<string> = new Set(['return', 'negative-return', 'random', 'uniform'])

/**
 * Highest first; levels without the number come last, and equals stay in their order.
 * @param top `score` or its name; `regret` where the score is one or estimates one; or another number of the levels
 * @throws AgonError `levels/order`
 */
export function ordered(
  levels: readonly SelectedLevel[],
  top: string,
  cycle: number,
): readonly SelectedLevel[] {
  const value = numberBy(levels, top)
  const key = (level: SelectedLevel): number => value(level, cycle) ?? Number.NEGATIVE_INFINITY
  // Two −∞ are equal, and their difference is none.
  return levels.toSorted((a, b) => (key(a) === key(b) ? 0 : key(b) - key(a)))
}

function numberBy(
  levels: readonly SelectedLevel[],
  top: string,
): (level: SelectedLevel, cycle: number) => number | null {
  const scored = [...new Set(levels.flatMap(({ scored }) => scored ?? []))].sort()
  const score = ({ score }: SelectedLevel): number | null => score ?? null
  const regrets = scored.filter((name) => !NO_REGRET.has(name))
  if (top === 'score' && scored.length > 0) return score
  if (top === 'regret' && regrets.length > 0) return score
  // A score of its own name goes before the number of the same name of the attempt alone.
  if (scored.includes(top)) return (level) => (level.scored === top ? (level.score ?? null) : null)
  if (Object.hasOwn(OTHERS, top)) return OTHERS[top]
  const known = [
    ...(scored.length > 0 ? ['score', ...scored] : []),
    ...(regrets.length > 0 ? ['regret'] : []),
    ...Object.keys(OTHERS),
  ]
  throw new AgonError('levels/order', obstacle(top, scored), {
    place: `--top ${top}`,
    remedy: suggestion(top, known),
    fields: { known },
  })
}

function obstacle(top: string, scored: readonly string[]): string {
  if (top !== 'regret' && top !== 'score') return `levels have no number named '${top}'`
  if (scored.length === 0) return 'the adversary of these levels tells no score of them'
  return `the score of these levels is ${scored.join(', ')}, which estimates no regret`
}
