import type { Endpoint } from '../wire/dial.ts'
import type { PolicyCard, PolicyFile } from './contract.ts'
import type { PolicyTraits } from './policy-graph.ts'

/** A policy behind a server of the Open Inference Protocol, as plain data: threads open it themselves. */
export interface RemotePolicyRef extends PolicyTraits {
  /** With its token, if it asks for one: keep it out of logs and files. */
  readonly endpoint: Endpoint
  readonly model: string
  /** Empty where the server has no versions. */
  readonly version: string
  readonly card: PolicyCard
  /** Of the model's bytes; empty where the server does not say. */
  readonly sha256: string
}

/** A policy at hand, or one that others run. */
export type PolicySource = PolicyFile | RemotePolicyRef

export function isRemote(source: PolicySource): source is RemotePolicyRef {
  return 'endpoint' in source
}
