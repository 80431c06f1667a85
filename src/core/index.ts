import './require-node.ts'

export type {
  ActionArray,
  ActionSpec,
  BoxActions,
  DiscreteActions,
  MultiDiscreteActions,
} from './action-space.ts'
export {
  actionDType,
  actionShape,
  actionWidth,
  allocateActions,
  boundActions,
  choiceCounts,
  parameterWidth,
} from './action-space.ts'
export type { Clock } from './clock.ts'
export { manualClock } from './clock.ts'
export type { ErrorDetails, ErrorRecord } from './errors.ts'
export { AgonError, formatError, fromErrorRecord, toErrorRecord } from './errors.ts'
export type { ActorId, LevelId, SlotId, TaskId } from './ids.ts'
export { actorId, levelId, slotId, taskId } from './ids.ts'
export type { StreamPath, StreamState } from './random.ts'
export { RandomStream, stream } from './random.ts'
export { readSafetensors, writeSafetensors } from './safetensors.ts'
export type { Json, Snapshot } from './snapshot.ts'
export type { DType, NamedTensors, Tensor, TensorSpec, TypedArray } from './tensor.ts'
export { rows, sharedTensor, tensor } from './tensor.ts'
