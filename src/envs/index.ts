import '../core/require-node.ts'

export type {
  ActionArray,
  ActionSpec,
  AutoReset,
  BoxActions,
  DiscreteActions,
  Environment,
  EnvironmentDefinition,
  EnvironmentRef,
  EnvironmentSpec,
  LevelFeatures,
  LevelSource,
  LevelSpace,
  MultiDiscreteActions,
  Mutation,
  StepBuffers,
  SteppableEnvironment,
  Suite,
  SuiteEntry,
  VectorEnv,
  VectorOptions,
} from './contract.ts'
export { defineEnvironment } from './define-environment.ts'
export { loadEnvironment } from './load-environment.ts'
export { allocateStepBuffers } from './step-buffers.ts'
export { hasSteps, specWithoutSteps, steppable } from './steppable.ts'
export { unknownSuite } from './unknown-suite.ts'
