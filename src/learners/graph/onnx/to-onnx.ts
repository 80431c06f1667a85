import { AgonError } from '../../../core/errors.ts'
import type { NamedTensors, Tensor } from '../../../core/tensor.ts'
import { type Dim, dimTerms } from '../dims.ts'
import { type Graph, isName, type Value } from '../graph.ts'
import { formatShape } from '../shape.ts'
import { createEmitter, createScope, emitNodes, findDims, liveNodes } from './emitter.ts'
import { encodeModel, type OnnxNode } from './messages.ts'

export interface ToOnnxOptions {
  /** Inputs that become weights of the model, by name; they stop being inputs. */
  readonly initializers?: NamedTensors
}

/**
 * The model that computes `outputs`: ONNX IR 10, opset 21. Nodes, inputs and initializers that no output needs are left
 * out. The same graph gives the same bytes.
 *
 * @throws AgonError `graph/output`, `graph/initializer`, `graph/dimension`
 */
export function toOnnx(
  graph: Graph,
  outputs: Readonly<Record<string, Value>>,
  options: ToOnnxOptions = {},
): Uint8Array {
  checkOutputs(graph, outputs)
  const weights = checkInitializers(graph, options.initializers ?? {})
  const { nodes: live, used } = liveNodes(graph, Object.values(outputs))
  const free = [...graph.inputs].filter(([name]) => !weights.has(name))
  const kept = neededInputs(free, used)

  const scope = createScope()
  const nodes: OnnxNode[] = []
  const emitter = createEmitter(scope, nodes, findDims(kept))
  const names = new Map<Value, string>()
  for (const [name, value] of graph.inputs) names.set(value, name)
  nameOutputs(outputs, names)
  emitNodes(live, names, emitter, scope)
  for (const [name, value] of Object.entries(outputs)) {
    if (names.get(value) !== name) emitter.node('Identity', [names.get(value)!], [name])
  }
  const baked = [...weights].filter(([name]) => used.has(graph.inputs.get(name)!))
  return encodeModel(
    {
      name: 'graph',
      nodes,
      initializers: [...baked, ...scope.initializers],
      inputs: kept.map(([name, value]) => ({ name, dtype: value.dtype, shape: value.shape })),
      outputs: Object.entries(outputs).map(([name, value]) => ({
        name,
        dtype: value.dtype,
        shape: value.shape,
      })),
    },
    [...scope.domains].sort(),
  )
}

/** An output that is computed takes its own name; inputs and values asked for twice are copied instead. */
function nameOutputs(outputs: Readonly<Record<string, Value>>, names: Map<Value, string>): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (!names.has(value)) names.set(value, name)
  }
}

/** Inputs that are read, and those that alone can tell a symbolic dimension. */
function neededInputs(
  free: readonly (readonly [string, Value])[],
  used: ReadonlySet<Value>,
): readonly (readonly [string, Value])[] {
  const kept = new Set(free.filter(([, value]) => used.has(value)).map(([name]) => name))
  const told = new Set<Dim>(free.flatMap(([name, value]) => (kept.has(name) ? value.shape : [])))
  for (const value of used) {
    for (const dim of value.shape) {
      for (const symbol of dimTerms(dim).flatMap(([, symbols]) => symbols)) {
        if (told.has(symbol)) continue
        const source = free.find(([, candidate]) => candidate.shape.includes(symbol))
        if (source === undefined) continue
        kept.add(source[0])
        for (const other of source[1].shape) told.add(other)
      }
    }
  }
  return free.filter(([name]) => kept.has(name))
}

function checkOutputs(graph: Graph, outputs: Readonly<Record<string, Value>>): void {
  const named = Object.entries(outputs)
  if (named.length === 0) throw new AgonError('graph/output', 'a model needs at least one output')
  for (const [name, value] of named) {
    if (value.graph !== graph) {
      throw new AgonError('graph/output', `output ${name} belongs to another graph`)
    }
    if (graph.inputs.has(name) || !isName(name)) {
      throw new AgonError('graph/output', `"${name}" cannot name an output`, {
        remedy: 'take a name that no input has: a letter first, then letters, digits and _ . / -',
      })
    }
  }
}

function checkInitializers(graph: Graph, given: NamedTensors): Map<string, Tensor> {
  for (const [name, tensor] of Object.entries(given)) {
    const value = graph.inputs.get(name)
    if (value === undefined) {
      throw new AgonError('graph/initializer', `the graph has no input ${name} to bake in`, {
        remedy: `its inputs are ${[...graph.inputs.keys()].join(', ')}`,
        place: name,
      })
    }
    const fits =
      tensor.dtype === value.dtype &&
      tensor.shape.length === value.shape.length &&
      value.shape.every((dim, axis) => dim === tensor.shape[axis])
    if (!fits) {
      const expected = `${value.dtype} ${formatShape(value.shape)}`
      const found = `${tensor.dtype} ${formatShape(tensor.shape)}`
      throw new AgonError('graph/initializer', `${name}: expected ${expected}, found ${found}`, {
        place: name,
      })
    }
  }
  return new Map(Object.entries(given))
}
