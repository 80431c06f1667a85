import { stream, tensor } from 'agon/core'
import * as g from 'agon/graph'
import type { PolicyCard, PolicyFile } from 'agon/inference'

/** Widths of the football policies of the papers that use 115 numbers: two hidden layers, 19 actions. */
const OBSERVATION = 115
const HIDDEN = 64
const ACTIONS = 19

const card: PolicyCard = {
  format: 1,
  agon: '0',
  environment: { id: 'bench', profile: 'simple115v2-sized' },
  observations: { obs: { dtype: 'float32', shape: [OBSERVATION] } },
  actions: { kind: 'discrete', count: ACTIONS },
  state: {},
  decode: 'argmax',
  normalisation: {},
  training: {},
}

/** A policy that computes next to nothing, so that what it costs to serve is seen. Its weights are drawn at random. */
export function perceptron(): PolicyFile {
  const graph = g.createGraph()
  const random = stream('bench', 'perceptron', 'weights')
  const layer = (x: g.Value, from: number, to: number): g.Value => {
    const weights = Float32Array.from(
      { length: from * to },
      () => random.normal() / Math.sqrt(from),
    )
    const matrix = g.constant(graph, tensor('float32', [from, to], weights))
    const bias = g.constant(graph, tensor('float32', [to], new Float32Array(to)))
    return g.dense(x, matrix, bias)
  }
  const obs = g.input(graph, 'obs', 'float32', ['B', OBSERVATION])
  const hidden = g.relu(layer(g.relu(layer(obs, OBSERVATION, HIDDEN)), HIDDEN, HIDDEN))
  const logits = layer(hidden, HIDDEN, ACTIONS)
  const action = g.cast(g.argMax(logits), 'int32')
  const log_prob = g.takeLast(g.logSoftmax(logits), action)
  return { onnx: g.toOnnx(graph, { action, log_prob, logits }), card }
}
