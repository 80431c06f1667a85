import { z } from 'zod'
import { AgonError } from '../core/errors.ts'
import { defineService } from './define-service.ts'

/** A service that another program plays: it attaches to the run (`placement.services: attach`). */
export const service = defineService({
  id: 'external',
  options: z.strictObject({
    deterministic: z
      .boolean()
      .default(false)
      .describe('Whether the same questions always get the same answers.'),
    stateful: z
      .boolean()
      .default(false)
      .describe('Whether its answers depend on earlier questions, so that it stands in cuts.'),
  }),
  traits: ({ deterministic, stateful }) => ({ deterministic, stateful }),
  create: async () => {
    throw new AgonError('service/external', 'an external service is played by another program', {
      remedy: 'set placement.services: attach',
    })
  },
})
