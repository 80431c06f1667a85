import { AgonError } from '../../core/errors.ts'
import type { StressBudget } from './contract.ts'
import { type Reference, TARGET, type WrittenPolicy } from './references.ts'
import type { StressSetting } from './stress-setting.ts'

/** What a stress test is to be. */
export interface StressOrder {
  readonly name: string
  readonly setting: Omit<StressSetting, 'notes'>
  readonly target: WrittenPolicy
  readonly references: readonly Reference[]
  /** Id of an adversary; absent: that of the environment. */
  readonly adversary?: string
  readonly budget: StressBudget
}

/** Tasks of a cycle: sixteen candidates of four repeats. */
const TASKS = 64
/** Seconds of work may be lost, not minutes. */
const CUT_EVERY = 10
/** One attempt of each: what the policy does on levels that nobody chose. */
const UNCHOSEN = 'random:100'

/** Adversaries that keep a grid of elites, and take axes and signal. */
const SEARCHES: readonly string[] = ['map-elites', 'madrid', 'targeted', 'random', 'cma-me']

/**
 * A stress test as the config of a run, which `agon run` takes as well.
 * @throws AgonError `usage/option` for references where nobody can play against anybody
 */
export function composeStress({
  name,
  setting,
  target,
  references,
  adversary = setting.adversary,
  budget,
}: StressOrder): Readonly<Record<string, unknown>> {
  const { env, axes, steps } = setting
  const names = references.map((reference) => reference.name)
  const searching = SEARCHES.includes(adversary)
  return {
    name,
    env,
    adversary: {
      id: adversary,
      ...(searching && axes !== undefined ? { axes } : {}),
      ...(searching ? signalOf(setting, names) : {}),
      ...(searching && INITIAL[adversary] !== undefined ? { initial: INITIAL[adversary] } : {}),
    },
    student: { id: 'frozen', policy: TARGET, rollout: { envs: TASKS, steps } },
    policies: Object.fromEntries([
      [TARGET, target],
      ...references.map((reference) => [reference.name, reference.policy]),
    ]),
    evaluation: { suite: UNCHOSEN, episodes: 1, every: 0 },
    budget,
    cuts: { every: CUT_EVERY },
  }
}

function signalOf(
  { signal, spec }: StressOrder['setting'],
  references: readonly string[],
): Readonly<Record<string, unknown>> {
  if (references.length === 0) return signal === undefined ? {} : { signal }
  const [referenceSeat, targetSeat] = Object.keys(spec.seats)
  if (targetSeat === undefined)
    throw new AgonError('usage/option', '--against needs an environment of two seats', {
      place: 'agon stress',
      remedy: `leave it out: here the policy is measured against the best possible (signal ${signal ?? 'of your choice'})`,
    })
  return { signal: 'cross-play', references, referenceSeat, targetSeat, target: TARGET }
}

/** Levels of the generator before elites are changed: a part of every region is seen. */
const INITIAL: Readonly<Record<string, number>> = { 'map-elites': 128, 'cma-me': 128 }
