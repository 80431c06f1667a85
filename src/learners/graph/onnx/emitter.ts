import { AgonError } from '../../../core/errors.ts'
import { bytesOf, type Tensor, tensor } from '../../../core/tensor.ts'
import { type Dim, dimTerms, type Shape } from '../dims.ts'
import type { Emitter, Graph, Node, Value } from '../graph.ts'
import { encodeGraph, type OnnxNode, type OnnxValue } from './messages.ts'

/** Names shared by a model and its subgraphs: ONNX wants them unique across scopes. */
export interface Scope {
  readonly initializers: [string, Tensor][]
  readonly constants: Map<string, string>
  readonly domains: Set<string>
  counter: number
}

export function createScope(): Scope {
  return { initializers: [], constants: new Map(), domains: new Set(), counter: 0 }
}

/** The nodes that the wanted values depend on, in order, and every value they read. */
export function liveNodes(
  graph: Graph,
  wanted: readonly Value[],
): { readonly nodes: readonly Node[]; readonly used: ReadonlySet<Value> } {
  const used = new Set(wanted)
  const nodes: Node[] = []
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i]
    if (!node.outputs.some((value) => used.has(value))) continue
    for (const value of node.inputs) used.add(value)
    nodes.push(node)
  }
  return { nodes: nodes.reverse(), used }
}

/**
 * Emits nodes in order. `names` holds the ONNX name of every value known so far, and grows; a result that is asked for
 * under a name of its own (an output of the graph) is written there.
 */
export function emitNodes(
  nodes: readonly Node[],
  names: Map<Value, string>,
  emitter: Emitter,
  scope: Scope,
): void {
  for (const node of nodes) {
    const inputs = node.inputs.map((value) => names.get(value)!)
    const outputs = node.outputs.map((value) => names.get(value) ?? freshName(scope))
    const existing = node.rule.emit(emitter, inputs, outputs)
    node.outputs.forEach((value, i) => {
      const wanted = names.get(value)
      if (existing === undefined) names.set(value, outputs[i])
      else if (wanted === undefined) names.set(value, existing[i])
      else emitter.node('Identity', [existing[i]], [wanted])
    })
  }
}

/** A name that no input or output can have. */
export function freshName(scope: Scope): string {
  return `%${scope.counter++}`
}

/**
 * An emitter that appends to `nodes`. `dimSources` says where a symbolic dimension can be read: the ONNX name of a
 * tensor and the axis.
 */
export function createEmitter(
  scope: Scope,
  nodes: OnnxNode[],
  dimSources: ReadonlyMap<Dim, readonly [string, number]>,
): Emitter {
  const sizes = new Map<Dim, string>()
  const node: Emitter['node'] = (type, inputs, outputs = 1, attributes = {}, domain = '') => {
    const names =
      typeof outputs === 'number'
        ? Array.from({ length: outputs }, () => freshName(scope))
        : [...outputs]
    if (domain !== '') scope.domains.add(domain)
    nodes.push({ type, domain, inputs, outputs: names, attributes })
    return names
  }
  const constant: Emitter['constant'] = (value) => {
    const small = value.data.length <= 64
    const key = small ? `${value.dtype} ${value.shape} ${bytesOf(value).join()}` : ''
    const known = small ? scope.constants.get(key) : undefined
    if (known !== undefined) return known
    const name = `%c${scope.initializers.length}`
    scope.initializers.push([name, value])
    if (small) scope.constants.set(key, name)
    return name
  }
  const int64 = (values: readonly number[]): string =>
    constant(tensor('int64', [values.length], BigInt64Array.from(values, BigInt)))

  function size(dim: Dim): string {
    if (typeof dim === 'number') return int64([dim])
    const known = sizes.get(dim)
    if (known !== undefined) return known
    const source = dimSources.get(dim)
    const name =
      source === undefined
        ? computed(dim)
        : node('Shape', [source[0]], 1, { start: source[1], end: source[1] + 1 })[0]
    sizes.set(dim, name)
    return name
  }
  function computed(dim: string): string {
    const terms = dimTerms(dim)
    const [[coefficient, symbols]] = terms
    if (terms.length === 1 && coefficient === 1 && symbols.length === 1) throw unboundDim(dim)
    const products = terms.map(([factor, names]) =>
      [...(factor === 1 && names.length > 0 ? [] : [int64([factor])]), ...names.map(size)].reduce(
        (a, b) => node('Mul', [a, b])[0],
      ),
    )
    return products.reduce((a, b) => node('Add', [a, b])[0])
  }
  return {
    node,
    constant,
    int64,
    float32: (value) => constant(tensor('float32', [], Float32Array.of(value))),
    shape(dims: Shape) {
      const numbers = dims.filter((dim) => typeof dim === 'number')
      if (numbers.length === dims.length) return int64(numbers)
      const parts = dims.map(size)
      return parts.length === 1 ? parts[0] : node('Concat', parts, 1, { axis: 0 })[0]
    },
    subgraph: (inputs, outputs, outer) => emitSubgraph(scope, inputs, outputs, outer),
  }
}

function unboundDim(dim: string): Error {
  return new AgonError(
    'graph/dimension',
    `no input of the emitted graph binds the dimension ${dim}`,
    {
      remedy: `give the graph an input that has ${dim} as one of its dimensions`,
    },
  )
}

/** Where each dimension can be read among named inputs; the first input that has it. */
export function findDims(
  inputs: Iterable<readonly [string, Value]>,
): Map<Dim, readonly [string, number]> {
  const sources = new Map<Dim, readonly [string, number]>()
  for (const [name, value] of inputs) {
    value.shape.forEach((dim, axis) => {
      if (typeof dim === 'string' && !sources.has(dim)) sources.set(dim, [name, axis])
    })
  }
  return sources
}

function emitSubgraph(
  scope: Scope,
  inputs: readonly Value[],
  outputs: readonly Value[],
  outer: ReadonlyMap<Value, string>,
): Uint8Array {
  const names = new Map(outer)
  for (const value of inputs) names.set(value, freshName(scope))
  const nodes: OnnxNode[] = []
  const named = inputs.map((value) => [names.get(value)!, value] as const)
  const sources = findDims([...named, ...[...outer].map(([value, name]) => [name, value] as const)])
  const emitter = createEmitter(scope, nodes, sources)
  const { nodes: live } = liveNodes(outputs[0].graph, outputs)
  const results = outputs.map((value): OnnxValue => {
    const name = freshName(scope)
    if (!names.has(value)) names.set(value, name)
    return { name, dtype: value.dtype, shape: value.shape }
  })
  emitNodes(live, names, emitter, scope)
  results.forEach(({ name }, i) => {
    const source = names.get(outputs[i])!
    if (source !== name) emitter.node('Identity', [source], [name])
  })
  return encodeGraph({
    name: 'body',
    nodes,
    initializers: [],
    inputs: named.map(([name, value]) => ({ name, dtype: value.dtype, shape: value.shape })),
    outputs: results,
  })
}
