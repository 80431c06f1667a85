import type { Environment } from './contract.ts'
import { type HiddenEnvironment, posteriorProbe } from './posterior-probe.ts'
import { unknownProbe } from './probe-of.ts'

const NAME = 'posterior'

/**
 * The probe `posterior`, which every deterministic environment with steps and `resample` can have: what is learned from is what each
 * step would have given in a level drawn by what the student has seen. It takes no levels of its own.
 * @param environment asked when a probe is made: it may be the one that this becomes a part of
 */
export function posteriorProbes<L>(
  environment: () => HiddenEnvironment<L>,
): Required<Pick<Environment<L>, 'probes' | 'probe'>> {
  return {
    probes: [NAME],
    probe(name) {
      const made = environment()
      if (name !== NAME) throw unknownProbe(made.spec.id, name, [NAME])
      return posteriorProbe(made)
    },
  }
}
