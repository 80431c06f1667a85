import type { Suite, SuiteEntry } from '../../contract.ts'
import { unknownSuite } from '../../unknown-suite.ts'
import type { FootballLevel } from '../level.ts'

/** The number of an environment's first episode in the reference; even ones have the formations as the tables show them. */
export const FIRST_EPISODE = 2

interface SuiteRecipe {
  readonly about: string
  holds(scenario: string): boolean
}

const SUITES: Readonly<Record<string, SuiteRecipe>> = {
  'football/academy': {
    about: 'The eleven situations of the football academy.',
    holds: (name) => name.startsWith('academy_'),
  },
  'football/11_vs_11': {
    about: 'Whole games of eleven a side against the built-in AI at five difficulties.',
    holds: (name) => name.startsWith('11_vs_11_'),
  },
  'football/small-sided': {
    about: 'Whole games of one and of five a side.',
    holds: (name) => name === '1_vs_1_easy' || name === '5_vs_5',
  },
  'football/tests': {
    about: "The scenarios of the reference's own tests and examples.",
    holds: (name) => name.startsWith('tests.') || name.startsWith('test_'),
  },
  'football/all': { about: 'Every built-in scenario.', holds: () => true },
}

/** The built-in scenarios as far as they can be played. */
export interface Scenarios {
  readonly names: readonly string[]
  level(name: string, episode: number): FootballLevel
  playable(level: FootballLevel): boolean
}

/** Suites of which anything can be played. */
export function suiteIds(scenarios: Scenarios): readonly string[] {
  const names = playableNames(scenarios)
  return Object.keys(SUITES).filter((id) => names.some(SUITES[id].holds))
}

const playableNames = (scenarios: Scenarios): readonly string[] =>
  scenarios.names.filter((name) =>
    // Some exchange their formations, which may not have the same size.
    [0, 1].every((episode) => scenarios.playable(scenarios.level(name, episode))),
  )

/**
 * Scenarios as they are, whatever the options say of generated levels; those that the environment cannot seat or
 * show are left out. Episode 0 is the reference's first.
 * @throws AgonError `suite/unknown` with the nearest id
 */
export function footballSuite(id: string, scenarios: Scenarios): Suite<FootballLevel> {
  const ids = suiteIds(scenarios)
  if (!ids.includes(id)) throw unknownSuite(id, ids)
  const { about, holds } = SUITES[id]
  return {
    id,
    about,
    entries: playableNames(scenarios)
      .filter(holds)
      .map(
        (name): SuiteEntry<FootballLevel> => ({
          name,
          level: (_, episode) => scenarios.level(name, FIRST_EPISODE + episode),
        }),
      ),
  }
}
