import type { NamedTensors } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { openSession } from '../../inference/session.ts'
import type { Session } from '../../inference/session-contract.ts'
import { type Network, segmentTensors } from '../nets/index.ts'
import type { SharedModel } from '../trainer/contract.ts'
import { type ActBuffers, createActBuffers } from './act-buffers.ts'
import { createActGraph } from './act-graph.ts'

/** The acting session of one thread: weights baked in, made again when the parameters changed. */
export interface Acting {
  session(version: number): Promise<Session>
  /** The same ones for the same rows and place: rollouts that take turns have places of their own. */
  buffers(rows: number, place: number): ActBuffers
  toOnnx(): Uint8Array
}

/**
 * @param model its parameters and running statistics, shared, are read whenever a session or a file is made
 * @param withLogits whether its buffers have them
 */
export function createActing(
  spec: EnvironmentSpec,
  network: Network,
  model: Pick<SharedModel, 'parameters' | 'buffers'>,
  withLogits = false,
): Acting {
  const graph = createActGraph(spec, network)
  const buffers = new Map<string, ActBuffers>()
  const weights = (): NamedTensors => ({
    ...segmentTensors(network.layout, new Float32Array(model.parameters.data)),
    ...(network.running === undefined
      ? {}
      : segmentTensors(network.running.layout, new Float32Array(model.buffers.data))),
  })
  let session: Session | null = null
  let current = -1
  return {
    toOnnx: () => graph.toOnnx(weights()),
    async session(version) {
      if (session !== null && version === current) return session
      await session?.release()
      session = await openSession(graph.toOnnx(weights(), true), { name: 'act' })
      current = version
      return session
    },
    buffers(rows, place) {
      const key = `${rows} ${place}`
      const kept = buffers.get(key) ?? createActBuffers(spec, network, rows, withLogits)
      buffers.set(key, kept)
      return kept
    },
  }
}
