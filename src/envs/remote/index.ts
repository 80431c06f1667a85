import '../../core/require-node.ts'

export type { RemoteLevel } from './client/level-answers.ts'
/** Environments over the wire: `environmentsService` serves them, `createRemote` uses one as if it were here. */
export { type RemoteOptions, remoteOptions } from './client/options.ts'
export {
  type CheckResult,
  type ConformanceOptions,
  environmentConformance,
} from './conformance/index.ts'
export { decodeDescription, type EnvironmentDescription } from './description.ts'
export { dmEnvRpcService } from './dm-env-rpc/service.ts'
export { encodeDescription } from './encode-description.ts'
export { createRemote, environment } from './environment.ts'
export { environmentsService, type ServiceOptions } from './server/service.ts'
export { openSteps, type StepCaller } from './step-caller.ts'
export { decodeStream, encodeStream } from './stream-state.ts'
