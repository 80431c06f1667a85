import { AgonError } from '../core/errors.ts'

/** A policy named by where it runs: `kserve://host:port/model`, `kserve://host:port/model/version`. */
export interface PolicyAddress {
  /** `host:port`. */
  readonly target: string
  readonly model: string
  readonly version: string | undefined
}

const SCHEME = 'kserve://'

export function isPolicyAddress(text: string): boolean {
  return text.startsWith(SCHEME)
}

/** @throws AgonError `usage/address` */
export function parsePolicyAddress(text: string): PolicyAddress {
  const [target, model, version, ...more] = text.slice(SCHEME.length).split('/')
  if (target && model && version !== '' && more.length === 0) return { target, model, version }
  throw new AgonError('usage/address', `'${text}' is no address of a policy`, {
    remedy: 'write kserve://host:port/model, or kserve://host:port/model/version',
  })
}
