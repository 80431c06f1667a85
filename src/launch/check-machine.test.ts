import { describe, expect, it } from 'vitest'
import { resolveConfig } from '../run/config/index.ts'
import { checkMachine } from './check-machine.ts'

const module = '../run/testing/gpu-maze.ts'

const checked = async (more: object): Promise<void> =>
  checkMachine(
    await resolveConfig(
      { env: { id: module, gpu: true }, adversary: 'dr', budget: { cycles: 1 }, ...more },
      { baseDir: import.meta.dirname },
    ),
  )
const refusal = (place: string) =>
  expect.objectContaining({ code: 'maze/device', place, remedy: 'use another' })

describe('the machine of a run', () => {
  it.each(['local', 'thread', 'process'])('has to step what is placed there: %s', async (place) => {
    const elsewhere = { evaluator: 'node' }
    await expect(checked({ placement: { student: place, ...elsewhere } })).rejects.toThrow(
      refusal('env'),
    )
  })

  it('is not asked about what others step', async () => {
    await checked({ placement: { student: 'node', evaluator: 'node:gpu' } })
    await checked({ placement: { student: 'attach', evaluator: 'node' } })
    await checked({ env: { id: module } })
    await checked({ env: 'maze' })
  })

  it('has to step what the evaluator measures in, under its own options', async () => {
    const away = { student: 'node' }
    await expect(checked({ placement: away })).rejects.toThrow(refusal('env'))
    await checked({ placement: away, evaluation: { env: { gpu: false } } })
    await expect(
      checked({ env: { id: module }, evaluation: { env: { gpu: true } } }),
    ).rejects.toThrow(refusal('evaluation.env'))
  })

  it('has to step for every student that is placed there', async () => {
    const students = { one: 'ppo', two: 'ppo' }
    const placement = (two: string) => ({ student: { one: 'node', two }, evaluator: 'node' })
    await expect(checked({ students, placement: placement('thread') })).rejects.toThrow(
      refusal('env'),
    )
    await checked({ students, placement: placement('node') })
  })
})
