import type { Clock } from '../../core/clock.ts'
import { type Address, INFERENCE, type ListenOptions, listen } from '../../wire/index.ts'
import type { ServingOptions } from './contract.ts'
import { createInferenceService, type InferenceService } from './inference-service.ts'
import { type MetricsEndpoint, startMetricsEndpoint } from './metrics-endpoint.ts'

export interface InferenceServerOptions
  extends ServingOptions,
    Omit<ListenOptions, 'services' | 'address'> {
  /** Default: loopback, on a port that the system chooses. */
  readonly address?: Address
  /** Where Prometheus may ask; nowhere if left out. */
  readonly metricsAddress?: Address
}

/** An inference service that listens. Load models into it; health says of each whether it is served. */
export interface InferenceServer
  extends Omit<InferenceService, 'implementation' | 'drain' | 'close'> {
  readonly address: Address
  readonly metricsAddress: Address | undefined
  /**
   * Says that it is not ready any more, answers what it has taken, at most `graceMs` milliseconds long, and ends.
   * Safe to call twice.
   */
  close(graceMs: number): Promise<void>
}

const LOOPBACK: Address = { host: '127.0.0.1', port: 0 }

/** @throws AgonError `inference/options`, `wire/listen`, `wire/insecure`, `wire/certificate` */
export async function startInferenceServer(
  options: InferenceServerOptions,
  clock?: Pick<Clock, 'now'>,
): Promise<InferenceServer> {
  const { address = LOOPBACK, metricsAddress, security, token, maxMessage, ...serving } = options
  let sayHealth: (name: string, healthy: boolean) => void = () => {}
  const names = new Set<string>([INFERENCE.name, ''])
  const service = createInferenceService(serving, {
    ...(clock === undefined ? {} : { clock }),
    onHealth: (name, healthy) => sayHealth(name, healthy),
  })
  const listener = await listen({
    address,
    security,
    token,
    services: [service.implementation],
    ...(maxMessage === undefined ? {} : { maxMessage }),
  })
  let metrics: MetricsEndpoint | undefined
  try {
    if (metricsAddress !== undefined)
      metrics = await startMetricsEndpoint(metricsAddress, () => service.metrics())
  } catch (error) {
    await listener.close(0)
    throw error
  }
  sayHealth = (name, healthy) => {
    names.add(name)
    listener.setServing(name, healthy)
  }
  let closing: Promise<void> | undefined
  const shutDown = async (graceMs: number): Promise<void> => {
    sayHealth = () => {}
    for (const name of names) listener.setServing(name, false)
    await within(service.drain(), graceMs)
    await listener.close(graceMs)
    await metrics?.close()
    await service.close()
  }
  return {
    address: listener.address,
    metricsAddress: metrics?.address,
    metrics: () => service.metrics(),
    load: service.load,
    swap: service.swap,
    unload: service.unload,
    close: (graceMs) => {
      closing ??= shutDown(graceMs)
      return closing
    },
  }
}

/** Waits for `work`, at most `ms` milliseconds. */
async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await Promise.race([work, patience])
  } finally {
    clearTimeout(timer)
  }
}
