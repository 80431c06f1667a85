import '../core/require-node.ts'

export { exposeWorker } from '../inference/worker-expose.ts'
export type { WorkerHandle } from '../inference/worker-handle.ts'
export { startWorker } from '../inference/worker-handle.ts'
export type {
  AttemptReport,
  EpisodeSummary,
  LearnReport,
  Lineage,
  Metrics,
  Outcome,
  Probe,
  SealedLevel,
  SealedResult,
  StatisticName,
  Student,
  StudentContext,
  StudentDefinition,
  Task,
  TaskBatch,
} from './contract.ts'
export { type FrozenOptions, student as frozen } from './frozen/index.ts'
export type { CausalLearnerOptions } from './language/causal-learner.ts'
export { startCausalLearner } from './language/start-causal-learner.ts'
export * from './nets/index.ts'
export type {
  EpisodicContext,
  EpisodicOptions,
  EpisodicPpo,
  PpoOptions,
  PpoStudent,
} from './ppo/index.ts'
export {
  createEpisodicPpo,
  createPpoStudent,
  episodicCost,
  episodicOptions,
  ppoOptions,
  student as ppo,
} from './ppo/index.ts'
export type {
  AdamRule,
  BatchAxes,
  BatchSpec,
  Learner,
  LearnerDefinition,
  Objective,
  ObjectiveInputs,
  ObjectiveOutputs,
  ShardSize,
} from './trainer/contract.ts'
export { type LearnerRequest, startLearner } from './trainer/learner.ts'
