import type { Environment, SteppableEnvironment } from './contract.ts'
import { type OverlapRule, overlapProbe } from './overlap-probe.ts'
import { unknownProbe } from './probe-of.ts'

const OVERLAPS: Readonly<Record<string, OverlapRule>> = {
  overlap: 'history',
  'overlap-by-step': 'step',
}

/**
 * The probes that every deterministic environment with steps can have: `overlap` and `overlap-by-step`, under which a step
 * trains once the student has seen what none of the levels shows.
 * @param environment asked when a probe is made: it may be the one that these become a part of
 * @param together as in {@link overlapProbe}
 */
export function overlapProbes<L>(
  environment: () => SteppableEnvironment<L>,
  together = false,
): Required<Pick<Environment<L>, 'probes' | 'probe'>> {
  const probes = Object.keys(OVERLAPS)
  return {
    probes,
    probe(name, levels) {
      const made = environment()
      if (!Object.hasOwn(OVERLAPS, name)) throw unknownProbe(made.spec.id, name, probes)
      return overlapProbe(made, levels, OVERLAPS[name], together)
    },
  }
}
