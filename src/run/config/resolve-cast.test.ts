import { describe, expect, it } from 'vitest'
import { resolveConfig } from './resolve-config.ts'

const whole = { env: 'maze', budget: { cycles: 1 } }
const resolved = (config: object) => resolveConfig({ ...whole, ...config }, { baseDir: '/' })

describe('a cast that the adversary needs', () => {
  it('is written into the config: its builder, and equal students in its slots', async () => {
    const { students, services } = await resolved({
      adversary: 'paired',
      student: { id: 'ppo', rollout: { envs: 3 } },
    })
    expect(Object.keys(students)).toEqual(['antagonist', 'protagonist'])
    expect(students).toMatchObject({
      antagonist: { options: { rollout: { envs: 3 } } },
      protagonist: { options: { rollout: { envs: 3 } } },
    })
    expect(services).toMatchObject({
      builder: {
        id: 'builder',
        options: { network: { filters: 128 }, ppo: { entropyCoefficient: 0.05 } },
        // An update of a large builder takes as long as it takes.
        limits: { concurrency: 1, deadlineSeconds: 3600, retries: 0 },
      },
    })
  })

  it('stays as the config names it', async () => {
    const { students, services } = await resolved({
      adversary: { id: 'paired', service: 'architect' },
      students: { protagonist: 'ppo', antagonist: { id: 'ppo', ppo: { learningRate: 0.5 } } },
      services: { architect: { id: 'builder', shards: 3, limits: { deadlineSeconds: 9 } } },
    })
    expect(students).toMatchObject({ antagonist: { options: { ppo: { learningRate: 0.5 } } } })
    expect(Object.keys(services ?? {})).toEqual(['architect'])
    expect(services).toMatchObject({
      architect: { options: { shards: 3 }, limits: { deadlineSeconds: 9, retries: 0 } },
    })
  })

  it('has as many students as a population, and one under the minimax adversary', async () => {
    const slots = async (adversary: unknown) =>
      Object.keys((await resolved({ adversary })).students)
    expect(await slots('population-paired')).toEqual(['student-1', 'student-2', 'student-3'])
    expect(await slots({ id: 'population-paired', population: 2 })).toHaveLength(2)
    expect(await slots('minimax-adversary')).toEqual(['agent'])
    expect(await slots('plr')).toEqual(['agent'])
  })

  it('is missed at `students`, with who has to be there', async () => {
    const named = (adversary: string, ...slots: string[]) =>
      resolved({ adversary, students: Object.fromEntries(slots.map((slot) => [slot, 'ppo'])) })
    await expect(named('paired', 'protagonist', 'antagonst')).rejects.toThrow(
      'students: the adversary paired needs the students protagonist and antagonist; there are antagonst, protagonist',
    )
    await expect(named('population-paired', 'agent')).rejects.toThrow(/needs two students or more/)
  })
})
