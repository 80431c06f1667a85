import { choiceCounts } from '../../core/action-space.ts'
import type { EnvironmentSpec, Measure, SteppableEnvironment } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { actionNames } from './actions.ts'
import { BOTS, footballBot } from './bots.ts'
import { gamePicture } from './draw/game-picture.ts'
import { overridden } from './generate/generate-level.ts'
import type { FootballLevel } from './level.ts'
import { defectPlace, findDefect } from './level-space/defect.ts'
import { footballLevelSpace } from './level-space/level-space.ts'
import type { NativeFootball } from './native/contract.ts'
import { deviceFault } from './native/device-fault.ts'
import { nativeFootball } from './native/native-football.ts'
import type { EncodedProfile } from './observe/profiles.ts'
import { findSizeMisfit, type Representation, representationOf } from './observe/representation.ts'
import { footballView, shownProfiles } from './observe/views.ts'
import { type FootballOptions, footballOptions } from './options.ts'
import { findSeatMisfit, seatingOf, seatsOf } from './seats.ts'
import { FIRST_EPISODE, footballSuite, type Scenarios, suiteIds } from './suites/suites.ts'
import { type FootballRules, FootballVectorEnv } from './vector-env.ts'

/** What the reference plays deterministic scenarios with. */
const FIXED_SEED = 42n

/**
 * Football as the options say.
 * @throws AgonError `football/scenario` for one that there is not
 */
export function createFootball(
  options: FootballOptions,
  native: NativeFootball,
): SteppableEnvironment<FootballLevel> {
  const scenario = (episode: number): FootballLevel => native.scenario(options.scenario, episode)
  const representation = representationOf(options, scenario(FIRST_EPISODE))
  const spec = footballSpec(options, representation)
  const seating = seatingOf(options)
  const obstacle = (level: FootballLevel): string | null =>
    obstacleOf(level, native) ??
    findSizeMisfit(level, representation) ??
    findSeatMisfit(level, seating)
  const rules: FootballRules = {
    native,
    seating,
    representation,
    actions: choiceCounts(spec.actions)[0],
    checkpoints: options.rewards === 'scoring,checkpoints',
    seed: options.deterministic ? FIXED_SEED : null,
    threads: options.threads,
    device: options.device,
    obstacle,
  }
  const scenarios: Scenarios = {
    names: native.scenarios,
    level: (name, episode) => native.scenario(name, episode),
    playable: (level) => obstacle(level) === null,
  }
  const shown = shownProfiles(options)
  const { endEpisodeOnScore } = overridden(scenario(FIRST_EPISODE), options)
  return {
    spec,
    levels: footballLevelSpace(options, scenario, obstacle),
    vector: (vectorOptions) => new FootballVectorEnv(rules, vectorOptions),
    suites: suiteIds(scenarios),
    suite: (id) => footballSuite(id, scenarios),
    // All checkpoints without a goal are worth 1, a goal with them 2.
    solvedAbove: rules.checkpoints ? 1.5 : 0,
    givesFinals: true,
    measures: rules.checkpoints ? [WIN_RATE_OF_CHECKPOINTS] : [GOAL_DIFFERENCE, WIN_RATE],
    ...(endEpisodeOnScore ? { returnRange: [-1, rules.checkpoints ? 2 : 1] } : {}),
    machineFault: () => deviceFault(options.device, native),
    bots: BOTS,
    bot: footballBot,
    ...(shown === undefined
      ? {}
      : {
          views: shown,
          view: (profile: string) => footballView(profile as EncodedProfile, options),
        }),
    drawState: gamePicture(native, seating.agents),
  }
}

const GOAL_DIFFERENCE: Measure = {
  name: 'goal_difference',
  about: 'Goals of the measured team less those of the other, mean over games.',
  better: 'higher',
  of: 'return',
}

const WIN_RATE: Measure = {
  name: 'win_rate',
  about: 'Share of the games that the measured team won.',
  better: 'higher',
  of: 'return',
  above: 0,
}

/** A goal brings all checkpoints, which are worth 1 in all: the return of a won game is 2 at least, of any other 1 at most. */
const WIN_RATE_OF_CHECKPOINTS: Measure = { ...WIN_RATE, above: 1.5 }

const FULL_GAME = 3000

/** The simulator has the last word; this also says where. */
function obstacleOf(level: FootballLevel, native: NativeFootball): string | null {
  const defect = findDefect(level)
  return defect === null ? native.check(level) : `${defect.message} (${defectPlace(defect)})`
}

function footballSpec(options: FootballOptions, of: Representation): EnvironmentSpec {
  const names = actionNames(options.actionSet)
  const { agents } = seatingOf(options)
  return {
    id: 'football',
    profile: of.profile,
    observations: of.observations,
    actions: { kind: 'discrete', count: names.length, names },
    agents: agents[0] + agents[1],
    seats: seatsOf(agents),
  }
}

/** Football with the interface of Google Research Football. */
export const environment = defineEnvironment<FootballOptions, FootballLevel>({
  id: 'football',
  options: footballOptions,
  // MADRID's levels: everybody but the keepers, and the ball, anywhere; 128 steps or a goal.
  stress: {
    adversary: 'madrid',
    options: {
      ...{ generator: 'random', gameDuration: 128, offsides: true, endEpisodeOnScore: true },
      ...{ leftAgents: 10, rightAgents: 10, leftDifficulty: 1, rightDifficulty: 1 },
      ...{ leftControllable: 'outfield', rightControllable: 'outfield', actionSet: 'v2' },
    },
    ofProfiles: (profiles) => ({
      representation: profiles.length === 1 ? profiles[0] : profiles,
    }),
    against: 'bot:0.95,bot:0.5,bot:0.05',
    // An episode of n steps ends with the step after them.
    steps: ({ gameDuration }) => 1 + (gameDuration ?? FULL_GAME),
  },
  create: (options) => createFootball(options, nativeFootball()),
})
