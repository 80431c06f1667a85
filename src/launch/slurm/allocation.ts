import { namedCast } from '../../actors/roles/table/placing.ts'
import { AgonError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import type { SlurmConfig } from '../../run/config/slurm.schema.ts'
import type { RunConfig } from '../../run/contract.ts'
import { labelOf, placementOf } from '../../run/placement-of.ts'

/** What one host of a component gives. */
export interface HostRequest {
  readonly cpus: number
  readonly memory?: string
  readonly gpus?: number | string
  readonly partition?: string
  readonly constraint?: string
}

/** A part of a job whose hosts are all alike; a job of several is heterogeneous. */
export interface Component {
  readonly hosts: number
  readonly each: HostRequest
}

/** The nodes of one label: one step of the job. */
export interface NodeStep {
  readonly label: string
  /** Index of the component that it runs in. */
  readonly component: number
  readonly count: number
  readonly places: number
}

/** What a job asks for. The hub runs on the first host of the first component. */
export interface Allocation {
  readonly components: readonly Component[]
  readonly steps: readonly NodeStep[]
}

/** Actors that the config places at each label. */
export function placedActors(
  config: Pick<RunConfig, 'placement' | 'students' | 'services'>,
): ReadonlyMap<string, number> {
  const placed = new Map<string, number>()
  for (const actor of namedCast(config)) {
    const label = labelOf(placementOf(config.placement, actor))
    if (label !== null) placed.set(label, (placed.get(label) ?? 0) + 1)
  }
  return placed
}

/**
 * The hosts that a run needs, in the order of `slurm.nodes`. Labels that need the same share one component. The hub has a component of its own only
 * where the config gives it one: Slurm starts a heterogeneous job only where every component finds another host.
 * @throws AgonError `slurm/label` where an actor is placed at a label without resources
 */
export function allocate(
  config: Pick<RunConfig, 'placement' | 'students' | 'services'>,
  slurm: SlurmConfig,
): Allocation {
  const components: { hosts: number; each: HostRequest }[] = []
  const steps: NodeStep[] = []
  if (slurm.hub !== undefined) components.push({ hosts: 1, each: slurm.hub })
  const first = components.length
  const placed = placedActors(config)
  for (const label of placed.keys()) requireResources(label, slurm.nodes)
  for (const [label, { count, places, ...each }] of Object.entries(slurm.nodes)) {
    const actors = placed.get(label)
    if (actors === undefined) continue
    const same = components.findIndex((one, i) => i >= first && alike(one.each, each))
    const component = same < 0 ? components.push({ hosts: 0, each }) - 1 : same
    components[component].hosts += count
    steps.push({ label, component, count, places: places ?? actors })
  }
  if (components.length === 0) components.push({ hosts: 1, each: { cpus: 1 } })
  return { components, steps }
}

function requireResources(label: string, nodes: SlurmConfig['nodes']): void {
  if (Object.hasOwn(nodes, label)) return
  const near = nearest(label, Object.keys(nodes))
  throw new AgonError(
    'slurm/label',
    `an actor is placed at node:${label}, and slurm.nodes.${label} is missing${near === undefined ? '' : `; did you mean ${near}?`}`,
    {
      place: `slurm.nodes.${label}`,
      remedy: `say what it needs: --set 'slurm.nodes.${label}={ count: 1, cpus: 4 }'`,
    },
  )
}

const KEYS = ['cpus', 'memory', 'gpus', 'partition', 'constraint'] as const
const alike = (a: HostRequest, b: HostRequest): boolean => KEYS.every((key) => a[key] === b[key])
