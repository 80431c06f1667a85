import { AgonError } from '../../core/errors.ts'
import type { DType, Tensor } from '../../core/tensor.ts'
import { type Binding, canonicalDim, type Shape } from './dims.ts'

/**
 * A differentiable graph of tensor operations. It grows only at its end, so the order of its nodes is a topological
 * order. Values are immutable; an operation is a function that appends a node and returns the node's outputs.
 */
export interface Graph {
  readonly values: Value[]
  readonly nodes: Node[]
  readonly inputs: Map<string, Value>
  /** Scalar constants already made, by dtype and bits. */
  readonly scalars: Map<string, Value>
}

/** One tensor of a graph, known by dtype and by a shape that may be symbolic. */
export interface Value {
  readonly graph: Graph
  readonly id: number
  readonly dtype: DType
  readonly shape: Shape
}

/** What operations take: a number stands for a scalar constant of the other operand's dtype. */
export type Operand = Value | number

/** The float64 form in which the reference computes everything, integers and truth values included. */
export type Array64 = Tensor<'float64'>

/** Attributes of an ONNX node: whole numbers are INT(S); floats and subgraphs say so. */
export type OnnxAttribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly graph: Uint8Array }

/** What an operation emits ONNX through. Names are those of ONNX tensors. */
export interface Emitter {
  /** Appends an ONNX node. `outputs` is a list of names, or how many fresh ones are wanted (1 by default). */
  node(
    type: string,
    inputs: readonly string[],
    outputs?: readonly string[] | number,
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: string,
  ): string[]
  /** A constant tensor; equal scalars and int64 lists share one. */
  constant(tensor: Tensor): string
  int64(values: readonly number[]): string
  float32(value: number): string
  /** The int64 vector of a shape, read at run time from inputs where it is symbolic. */
  shape(dims: Shape): string
  /** A subgraph (of a Scan) with its inputs in the given order; `outer` names what it captures. */
  subgraph(
    inputs: readonly Value[],
    outputs: readonly Value[],
    outer: ReadonlyMap<Value, string>,
  ): Uint8Array
}

export interface Node {
  readonly op: string
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly rule: NodeRule
}

/** Everything an operation is, shape inference apart. */
export interface NodeRule {
  /** The float64 reference. */
  evaluate(inputs: readonly Array64[], binding: Binding): readonly Array64[]
  /**
   * Gradients of the inputs from those of the outputs, built from other operations; undefined is zero. Absent where
   * the operation has no gradient.
   */
  gradient?(
    gradients: readonly (Value | undefined)[],
    outputs: readonly Value[],
  ): readonly (Value | undefined)[]
  /**
   * Appends ONNX nodes that write `outputs`, or returns the names under which the results exist already.
   */
  emit(
    emitter: Emitter,
    inputs: readonly string[],
    outputs: readonly string[],
  ): readonly string[] | undefined
}

export interface ValueType {
  readonly dtype: DType
  readonly shape: Shape
}

export function createGraph(): Graph {
  return { values: [], nodes: [], inputs: new Map(), scalars: new Map() }
}

function addValue(graph: Graph, type: ValueType): Value {
  const value: Value = {
    graph,
    id: graph.values.length,
    dtype: type.dtype,
    shape: Object.freeze([...type.shape]),
  }
  graph.values.push(value)
  return value
}

/** Whether inputs and outputs may be called so. */
export function isName(name: string): boolean {
  return /^[A-Za-z_][\w./-]*$/.test(name)
}

/**
 * An input of the graph. Symbolic dimensions are bound when it is fed.
 *
 * @throws AgonError `graph/input` where the name is taken or not an identifier
 */
export function input(graph: Graph, name: string, dtype: DType, shape: Shape): Value {
  if (graph.inputs.has(name)) {
    throw new AgonError('graph/input', `the graph already has an input "${name}"`)
  }
  if (!isName(name)) {
    throw new AgonError('graph/input', `"${name}" is not a name for an input`, {
      remedy: 'start with a letter; letters, digits and _ . / - may follow',
    })
  }
  const value = addValue(graph, { dtype, shape: shape.map(canonicalDim) })
  graph.inputs.set(name, value)
  return value
}

/**
 * Appends a node. Operations call this; it is public so that an operation can live outside this folder.
 *
 * @throws AgonError `graph/foreign` where the inputs come from different graphs
 */
export function addNode(
  graph: Graph,
  op: string,
  inputs: readonly Value[],
  outputs: readonly ValueType[],
  rule: NodeRule,
): readonly Value[] {
  for (const value of inputs) {
    if (value.graph !== graph) {
      throw new AgonError('graph/foreign', `${op}: an operand belongs to another graph`, {
        remedy: 'build both operands in one graph; inside a scan body, capture the outer value',
      })
    }
  }
  const values = outputs.map((type) => addValue(graph, type))
  graph.nodes.push({ op, inputs, outputs: values, rule })
  return values
}
