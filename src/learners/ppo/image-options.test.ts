import { describe, expect, it } from 'vitest'
import type { TensorSpec } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { ppoOptions } from './options.ts'
import { ppoNetwork } from './ppo-network.ts'
import { settingNotes } from './setting-notes.ts'

const problems = (network: unknown): string[] => {
  const { success, error } = ppoOptions.safeParse({ network })
  if (success) return []
  return error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
}

const spec = (shape: number[]): EnvironmentSpec => ({
  id: 'pixels',
  profile: 'test',
  observations: { observation: { dtype: 'uint8', shape } satisfies TensorSpec },
  actions: { kind: 'discrete', count: 6 },
  agents: 1,
  seats: { agent: [0] },
})
const notes = (shape: number[], network: unknown = {}) =>
  settingNotes(ppoOptions.parse({ network }), spec(shape))

describe('options for images', () => {
  it('are absent where nobody asks for them', () => {
    const { network } = ppoOptions.parse({})
    for (const key of ['encoder', 'layers', 'channels']) expect(network).not.toHaveProperty(key)
  })

  it('fill what a layer leaves out, and read the result again', () => {
    const layers = [
      { kind: 'convolution', filters: 8, kernel: 3 },
      { kind: 'pool', kernel: 2, stride: 2, padding: 'same' },
      { kind: 'residual', blocks: 1 },
      { kind: 'dense', units: 32 },
    ]
    const { network } = ppoOptions.parse({ network: { layers } })
    expect(network.layers?.[0]).toEqual({ ...layers[0], stride: 1, padding: 0 })
    expect(ppoOptions.parse({ network }).network).toEqual(network)
  })

  it('name what is missing, what is too much and what stands instead of what', () => {
    expect(problems({ layers: [{ kind: 'convolution', filters: 8 }] })).toEqual([
      "network.layers.0.kernel is missing; a layer 'convolution' needs it",
    ])
    expect(problems({ layers: [{ kind: 'dense', units: 8, stride: 2 }] })).toEqual([
      "network.layers.0.stride is nothing that a layer 'dense' has",
    ])
    expect(problems({ encoder: 'nature', layers: [{ kind: 'relu' }] })).toEqual([
      'network.layers stands instead of network.encoder nature: leave one of them out',
    ])
    expect(problems({ encoder: 'resnet' })).toHaveLength(1)
  })

  it('are refused by a dry run already where no observation fits', () => {
    const options = ppoOptions.parse({ network: { encoder: 'nature' } })
    expect(() => ppoNetwork(options, spec([3]))).toThrow(
      expect.objectContaining({ code: 'network/encoder', place: 'network.encoder' }),
    )
  })
})

describe('notes on images', () => {
  it('tell how frames before rows and columns are read, until somebody says it', () => {
    expect(notes([4, 84, 84], { encoder: 'nature' })).toEqual([
      "the observation 'observation' of 4 × 84 × 84 is read as 4 channels of 84 × 84; network.channels: first or last says how it lies",
    ])
    expect(notes([4, 84, 84], { encoder: 'nature', channels: 'first' })).toEqual([])
  })

  it('tell that a stack of colour images has the channels of all its frames', () => {
    expect(notes([4, 84, 84, 3], { encoder: 'nature' })).toEqual([
      "the observation 'observation' of 4 × 84 × 84 × 3 is read as 12 channels of 84 × 84, 4 frames of 3 in their order; network.channels: first or last says how it lies",
    ])
    expect(notes([4, 84, 84, 3], { encoder: 'nature', channels: 'last' })).toEqual([])
    expect(notes([2, 8, 8, 8])).toEqual([
      "the observation 'observation' of 2 × 8 × 8 × 8 is read as no image: it is flattened, without a convolution",
    ])
  })

  it('name the encoders where one convolution leaves more than one can want', () => {
    expect(notes([84, 84, 4])).toEqual([
      "the observation 'observation' of 84 × 84 goes through one convolution of stride 1: network.encoder: nature or impala is made for such images",
    ])
    expect(notes([84, 84, 4], { encoder: 'impala' })).toEqual([])
    expect(notes([7, 7, 3])).toEqual([])
  })

  it('tell what is too small for a convolution', () => {
    expect(notes([2, 2, 3])[0]).toContain('of 2 × 2 is smaller than network.kernel 3')
  })
})
