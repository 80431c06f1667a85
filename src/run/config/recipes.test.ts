import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { nativeHere } from '../../envs/football/native/testing/native-here.ts'
import type { RunConfig } from '../contract.ts'
import { estimate } from './estimate.ts'
import { loadEstimateFacts } from './estimate-facts.ts'
import { formatConfig } from './format-config.ts'
import { loadConfig, parseConfig } from './load-config.ts'

const FOLDER = fileURLToPath(new URL('../../../recipes/', import.meta.url))
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))
/** Those of hosted environments load where the host listens: tests/integration/atari.test.ts. */
const HOSTED = FILES.filter((file) => /^\s+remote:/m.test(readFileSync(FOLDER + file, 'utf8')))
/** Those of weights that Agon does not have load where somebody put them. */
const OF_OTHERS = ['stress-football.yaml']
const HERE = FILES.filter((file) => ![...HOSTED, ...OF_OTHERS].includes(file))
const BUILT = ['paired', 'minimax-adversary', 'population-paired', 'repaired']
const ALGORITHMS = [
  'dr',
  'plr',
  'robust-plr',
  'parallel-plr',
  'accel',
  'parallel-accel',
  'samplr',
  'remidi',
  'map-elites',
  ...BUILT,
]
/** A published builder has fifty times the parameters of a student. */
const LARGE = [...BUILT, 'paired-s5'].map((id) => `maze-${id}.yaml`)
/** Twelve planes of 96 × 96 a step. */
const PICTURES = /^racing-\w+\.yaml$/

const load = (name: string): Promise<RunConfig> => loadConfig(`${FOLDER}${name}.yaml`)
const ppoOf = (config: RunConfig): unknown => Object.values(config.students)[0].options.ppo

describe('recipes', () => {
  it('are there for each algorithm, published and quick', () => {
    const walker = ['dr', 'plr', 'accel', 'paired', 'repaired'].map((id) => `walker-${id}`)
    const racing = ['dr', 'plr', 'accel', 'paired', 'repaired'].map((id) => `racing-${id}`)
    const names = [...ALGORITHMS.map((id) => `maze-${id}`), ...walker, ...racing].flatMap(
      (name) => [`${name}.yaml`, `${name}-quick.yaml`],
    )
    expect(FILES).toEqual(expect.arrayContaining(names))
    for (const domain of [
      'tmaze-remidi',
      'tmaze-robust-plr',
      'blindfold-remidi',
      'blindfold-samplr',
      'lever-remidi',
    ])
      expect(FILES).toEqual(expect.arrayContaining([`${domain}.yaml`, `${domain}-quick.yaml`]))
  })

  it.each(HERE)('%s loads, and is the same when written out and read again', async (file) => {
    const config = await loadConfig(FOLDER + file)
    expect(config.name).toBe(file.slice(0, -'.yaml'.length))
    const text = formatConfig(config)
    const again = await parseConfig(utf8(text), '/elsewhere/config.yaml')
    expect(again).toEqual(config)
    expect(formatConfig(again)).toBe(text)
  })

  const football = HERE.filter((file) => file.includes('football-'))
  const others = HERE.filter((file) => !football.includes(file))
  const estimated = async (file: string): Promise<void> => {
    const config = await loadConfig(FOLDER + file)
    const facts = await loadEstimateFacts(config)
    const { cycles, envSteps, memoryBytes } = estimate(config, facts)
    // A search counts attempts, and needs no hundred cycles.
    expect(cycles).toBeGreaterThanOrEqual(/^(stress|rainbow|language)-/.test(file) ? 10 : 100)
    expect(envSteps).toBeGreaterThan(cycles as number)
    expect(memoryBytes).toBeLessThan(LARGE.includes(file) || PICTURES.test(file) ? 4e9 : 1.5e9)
  }
  it.each(others)('%s can be estimated', estimated)
  it.skipIf(nativeHere() === null).each(football)('%s can be estimated', estimated)

  it.each(FILES)('%s gives the reason of every number that it sets', (file) => {
    const lines = readFileSync(FOLDER + file, 'utf8').split('\n')
    // A width follows its height, and a budget in a quick recipe is what two minutes allow.
    const bare = lines.filter(
      (line) =>
        /:\s+-?[\d.]/.test(line) &&
        !line.includes('#') &&
        !/(width|gradientUpdates|every):/.test(line),
    )
    expect(bare).toEqual([])
  })

  // Columns of the minimax report: learning rate, discount, lambda, entropy, replay chance, staleness, walls, edits.
  it.each([
    ['maze-dr', 1e-4, 0.995, 0.98, 0.001, undefined, undefined, 60, 20],
    ['maze-robust-plr', 3e-4, 0.999, 0.98, 0, 0.5, 0.3, 60, 20],
    ['maze-parallel-plr', 3e-4, 0.999, 0.95, 0, undefined, 0.5, 60, 20],
    ['maze-accel', 3e-4, 0.999, 0.98, 0, 0.8, 0.5, 0, 20],
    ['maze-parallel-accel', 1e-4, 0.999, 0.98, 0.001, undefined, 0.5, 0, 20],
  ])(
    '%s has the published hyper-parameters',
    async (name, learningRate, discount, gaeLambda, entropyCoefficient, replay, staleness, nWalls, edits) => {
      const config = await load(name)
      expect(ppoOf(config)).toMatchObject({
        learningRate,
        discount,
        gaeLambda,
        entropyCoefficient,
        clip: 0.2,
        epochs: 5,
        minibatches: 1,
        maxGradNorm: 0.5,
      })
      expect(config.students).toMatchObject({
        agent: { options: { rollout: { envs: 32, steps: 256 } } },
      })
      expect(config.env.options).toMatchObject({
        profile: 'minimax',
        height: 13,
        width: 13,
        maxSteps: 250,
        nWalls,
        edits,
      })
      expect(config.adversary.options.replayProbability).toBe(replay)
      expect(config.adversary.options.stalenessCoefficient).toBe(staleness)
      if (staleness !== undefined)
        expect(config.adversary.options).toMatchObject({
          capacity: 4000,
          score: 'max-mc',
          priority: 'rank',
          temperature: 0.3,
          minFill: 0.5,
          unique: true,
        })
      expect(config.budget).toEqual({ gradientUpdates: 30_000 })
    },
  )

  // Of minimax's S5 configurations: learning rate, discount, entropy, where layers are normalised, temperature, staleness.
  it.each([
    ['dr', 3e-5, 0.995, 0.001, 'post', undefined, undefined],
    ['robust-plr', 1e-4, 0.999, 0.001, 'pre', 0.5, 0.5],
    ['parallel-plr', 1e-4, 0.999, 0.001, 'post', 0.5, 0.5],
    ['accel', 1e-4, 0.995, 0.001, 'post', 0.1, 0.3],
    ['parallel-accel', 3e-5, 0.999, 0, 'post', 0.1, 0.5],
    ['paired', 1e-4, 0.995, 0.001, 'post', undefined, undefined],
  ])(
    'maze-%s-s5 has the published hyper-parameters',
    async (id, learningRate, discount, entropyCoefficient, norm, temperature, stalenessCoefficient) => {
      const { students, adversary, services, budget } = await load(`maze-${id}-s5`)
      for (const { options } of Object.values(students))
        expect(options).toMatchObject({
          network: { core: 's5', hidden: 256, s5: { layers: 2, state: 256, blocks: 2, norm } },
          ppo: { learningRate, discount, entropyCoefficient, gaeLambda: 0.98, epochs: 5 },
        })
      expect(adversary.options.temperature).toBe(temperature)
      expect(adversary.options.stalenessCoefficient).toBe(stalenessCoefficient)
      if (services !== undefined)
        expect(services.builder.options).toMatchObject({
          network: { core: 's5', filters: 32, s5: { layers: 2, state: 256, blocks: 2, norm } },
          ppo: { learningRate: 1e-4, entropyCoefficient: 0.001 },
        })
      expect(budget).toEqual({ gradientUpdates: 30_000 })
    },
  )

  it.each([
    ['maze-dr-gru', { core: 'gru' }],
    ['maze-dr-feedforward', { core: 'none' }],
    ['walker-dr-beta', { core: 'none', distribution: 'beta' }],
  ])('%s differs from the plain one in its network alone', async (name, network) => {
    const { students, ...rest } = await load(name)
    const { students: plain, ...others } = await load(name.split('-').slice(0, 2).join('-'))
    expect({ ...rest, name: '' }).toEqual({ ...others, name: '' })
    for (const [slot, { options }] of Object.entries(plain))
      expect(students[slot as keyof typeof students].options).toEqual({
        ...options,
        network: { ...(options.network as object), ...network },
      })
  })

  it('with a builder have the published hyper-parameters of its game', async () => {
    for (const id of ['paired', 'minimax-adversary', 'population-paired']) {
      const { env, students, services } = await load(`maze-${id}`)
      expect(env.options).toMatchObject({ profile: 'minimax', height: 13, width: 13, nWalls: 60 })
      for (const { options } of Object.values(students))
        expect(options).toMatchObject({
          rollout: { envs: 32, steps: 256 },
          ppo: { learningRate: 1e-4, discount: 0.995, gaeLambda: 0.98, epochs: 5 },
        })
      expect(services?.builder.options).toMatchObject({
        network: { filters: 128, embedding: 10, hidden: 256 },
        ppo: { learningRate: 1e-4, discount: 0.995, gaeLambda: 0.98, entropyCoefficient: 0.05 },
      })
    }
    const { env, adversary, students, services } = await load('maze-repaired')
    expect(env.options).toMatchObject({ profile: 'dcd', nWalls: 25 })
    expect(adversary.options).toMatchObject({
      ...{ replayProbability: 0.95, capacity: 4000, temperature: 0.1, shareLevels: false },
    })
    for (const { options } of Object.values(students))
      expect(options.ppo).toMatchObject({ gaeLambda: 0.95, entropyCoefficient: 0 })
    expect(services?.builder.options).toMatchObject({
      ...{ network: { core: 'none' }, ppo: { entropyCoefficient: 0 } },
    })
  })

  it('of ReMiDi and its baseline have the published hyper-parameters', async () => {
    const domains = ['maze-remidi', 'tmaze-remidi', 'blindfold-remidi', 'lever-remidi']
    for (const name of [...domains, 'tmaze-robust-plr']) {
      const lever = name === 'lever-remidi'
      const config = await load(name)
      const { adversary, budget } = config
      const cycles = lever ? 5000 : 30_000
      expect(adversary.options).toMatchObject({
        ...{ score: 'perfect-regret', replayProbability: 0.8, temperature: 1, priority: 'rank' },
        ...{ stalenessCoefficient: 0.3, minFill: 0.5, profile: 'jaxued' },
      })
      if (name !== 'tmaze-robust-plr')
        expect(adversary.options).toMatchObject({
          buffers: lever ? 2 : 4,
          capacity: lever ? 32 : 256,
          cyclesPerBuffer: lever ? 500 : 1000,
          atLast: 'stay',
        })
      expect(ppoOf(config)).toMatchObject({
        ...{ learningRate: 1e-3, anneal: 'linear', gaeLambda: 0.95, entropyCoefficient: 0 },
        ...{ discount: 0.995, annealUpdates: cycles },
      })
      expect(budget).toEqual({ cycles })
    }
  })
})
