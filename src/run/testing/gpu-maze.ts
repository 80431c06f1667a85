import { z } from 'zod'
import { defineEnvironment } from '../../envs/define-environment.ts'
import { environment as maze } from '../../envs/maze/index.ts'

/** A maze that its option `gpu` gives a device that no machine has. */
export const environment = defineEnvironment({
  id: 'gpu-maze',
  options: z.strictObject({ gpu: z.boolean().default(false).describe('Steps on a GPU.') }),
  create: ({ gpu }) => ({
    ...maze.create(maze.options.parse({})),
    machineFault: () =>
      gpu ? { code: 'maze/device', message: 'there is no GPU', remedy: 'use another' } : null,
  }),
})
