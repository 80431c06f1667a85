import { stream, tensor } from 'agon/core'
import * as g from 'agon/graph'
import type { PolicyCard, PolicyFile } from 'agon/inference'

/** Widths of the pretrained football policy TiZero: 330 numbers in, LSTM of 256, 20 actions. */
const OBSERVATION = 330
const HIDDEN = 256
const NECK = 128
const ACTIONS = 20

const cardOf = (environment: PolicyCard['environment'], observation: number): PolicyCard => ({
  format: 1,
  agon: '0',
  environment,
  observations: { obs: { dtype: 'float32', shape: [observation] } },
  actions: { kind: 'discrete', count: ACTIONS },
  state: {
    h: { dtype: 'float32', shape: [HIDDEN] },
    c: { dtype: 'float32', shape: [HIDDEN] },
  },
  decode: 'argmax',
  normalisation: {},
  training: {},
})

/**
 * A policy of TiZero's size and shape, 0.84 M parameters, with weights drawn at random.
 * @param observation numbers that it sees
 */
export function sizedPolicy(
  environment: PolicyCard['environment'] = { id: 'bench', profile: 'tizero-sized' },
  observation = OBSERVATION,
): PolicyFile {
  const graph = g.createGraph()
  const random = stream('bench', 'inference', 'weights')
  const weight = (...shape: number[]): g.Value => {
    const count = shape.reduce((a, b) => a * b)
    const data = Float32Array.from({ length: count }, () => random.normal() / Math.sqrt(shape[0]))
    return g.constant(graph, tensor('float32', shape, data))
  }
  const layer = (x: g.Value, from: number, to: number): g.Value =>
    g.relu(g.dense(x, weight(from, to), weight(to)))
  const rows = (name: string, width: number) => g.input(graph, name, 'float32', ['B', width])
  const encoded = layer(layer(rows('obs', observation), observation, HIDDEN), HIDDEN, HIDDEN)
  const { h, c } = g.lstmStep({
    x: encoded,
    h: rows('h', HIDDEN),
    c: rows('c', HIDDEN),
    wx: weight(HIDDEN, 4 * HIDDEN),
    wh: weight(HIDDEN, 4 * HIDDEN),
    b: weight(4 * HIDDEN),
  })
  const head = layer(layer(layer(h, HIDDEN, HIDDEN), HIDDEN, HIDDEN), HIDDEN, NECK)
  const logits = g.dense(head, weight(NECK, ACTIONS), weight(ACTIONS))
  const action = g.cast(g.argMax(logits), 'int32')
  const log_prob = g.takeLast(g.logSoftmax(logits), action)
  return {
    onnx: g.toOnnx(graph, { action, log_prob, logits, h_out: h, c_out: c }),
    card: cardOf(environment, observation),
  }
}
