import { z } from 'zod'
import { type SlotId, slotId } from '../../core/ids.ts'
import type { AdversaryCast } from '../contract.ts'

export const builderOptions = {
  service: z
    .string()
    .min(1)
    .default('builder')
    .describe('Whom it asks for levels; the config gets a service `builder` of that name.'),
}

export const regretOptions = {
  regret: z
    .enum(['relative-regret', 'relative-regret-unclipped', 'mean-relative', 'flexible-regret'])
    .default('relative-regret')
    .describe(
      'What the builder is paid: antagonist’s highest minus protagonist’s mean return, at least 0; the same without that bound; of means; or with the better student as antagonist.',
    ),
}

const PAIR = ['antagonist', 'protagonist'].map(slotId)

export const builderServices = (service: string) => ({ [service]: { id: 'builder' } })

/** Protagonist and antagonist. */
export const pairCast = (service: string): AdversaryCast => ({
  slots: PAIR,
  services: builderServices(service),
  slotFault: (slots) =>
    [...slots].sort().join() === PAIR.join()
      ? null
      : `needs the students protagonist and antagonist; there ${told(slots)}`,
})

export const told = (slots: readonly SlotId[]): string =>
  `${slots.length === 1 ? 'is' : 'are'} ${[...slots].sort().join(', ')}`
