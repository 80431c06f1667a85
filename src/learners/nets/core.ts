import type { TensorSpec } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { Parameters } from './encoders.ts'
import { ZEROS } from './init.ts'
import type { InitTable } from './inits.ts'
import type { SegmentSpec } from './segments.ts'
import type { Core } from './sequence-core.ts'
import { STATE_SPACE, type StateSpaceOptions, stateSpaceCore } from './state-space.ts'

export type CoreKind = 'lstm' | 'gru' | 's5' | 'none'

export interface CoreOptions {
  readonly core: CoreKind
  readonly hidden: number
  readonly activation: 'tanh' | 'relu'
  /** Of an S5 core. */
  readonly s5?: StateSpaceOptions
}

export function coreFor(features: number, options: CoreOptions, inits: InitTable): Core {
  switch (options.core) {
    case 'lstm':
      return lstmCore(features, options.hidden, inits)
    case 'gru':
      return gruCore(features, options.hidden, inits)
    case 's5':
      return stateSpaceCore(features, options.hidden, options.s5 ?? STATE_SPACE)
    case 'none':
      return denseCore(features, options, inits)
  }
}

function cellSegments(
  features: number,
  hidden: number,
  gates: number,
  inits: InitTable,
): readonly SegmentSpec[] {
  const width = gates * hidden
  const biases = inits.coreBiases === 1 ? ['core/b'] : ['core/b', 'core/b2']
  return [
    { name: 'core/wx', shape: [features, width], init: inits.coreInput(gates) },
    { name: 'core/wh', shape: [hidden, width], init: inits.coreRecurrent(gates) },
    ...biases.map((name) => ({ name, shape: [width], init: ZEROS })),
  ]
}

function cellWeights(p: Parameters): { wx: g.Value; wh: g.Value; b: g.Value } {
  const second = p['core/b2']
  const b = second === undefined ? p['core/b'] : g.add(p['core/b'], second)
  return { wx: p['core/wx'], wh: p['core/wh'], b }
}

function lstmCore(features: number, hidden: number, inits: InitTable): Core {
  const carried: TensorSpec = { dtype: 'float32', shape: [hidden] }
  return {
    segments: cellSegments(features, hidden, 4, inits),
    state: { state_h: carried, state_c: carried },
    step(p, x, carry) {
      const { h, c } = g.lstmStep({ x, h: carry.state_h, c: carry.state_c, ...cellWeights(p) })
      return { y: h, carry: { state_h: h, state_c: c } }
    },
    sequence: (p, x, carry, reset) =>
      g.lstm({ x, h0: carry.state_h, c0: carry.state_c, reset, ...cellWeights(p) }).y,
  }
}

function gruCore(features: number, hidden: number, inits: InitTable): Core {
  return {
    segments: cellSegments(features, hidden, 3, inits),
    state: { state_h: { dtype: 'float32', shape: [hidden] } },
    step(p, x, carry) {
      const { h } = g.gruStep({ x, h: carry.state_h, ...cellWeights(p) })
      return { y: h, carry: { state_h: h } }
    },
    sequence: (p, x, carry, reset) => g.gru({ x, h0: carry.state_h, reset, ...cellWeights(p) }).y,
  }
}

function denseCore(features: number, options: CoreOptions, inits: InitTable): Core {
  const activate = options.activation === 'tanh' ? g.tanh : g.relu
  const layer = (p: Parameters, x: g.Value): g.Value =>
    activate(g.dense(x, p['core/w'], p['core/b']))
  return {
    segments: [
      { name: 'core/w', shape: [features, options.hidden], init: inits.coreInput(1) },
      { name: 'core/b', shape: [options.hidden], init: ZEROS },
    ],
    state: {},
    step: (p, x) => ({ y: layer(p, x), carry: {} }),
    sequence: (p, x) => layer(p, x),
  }
}
