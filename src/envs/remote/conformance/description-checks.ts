import { ENVIRONMENTS } from '../../../wire/index.ts'
import { type Check, must, mustRefuse } from './check.ts'

const NOBODY = 'no-such-environment'

export const descriptionChecks: readonly Check[] = [
  {
    name: 'description: says what the environment is',
    async run(subject) {
      // Reading it refuses what is missing.
      const { spec, returnRange, suites } = await subject.description()
      const sent = 'Describe'
      for (const [name, { shape, low, high }] of Object.entries(spec.observations)) {
        must(
          shape.every((size) => size > 0),
          sent,
          `sizes above 0 of '${name}'`,
          shape,
        )
        const bounded = low === undefined || high === undefined || low <= high
        must(bounded, sent, `low ≤ high of '${name}'`, [low, high])
      }
      if (returnRange !== undefined)
        must(returnRange[0] <= returnRange[1], sent, 'return_low ≤ return_high', returnRange)
      for (const { id, entries } of suites) {
        const unique = id !== '' && new Set(entries).size === entries.length
        must(unique, sent, 'suites with an id and entries of different names', { id, entries })
      }
    },
  },
  {
    name: 'description: every agent sits in one seat',
    async run(subject) {
      const { spec } = await subject.description()
      const seated = Object.values(spec.seats)
        .flat()
        .sort((a, b) => a - b)
      const agents = Array.from({ length: spec.agents }, (_, agent) => agent)
      must(seated.join() === agents.join(), 'Describe', `agents ${agents} in seats`, spec.seats)
    },
  },
  {
    name: 'description: refuses an environment that it does not have',
    async run({ connection }) {
      const call = connection.unary(ENVIRONMENTS.methods.describe, { environment: NOBODY })
      await mustRefuse(`Describe { environment: ${NOBODY} }`, ['environment/unknown'], call)
    },
  },
]
