import type { PolicyCard } from '../../inference/index.ts'

/** A family of football policies that others have released as bare networks: what their graphs are. */
export interface Release {
  readonly name: string
  readonly about: string
  readonly card: PolicyCard
}

const football = (profile: string) => ({ id: 'football', profile })

/** Lin et al., "TiZero", AAMAS 2023: recurrent, masked, one network for the ten outfield players. */
const tizero: Release = {
  name: 'tizero',
  about: 'TiZero’s actor: 330 inputs, LSTM, mask of 20 actions',
  card: {
    format: 1,
    agon: '0',
    environment: football('tizero'),
    observations: { obs: { dtype: 'float32', shape: [330] } },
    actions: { kind: 'discrete', count: 20 },
    state: {
      h: { dtype: 'float32', shape: [256] },
      c: { dtype: 'float32', shape: [256] },
    },
    decode: 'argmax',
    mask: true,
    names: { logits: 'masked_logits' },
    normalisation: {},
    training: { algorithm: 'TiZero', source: 'github.com/OpenRL-Lab/TiZero' },
  },
}

/** Policies of the GRF MARL library: without memory, their mask is the head of their observation. */
const grfMarl: Release = {
  name: 'grf-marl',
  about: 'policies of the GRF MARL library: 217 inputs, no memory, 19 actions',
  card: {
    format: 1,
    agon: '0',
    environment: football('grf-marl'),
    observations: { obs: { dtype: 'float32', shape: [217] } },
    actions: { kind: 'discrete', count: 19 },
    state: {},
    decode: 'argmax',
    names: { logits: 'masked_logits' },
    normalisation: {},
    training: { source: 'github.com/jidiai/GRF_MARL' },
  },
}

export const RELEASES: readonly Release[] = [tizero, grfMarl]
