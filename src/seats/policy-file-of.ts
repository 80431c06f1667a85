import type { PolicyFile } from '../inference/contract.ts'
import { isRemote } from '../inference/policy-source.ts'
import type { NamedPolicy } from './contract.ts'

/** The policy as bytes that a student can hand on; undefined where it is none, or is played weaker than its bytes are. */
export const policyFileOf = (named: NamedPolicy | undefined): PolicyFile | undefined =>
  named?.kind === 'source' && named.weakness === undefined && !isRemote(named.source)
    ? named.source
    : undefined
