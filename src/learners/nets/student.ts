import type { InitName } from './inits.ts'
import type { NetworkOptions } from './network.ts'

const STUDENT: NetworkOptions = {
  core: 'lstm',
  hidden: 256,
  filters: 16,
  kernel: 3,
  embedding: 5,
  headHidden: 32,
  activation: 'tanh',
  inits: 'minimax',
  actorInit: 'orthogonal',
  scale: {},
}

/**
 * The student of a reference code base: conv 3×3×16 → ReLU, direction embedding 5, LSTM 256, heads of 32 units.
 * On mazes: 432 924 parameters (minimax), 432 929 (JaxUED), 433 953 (dcd).
 */
export function studentNetwork(profile: InitName): NetworkOptions {
  return { ...STUDENT, inits: profile, activation: profile === 'jaxued' ? 'relu' : 'tanh' }
}
