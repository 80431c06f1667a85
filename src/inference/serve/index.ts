import '../../core/require-node.ts'

/** Policies served with the Open Inference Protocol (KServe v2), for programs that embed a server. */
export type { ModelSource, ServingOptions, VersionInfo } from './contract.ts'
export type { InferenceServer, InferenceServerOptions } from './inference-server.ts'
export { startInferenceServer } from './inference-server.ts'
export type { InferenceService, ServiceContext } from './inference-service.ts'
export { createInferenceService } from './inference-service.ts'
