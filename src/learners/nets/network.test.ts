import { describe, expect, it } from 'vitest'
import { createNetwork, type NetworkSpec } from './network.ts'
import { studentNetwork } from './student.ts'
import { teacherNetwork, teacherSpec } from './teacher.ts'

const MAZE: NetworkSpec = {
  observations: {
    image: { dtype: 'uint8', shape: [5, 5, 3], low: 0, high: 10 },
    direction: { dtype: 'int32', shape: [], low: 0, high: 3 },
  },
  actions: { kind: 'discrete', count: 7 },
}

describe('networks', () => {
  it.each([
    ['minimax', 432_924],
    ['jaxued', 432_929],
    ['dcd', 433_953],
  ] as const)('the %s student has %i parameters on mazes', (profile, size) => {
    expect(createNetwork(MAZE, studentNetwork(profile)).layout.size).toBe(size)
  })

  it('embed a whole number of a few values, and read one of many as a number', () => {
    const parameters = (high: number) => {
      const number = { dtype: 'int32', shape: [], low: 0, high } as const
      return createNetwork({ ...MAZE, observations: { number } }, studentNetwork('minimax')).layout
    }
    const names = (high: number) => parameters(high).segments.map(({ name }) => name)
    expect(names(99_999)).toContain('number/embedding')
    expect(names(100_000)).not.toContain('number/embedding')
    expect(parameters(2 ** 31 - 2).size).toBeLessThan(1_000_000)
  })

  it('have the shapes of the student table', () => {
    const { layout, state, normalisation } = createNetwork(MAZE, studentNetwork('minimax'))
    expect(Object.fromEntries(layout.segments.map(({ name, shape }) => [name, shape]))).toEqual({
      'image/kernel': [3, 3, 3, 16],
      'image/bias': [16],
      'direction/embedding': [4, 5],
      'core/wx': [149, 1024],
      'core/wh': [256, 1024],
      'core/b': [1024],
      'actor/hidden/w': [256, 32],
      'actor/hidden/b': [32],
      'actor/out/w': [32, 7],
      'actor/out/b': [7],
      'critic/hidden/w': [256, 32],
      'critic/hidden/b': [32],
      'critic/out/w': [32, 1],
      'critic/out/b': [1],
    })
    expect(Object.keys(state)).toEqual(['state_h', 'state_c'])
    expect(normalisation).toEqual({ image: 'image ÷ 10', direction: 'direction embedded' })
  })

  it('gives the teacher 21 692 features and 22.5 M parameters', () => {
    const { layout } = createNetwork(teacherSpec(13, 13, 60), teacherNetwork())
    const shape = (name: string) => layout.segments.find((segment) => segment.name === name)?.shape
    expect(shape('core/wx')).toEqual([21_692, 1024])
    expect(shape('time/embedding')).toEqual([63, 10])
    expect(shape('actor/out/w')).toEqual([32, 169])
    expect(Math.round(layout.size / 1e5) / 10).toBe(22.5)
  })

  it('take other observations: flat vectors, bytes without a bound, images below the kernel', () => {
    const spec: NetworkSpec = {
      observations: {
        features: { dtype: 'float32', shape: [115] },
        bytes: { dtype: 'uint8', shape: [4] },
        tiny: { dtype: 'uint8', shape: [2, 2, 3], high: 1 },
      },
      actions: { kind: 'discrete', count: 19 },
    }
    const network = createNetwork(spec, { ...studentNetwork('minimax'), core: 'none' })
    expect(network.layout.segments[0]).toMatchObject({ name: 'core/w', shape: [131, 256] })
    expect(network.normalisation).toEqual({ bytes: 'bytes ÷ 255' })
    expect(network.state).toEqual({})
  })

  it('refuses observations it has no encoder for', () => {
    const spec = {
      observations: { big: { dtype: 'int64', shape: [2] } },
      actions: { kind: 'discrete', count: 2 },
    } as const
    expect(() => createNetwork(spec, studentNetwork('minimax'))).toThrow(/'big' is int64/)
    for (const name of ['noise', 'value', 'state_h'])
      expect(() =>
        createNetwork(
          {
            observations: { [name]: { dtype: 'float32', shape: [2] } },
            actions: { kind: 'discrete', count: 2 },
          },
          studentNetwork('minimax'),
        ),
      ).toThrow(expect.objectContaining({ code: 'network/observation', place: name }))
  })

  it('draw real numbers between two bounds from Beta distributions, and nothing else', () => {
    const { observations } = MAZE
    const network = (low: number, high: number) =>
      createNetwork(
        { observations, actions: { kind: 'box', shape: [2], low: [-1, low], high: [1, high] } },
        { ...studentNetwork('minimax'), distribution: 'beta' },
      )
    const { layout, distribution } = network(0, 5)
    const shapes = Object.fromEntries(layout.segments.map(({ name, shape }) => [name, shape]))
    expect(shapes['actor/out/w']).toEqual([32, 4])
    expect(shapes).not.toHaveProperty(['actor/log_std'])
    expect(distribution).toBe('beta')
    const refused = expect.objectContaining({ code: 'network/distribution' })
    expect(() => network(0, Number.POSITIVE_INFINITY)).toThrow(refused)
    expect(() => network(3, 3)).toThrow(refused)
    expect(() =>
      createNetwork(MAZE, { ...studentNetwork('minimax'), distribution: 'beta' }),
    ).toThrow('there are 7 actions')
  })
})
