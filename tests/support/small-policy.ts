import { stream, tensor } from 'agon/core'
import * as g from 'agon/graph'
import type { PolicyCard, PolicyFile } from 'agon/inference'

export const OBSERVATION = 4
export const HIDDEN = 3

export const SMALL_CARD: PolicyCard = {
  format: 1,
  agon: '0',
  environment: { id: 'corridor', profile: 'plain' },
  observations: { position: { dtype: 'float32', shape: [OBSERVATION] } },
  actions: { kind: 'discrete', count: 2 },
  state: { memory: { dtype: 'float32', shape: [HIDDEN] } },
  decode: 'sample',
  normalisation: {},
  training: {},
}

/** A small recurrent policy of two actions; its weights, and so its answers, follow from `seed`. */
export function smallPolicy(seed: number): PolicyFile {
  const graph = g.createGraph()
  const random = stream('test', 'small policy', seed)
  const weight = (...shape: number[]): g.Value => {
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal())
    return g.constant(graph, tensor('float32', shape, data))
  }
  const position = g.input(graph, 'position', 'float32', ['B', OBSERVATION])
  const memory = g.input(graph, 'memory', 'float32', ['B', HIDDEN])
  const noise = g.input(graph, 'noise', 'float32', ['B'])
  const next = g.tanh(g.add(g.matmul(position, weight(OBSERVATION, HIDDEN)), memory))
  const logits = g.matmul(next, weight(HIDDEN, 2))
  const first = g.reshape(g.slice(g.softmax(logits), 1, 0, 1), [-1])
  const action = g.cast(g.greaterEqual(noise, first), 'int32')
  const log_prob = g.takeLast(g.logSoftmax(logits), action)
  return {
    onnx: g.toOnnx(graph, { action, log_prob, logits, memory_out: next }),
    card: SMALL_CARD,
  }
}

/** `y = x · w + free rows`, without a card and with a second free axis: requests of it cannot share a batch. */
export function looseModel(): Uint8Array {
  const graph = g.createGraph()
  const x = g.input(graph, 'x', 'float32', ['B', 'N'])
  return g.toOnnx(graph, { y: g.mul(x, 2) })
}
