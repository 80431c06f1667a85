import { type Environment, steppable } from 'agon/envs'
import { environmentsService } from 'agon/envs/remote'
import { formatAddress, listen } from 'agon/wire'
import { environment } from '../../../examples/grid-search/my-env.ts'

const made = environment.create(environment.options.parse({ side: 7 })) as Environment<unknown>
const beacon = steppable(made, 'a broken server')

/** A loaded slot begins at time 0, whatever its saved state says. */
const forgetful: Environment<unknown> = {
  ...beacon,
  vector(options) {
    const env = beacon.vector(options)
    return {
      slots: env.slots,
      reset: env.reset.bind(env),
      step: env.step.bind(env),
      maxSteps: env.maxSteps.bind(env),
      save: env.save.bind(env),
      load(slot, state, out) {
        const young = Uint8Array.from(state)
        young.fill(0, 6, 8)
        env.load(slot, young, out)
      },
    }
  },
}
const { address } = await listen({
  address: { host: '127.0.0.1', port: 0 },
  security: { kind: 'plain' },
  token: null,
  services: [environmentsService({ beacon: forgetful })],
})
console.log(formatAddress(address))
