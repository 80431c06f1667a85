import type * as HealthCheck from 'grpc-health-check'
import { type LateService, lateService, requireLate } from './late-service.ts'

export interface Health extends LateService {
  /** What is answered for one service; the empty name stands for the whole listener. */
  setServing(service: string, serving: boolean): void
}

const PATH = '/grpc.health.v1.Health'

/** The standard health service; at first everything named serves. */
export function healthService(services: readonly string[]): Health {
  const states = new Map<string, boolean>(services.map((name) => [name, true]))
  const word = (serving: boolean) => (serving ? 'SERVING' : 'NOT_SERVING')
  let loaded: HealthCheck.HealthImplementation | null = null
  const late = lateService(
    {
      check: { path: `${PATH}/Check`, requestStream: false, responseStream: false },
      list: { path: `${PATH}/List`, requestStream: false, responseStream: false },
      watch: { path: `${PATH}/Watch`, requestStream: false, responseStream: true },
    },
    (server) => {
      const { HealthImplementation } = requireLate('grpc-health-check') as typeof HealthCheck
      const named = [...states].map(([name, serving]) => [name, word(serving)] as const)
      loaded = new HealthImplementation(Object.fromEntries(named))
      loaded.addToServer(server as Parameters<typeof loaded.addToServer>[0])
    },
  )
  return {
    ...late,
    setServing(service, serving) {
      states.set(service, serving)
      loaded?.setStatus(service, word(serving))
    },
  }
}
