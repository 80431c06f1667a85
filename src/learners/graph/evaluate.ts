import { AgonError } from '../../core/errors.ts'
import type { Tensor } from '../../core/tensor.ts'
import { array64 } from './array.ts'
import { type Binding, dimValue, isSymbol } from './dims.ts'
import type { Array64, Node, Value } from './graph.ts'
import { toFloat64 } from './ops/constant.ts'
import { formatShape } from './shape.ts'

/**
 * The float64 reference: computes `outputs` with plain loops, one operation after the other. For tests and for looking
 * into a graph, not for speed. Feeds may have any dtype; they are read as float64.
 *
 * @throws AgonError `graph/feed` for a missing input or one whose shape does not fit
 */
export function evaluate(
  outputs: readonly Value[],
  feeds: Readonly<Record<string, Tensor>> = {},
): Array64[] {
  const known = new Map<Value, Array64>()
  const binding = new Map<string, number>()
  const [first] = outputs
  if (first === undefined) return []
  for (const [name, value] of first.graph.inputs) {
    const feed = feeds[name]
    if (feed === undefined) continue
    bind(name, value, feed.shape, binding)
    known.set(value, array64(feed.shape, toFloat64(feed)))
  }
  return evaluateFrom(outputs, known, binding)
}

function bind(
  name: string,
  value: Value,
  shape: readonly number[],
  binding: Map<string, number>,
): void {
  const fits =
    shape.length === value.shape.length &&
    value.shape.every((dim, axis) => {
      if (isSymbol(dim) && !binding.has(dim)) binding.set(dim, shape[axis])
      return typeof dim === 'string' && !isSymbol(dim)
        ? true
        : dimValue(dim, binding) === shape[axis]
    })
  if (!fits) {
    throw new AgonError(
      'graph/feed',
      `input ${name}: expected ${formatShape(value.shape)}, found ${formatShape(shape)}`,
      { place: name },
    )
  }
}

/** Evaluation from values already known; a scan evaluates its body through this. */
export function evaluateFrom(
  outputs: readonly Value[],
  known: Map<Value, Array64>,
  binding: Binding,
): Array64[] {
  const producers = new Map<Value, Node>()
  for (const node of outputs[0]?.graph.nodes ?? []) {
    for (const value of node.outputs) producers.set(value, node)
  }
  const needed = new Set<Node>()
  const pending = [...outputs]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (known.has(value)) continue
    const node = producers.get(value)
    if (node === undefined) throw missingFeed(value)
    if (needed.has(node)) continue
    needed.add(node)
    pending.push(...node.inputs)
  }
  for (const node of outputs[0]?.graph.nodes ?? []) {
    if (!needed.has(node)) continue
    const arrays = node.inputs.map((value) => known.get(value)!)
    node.rule.evaluate(arrays, binding).forEach((array, i) => {
      known.set(node.outputs[i], array)
    })
  }
  return outputs.map((value) => known.get(value)!)
}

function missingFeed(value: Value): AgonError {
  const name = [...value.graph.inputs].find(([, candidate]) => candidate === value)?.[0] ?? '?'
  return new AgonError('graph/feed', `input ${name} ${formatShape(value.shape)} is not fed`, {
    place: name,
  })
}
