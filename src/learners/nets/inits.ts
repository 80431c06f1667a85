import { type Init, orthogonal, ZEROS } from './init.ts'

/** How each part of a network starts: the columns of the student table of the three reference code bases. */
export interface InitTable {
  readonly convolution: Init
  readonly embedding: (count: number) => Init
  /** Present where the reference writes the embedding as one-hot · linear with a bias. */
  readonly embeddingBias?: (count: number) => Init
  /** Input and recurrent matrices of the core; `gates` is 4 (LSTM), 3 (GRU) or 1 (dense). */
  readonly coreInput: (gates: number) => Init
  readonly coreRecurrent: (gates: number) => Init
  /** PyTorch's cells add two bias vectors. */
  readonly coreBiases: 1 | 2
  readonly headHidden: Init
  readonly critic: Init
}

export type InitName = 'minimax' | 'jaxued' | 'dcd'

/** PyTorch's default for a linear layer, weights and bias alike. */
const torchLinear = (fanIn: number): Init => ({ kind: 'uniform', bound: 1 / Math.sqrt(fanIn) })

export const INIT_TABLES: Readonly<Record<InitName, InitTable>> = {
  minimax: {
    convolution: orthogonal(Math.SQRT2),
    embedding: () => orthogonal(1),
    coreInput: (gates) => (gates === 1 ? orthogonal(Math.SQRT2) : orthogonal(1, gates)),
    coreRecurrent: (gates) => orthogonal(1, gates),
    coreBiases: 1,
    headHidden: orthogonal(Math.SQRT2),
    critic: orthogonal(1),
  },
  jaxued: {
    convolution: { kind: 'lecun-normal' },
    embedding: () => orthogonal(Math.SQRT2),
    embeddingBias: () => ZEROS,
    coreInput: () => ({ kind: 'lecun-normal' }),
    coreRecurrent: (gates) => orthogonal(1, gates),
    coreBiases: 1,
    headHidden: orthogonal(2),
    critic: orthogonal(1),
  },
  dcd: {
    convolution: { kind: 'xavier-uniform' },
    embedding: torchLinear,
    embeddingBias: torchLinear,
    coreInput: (gates) => orthogonal(gates === 1 ? Math.SQRT2 : 1),
    coreRecurrent: () => orthogonal(1),
    coreBiases: 2,
    headHidden: orthogonal(Math.SQRT2),
    critic: orthogonal(1),
  },
}
