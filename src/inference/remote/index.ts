import '../../core/require-node.ts'

/** Policies that other processes run, dialled with the Open Inference Protocol (KServe v2). */
export type { DescribeOptions } from './describe-remote-policy.ts'
export { describeRemotePolicy } from './describe-remote-policy.ts'
export type { RemotePolicyOptions } from './remote-policy.ts'
export { openRemotePolicy, remotePolicy } from './remote-policy.ts'
