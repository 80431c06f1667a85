import { describe, expect, it } from 'vitest'
import { ppoOptions } from './options.ts'

describe('ppo options', () => {
  it('default to the domain-randomisation column of minimax', () => {
    const options = ppoOptions.parse({})
    expect(options.ppo).toMatchObject({
      learningRate: 1e-4,
      anneal: 'none',
      discount: 0.995,
      gaeLambda: 0.98,
      entropyCoefficient: 0.001,
      clip: 0.2,
      epochs: 5,
      minibatches: 1,
      bootstrap: 'value',
      normalise: 'minibatch',
    })
    expect(options.rollout).toEqual({ envs: 32, steps: 256 })
    expect(options.shards).toBe(2)
    expect(ppoOptions.parse(undefined)).toEqual(options)
  })

  it('take edge rules and initial weights from the profile, each overridable', () => {
    const dcd = ppoOptions.parse({ profile: 'dcd', ppo: { gaeLambda: 0.9 } })
    expect(dcd.ppo).toMatchObject({
      bootstrap: 'none',
      normalise: 'rollout',
      gaeLambda: 0.9,
      entropyCoefficient: 0.01,
    })
    expect(dcd.network.inits).toBe('dcd')
    const jaxued = ppoOptions.parse({ profile: 'jaxued', network: { activation: 'tanh' } })
    expect(jaxued.ppo.anneal).toBe('linear')
    expect(jaxued.network).toMatchObject({ inits: 'jaxued', activation: 'tanh' })
  })

  it('resolve to themselves, so that a resolved config can be read again', () => {
    const profiles = ['minimax', 'jaxued', 'dcd'].map((profile) => ({ profile }))
    for (const given of [...profiles, { network: { core: 's5' } }]) {
      const resolved = ppoOptions.parse(given)
      expect(ppoOptions.parse(resolved)).toEqual(resolved)
    }
  })

  it('write out what an S5 core has, and nothing of it elsewhere', () => {
    const { network } = ppoOptions.parse({ network: { core: 's5' } })
    expect(network.s5).toEqual({ layers: 2, state: 256, blocks: 2, norm: 'post' })
    expect(ppoOptions.parse({}).network).not.toHaveProperty('s5')
    const faults = (network: unknown) =>
      ppoOptions.safeParse({ network }).error?.issues.map(({ message }) => message)
    expect(faults({ core: 'gru', s5: {} })).toEqual([expect.stringContaining('core is gru')])
    expect(faults({ core: 's5', s5: { state: 6, blocks: 2 } })).toEqual([
      '6 numbers cannot be cut into 2 parts of even size',
    ])
  })

  it('refuse unknown keys and impossible values', () => {
    const issues = (input: unknown) =>
      ppoOptions.safeParse(input).error?.issues.map(({ path }) => path.join('.'))
    expect(issues({ ppo: { lr: 1 } })).toEqual(['ppo'])
    expect(issues({ rollout: { envs: 0 } })).toEqual(['rollout.envs'])
    expect(issues({ profile: 'atari' })).toEqual(['profile'])
    expect(issues({ network: 3 })).toEqual(['network'])
  })
})
