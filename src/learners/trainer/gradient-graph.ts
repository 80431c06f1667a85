import * as g from '../graph/index.ts'
import type { Layout } from '../nets/segments.ts'
import type { Objective, ShardSize, Values } from './contract.ts'

/** Names of the graph's own inputs. */
export const PARAMETERS = 'batch/parameters'
export const BUFFERS = 'batch/buffers'

/**
 * Objective and gradient of one shard. Inputs: the flat parameters `[P]`, the buffers `[Q]` where there are any, and what
 * the objective names. Outputs: `gradient` `[P]`, `terms` in the objective's order, and `sums` where it has some; all
 * just add over shards.
 */
export function gradientOnnx(objective: Objective, size: ShardSize): Uint8Array {
  const graph = g.createGraph()
  const { layout, buffers } = objective
  const parameters = segmentValues(graph, PARAMETERS, layout)
  const kept = buffers === undefined ? {} : segmentValues(graph, BUFFERS, buffers)
  const batch = Object.fromEntries(
    Object.entries(objective.inputs(size)).map(([name, { dtype, shape }]) => [
      name,
      g.input(graph, name, dtype, shape),
    ]),
  )
  const { terms, sums } = objective.build({ parameters, buffers: kept, batch }, size)
  const slopes = g.gradients(
    terms[objective.terms[0]],
    layout.segments.map(({ name }) => parameters[name]),
  )
  return g.toOnnx(graph, {
    gradient: g.concat(
      slopes.map((slope, i) => g.reshape(slope, [layout.segments[i].size])),
      0,
    ),
    terms: g.concat(
      objective.terms.map((name) => g.reshape(terms[name], [1])),
      0,
    ),
    ...(sums === undefined ? {} : { sums }),
  })
}

/** A flat input, cut into the segments of a layout. */
function segmentValues(graph: g.Graph, name: string, { size, segments }: Layout): Values {
  const parts = g.split(
    g.input(graph, name, 'float32', [size]),
    segments.map((segment) => segment.size),
    0,
  )
  return Object.fromEntries(
    segments.map((segment, i) => [segment.name, g.reshape(parts[i], segment.shape)]),
  )
}
