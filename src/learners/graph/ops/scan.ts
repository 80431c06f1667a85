import { AgonError } from '../../../core/errors.ts'
import { array64 } from '../array.ts'
import { type Binding, sameShape } from '../dims.ts'
import { evaluateFrom } from '../evaluate.ts'
import {
  type Array64,
  addNode,
  createGraph,
  type Graph,
  input,
  type NodeRule,
  type Value,
} from '../graph.ts'
import { shapeError } from '../shape.ts'

/** What a scan's body gives for one step. */
export interface ScanStep {
  readonly states: readonly Value[]
  readonly outputs: readonly Value[]
}

export interface ScanSpec {
  readonly states: readonly Value[]
  /** `[T, ...]` each; the body sees `[...]`. */
  readonly sequences: readonly Value[]
  /** Goes from step T-1 to 0; outputs stay in the order of time. */
  readonly reverse?: boolean
  /** Builds one step in a graph of its own; `capture` brings in a value of the outer graph, the same at each step. */
  readonly body: (
    states: readonly Value[],
    items: readonly Value[],
    capture: (outer: Value) => Value,
  ) => ScanStep
  /** Gradients of states, sequences and captured values, in that order. */
  readonly gradient?: NodeRule['gradient']
}

interface Body {
  readonly graph: Graph
  readonly inputs: readonly Value[]
  readonly captured: ReadonlyMap<Value, Value>
  readonly step: ScanStep
}

function buildBody(spec: ScanSpec): Body {
  const graph = createGraph()
  const states = spec.states.map((value, i) => input(graph, `s${i}`, value.dtype, value.shape))
  const items = spec.sequences.map((value, i) =>
    input(graph, `x${i}`, value.dtype, value.shape.slice(1)),
  )
  const captured = new Map<Value, Value>()
  const capture = (outer: Value): Value => {
    const known = captured.get(outer)
    if (known !== undefined) return known
    const made = input(graph, `o${captured.size}`, outer.dtype, outer.shape)
    captured.set(outer, made)
    return made
  }
  const step = spec.body(states, items, capture)
  const matches =
    step.states.length === states.length &&
    step.states.every(({ shape }, i) => sameShape(shape, states[i].shape))
  if (!matches) {
    throw shapeError('scan', 'next states shaped like the states', [
      ...states.map(({ shape }) => shape),
      ...step.states.map(({ shape }) => shape),
    ])
  }
  return { graph, inputs: [...states, ...items], captured, step }
}

/**
 * A loop over the first axis: ONNX `Scan`. Returns the last states, and each output stacked to `[T, ...]`.
 *
 * @throws AgonError `graph/shape`
 */
export function scan(spec: ScanSpec): { states: readonly Value[]; outputs: readonly Value[] } {
  const [first] = spec.sequences
  if (first === undefined)
    throw new AgonError('graph/shape', 'scan: expected a sequence, found none')
  const steps = first.shape[0]
  if (spec.sequences.some(({ shape }) => shape[0] !== steps)) {
    const found = spec.sequences.map(({ shape }) => shape)
    throw shapeError('scan', 'sequences of one length', found)
  }
  const body = buildBody(spec)
  const inputs = [...spec.states, ...spec.sequences, ...body.captured.keys()]
  const types = [
    ...spec.states,
    ...body.step.outputs.map(({ dtype, shape }) => ({ dtype, shape: [steps, ...shape] })),
  ]
  const results = addNode(first.graph, 'scan', inputs, types, {
    evaluate: (arrays, binding) => evaluateScan(spec, body, arrays, binding),
    ...(spec.gradient === undefined ? {} : { gradient: spec.gradient }),
    emit: (e, names, outputs) => {
      const own = spec.states.length + spec.sequences.length
      const outer = new Map([...body.captured.values()].map((inner, i) => [inner, names[own + i]]))
      const directions = (list: readonly unknown[]) => list.map(() => Number(spec.reverse ?? false))
      e.node('Scan', names.slice(0, own), outputs, {
        body: {
          graph: e.subgraph(body.inputs, [...body.step.states, ...body.step.outputs], outer),
        },
        num_scan_inputs: spec.sequences.length,
        scan_input_directions: directions(spec.sequences),
        scan_output_directions: directions(body.step.outputs),
      })
    },
  })
  const count = spec.states.length
  return { states: results.slice(0, count), outputs: results.slice(count) }
}

function evaluateScan(
  spec: ScanSpec,
  body: Body,
  arrays: readonly Array64[],
  binding: Binding,
): readonly Array64[] {
  const count = spec.states.length
  const sequences = arrays.slice(count, count + spec.sequences.length)
  const outer = arrays.slice(count + sequences.length)
  const captured = [...body.captured.values()]
  const steps = sequences[0].shape[0]
  let states = arrays.slice(0, count)
  const stacked: Array64[] = []
  for (let k = 0; k < steps; k++) {
    const t = spec.reverse ? steps - 1 - k : k
    const known = new Map<Value, Array64>()
    for (const [i, array] of states.entries()) known.set(body.inputs[i], array)
    for (const [i, array] of sequences.entries())
      known.set(body.inputs[count + i], stepOf(array, t))
    for (const [i, value] of captured.entries()) known.set(value, outer[i])
    const results = evaluateFrom([...body.step.states, ...body.step.outputs], known, binding)
    states = results.slice(0, count)
    results.slice(count).forEach((array, i) => {
      stacked[i] ??= array64([steps, ...array.shape])
      stacked[i].data.set(array.data, t * array.data.length)
    })
  }
  return [...states, ...stacked]
}

function stepOf(array: Array64, t: number): Array64 {
  const width = array.data.length / array.shape[0]
  return array64(array.shape.slice(1), array.data.slice(t * width, (t + 1) * width))
}
