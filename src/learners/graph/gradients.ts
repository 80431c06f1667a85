import { AgonError } from '../../core/errors.ts'
import type { Node, Value } from './graph.ts'
import { constant } from './ops/constant.ts'
import { add } from './ops/elementwise.ts'
import { zerosLike } from './ops/zeros.ts'
import { FLOATS, formatShape, requireDType } from './shape.ts'

/** The nodes through which the loss depends on any of `wrt`, in the order of the graph. */
function pathNodes(loss: Value, wrt: readonly Value[]): Node[] {
  const affected = new Set(wrt)
  const forward = loss.graph.nodes.filter((node) => {
    const touched = node.inputs.some((value) => affected.has(value))
    if (touched) for (const value of node.outputs) affected.add(value)
    return touched
  })
  const needed = new Set([loss])
  return forward
    .reverse()
    .filter((node) => {
      const used = node.outputs.some((value) => needed.has(value))
      if (used) for (const value of node.inputs) needed.add(value)
      return used
    })
    .reverse()
}

/**
 * Reverse-mode differentiation (Griewank and Walther, 2008, ch. 3): gradients of a scalar with respect to values of
 * the same graph, appended to that graph, so they can be differentiated again. A value that no path reaches gets zeros.
 * An operation without a gradient (comparisons, casts to integers, `stopGradient`) ends the path.
 *
 * @throws AgonError `graph/shape` unless the loss is a scalar
 */
export function gradients(loss: Value, wrt: readonly Value[]): Value[] {
  requireDType('gradients', loss, FLOATS)
  if (loss.shape.length > 0) {
    const found = formatShape(loss.shape)
    throw new AgonError('graph/shape', `gradients: expected a scalar loss [], found ${found}`, {
      remedy: 'reduce it with reduceSum or reduceMean',
    })
  }
  const sums = new Map<Value, Value>()
  sums.set(loss, constant(loss.graph, 1, loss.dtype))
  for (const node of pathNodes(loss, wrt).reverse()) pullBack(node, sums)
  return wrt.map((value) => sums.get(value) ?? zerosLike(value))
}

function pullBack(node: Node, sums: Map<Value, Value>): void {
  const outer = node.outputs.map((value) => sums.get(value))
  if (node.rule.gradient === undefined || outer.every((g) => g === undefined)) return
  node.rule.gradient(outer, node.outputs).forEach((g, i) => {
    if (g === undefined) return
    const target = node.inputs[i]
    const before = sums.get(target)
    sums.set(target, before === undefined ? g : add(before, g))
  })
}
