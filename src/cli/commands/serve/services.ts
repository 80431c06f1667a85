import type { ServedPolicy, ServePolicyRequest } from '../../../launch/serve/serve-policy.ts'

/** What `agon serve` asks of the rest of Agon. */
export interface ServeServices {
  /** Listens until it is closed. */
  servePolicy(request: ServePolicyRequest): Promise<ServedPolicy>
}

export const serveServices = (): ServeServices => ({
  servePolicy: async (request) =>
    (await import('../../../launch/serve/serve-policy.ts')).servePolicy(request),
})
