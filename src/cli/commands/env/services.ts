import type { ServedEnvironment, ServeRequest } from '../../../launch/serve/serve-environment.ts'

/** What `agon env` asks of the rest of Agon. */
export interface EnvServices {
  serveEnvironment(request: ServeRequest): Promise<ServedEnvironment>
}

export const envServices = (): EnvServices => ({
  serveEnvironment: async (request) =>
    (await import('../../../launch/serve/serve-environment.ts')).serveEnvironment(request),
})
