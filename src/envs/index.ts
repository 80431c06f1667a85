import '../core/require-node.ts'

export { playedGame } from './building/environment.ts'
export { buildingOf, gameChance, type LevelGame, type SoFar } from './building/game.ts'
export { type BuildingStart, buildingStarts } from './building/starts.ts'
export type {
  ActionArray,
  ActionSpec,
  AutoReset,
  BoxActions,
  BuildingGame,
  DiscreteActions,
  Environment,
  EnvironmentDefinition,
  EnvironmentRef,
  EnvironmentSpec,
  Genome,
  GenomeBounds,
  LevelFeatures,
  LevelSource,
  LevelSpace,
  Measure,
  MultiDiscreteActions,
  Mutation,
  ProbeFactory,
  Prober,
  StepBuffers,
  SteppableEnvironment,
  Suite,
  SuiteEntry,
  VectorEnv,
  VectorOptions,
  View,
  WatchedLanes,
} from './contract.ts'
export { defineEnvironment } from './define-environment.ts'
export { boundedPoint } from './genome.ts'
export { joinProbes } from './join-probes.ts'
export { loadEnvironment } from './load-environment.ts'
export { chosenOperator, unknownOperator } from './operators.ts'
export { type OverlapRule, overlapProbe } from './overlap-probe.ts'
export { overlapProbes } from './overlap-probes.ts'
export { type HiddenEnvironment, posteriorProbe } from './posterior-probe.ts'
export { posteriorProbes } from './posterior-probes.ts'
export { probeOf } from './probe-of.ts'
export { allocateStepBuffers } from './step-buffers.ts'
export { hasSteps, specWithoutSteps, steppable } from './steppable.ts'
export { type TextForm, textLevels } from './text-levels.ts'
export { unknownSuite } from './unknown-suite.ts'
