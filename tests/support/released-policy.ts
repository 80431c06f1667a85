import { tensor } from 'agon/core'
import * as g from 'agon/graph'
import type { PolicyFile } from 'agon/inference'

/**
 * A policy as others release them: names of its own, a mask, logits and nothing else to choose by. Three actions with
 * logits seen · [1, 2, 3]; its state counts steps.
 */
export function releasedPolicy(): PolicyFile {
  const graph = g.createGraph()
  const x = g.input(graph, 'x', 'float32', ['B', 1])
  const h = g.input(graph, 'h', 'float32', ['B', 1])
  const allowed = g.input(graph, 'allowed', 'float32', ['B', 3])
  const raw = g.matmul(x, g.constant(graph, tensor('float32', [1, 3], Float32Array.of(1, 2, 3))))
  const masked = g.add(raw, g.mul(g.sub(allowed, 1), 1e10))
  return {
    onnx: g.toOnnx(graph, { raw, masked, h_next: g.add(h, 1) }),
    card: {
      format: 1,
      agon: '0',
      environment: { id: 'toy', profile: 'plain' },
      observations: { seen: { dtype: 'float32', shape: [1] } },
      actions: { kind: 'discrete', count: 3 },
      state: { steps: { dtype: 'float32', shape: [1] } },
      decode: 'argmax',
      mask: true,
      names: { seen: 'x', steps: 'h', steps_out: 'h_next', mask: 'allowed', logits: 'masked' },
      normalisation: {},
      training: {},
    },
  }
}
