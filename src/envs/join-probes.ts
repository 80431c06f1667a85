import type { Environment } from './contract.ts'
import { unknownProbe } from './probe-of.ts'

type Probes<L> = Required<Pick<Environment<L>, 'probes' | 'probe'>>

/** The probes of several sets, whose names differ, as one. */
export function joinProbes<L>(environment: string, ...sets: readonly Probes<L>[]): Probes<L> {
  const probes = sets.flatMap((set) => set.probes)
  return {
    probes,
    probe(name, levels) {
      const set = sets.find((one) => one.probes.includes(name))
      if (set === undefined) throw unknownProbe(environment, name, probes)
      return set.probe(name, levels)
    },
  }
}
