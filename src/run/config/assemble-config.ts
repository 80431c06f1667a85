import type { Budget, RunConfig } from '../contract.ts'
import type { TopLevel } from './config.schema.ts'

/** A resolved config, with its keys in the order in which they are written out. */
export function assembleConfig(
  {
    name,
    seed,
    budget,
    cuts,
    workers,
    placement,
    supervision,
    slurm,
    k8s,
    tensorboard,
    levelLog,
  }: TopLevel & { readonly workers: number },
  {
    hub,
    ...parts
  }: Pick<
    RunConfig,
    | 'env'
    | 'adversary'
    | 'students'
    | 'services'
    | 'graders'
    | 'policies'
    | 'seating'
    | 'evaluation'
    | 'hub'
  >,
): RunConfig {
  const unit = Object.fromEntries(
    Object.entries(budget).filter(([, value]) => value !== undefined),
  ) as unknown as Budget
  return {
    name,
    seed,
    ...parts,
    budget: unit,
    cuts,
    workers,
    placement,
    supervision,
    hub,
    ...(slurm === undefined ? {} : { slurm }),
    ...(k8s === undefined ? {} : { k8s }),
    tensorboard,
    // Absent where it is as by default, so that configs of before keep their bytes.
    ...(levelLog === false ? { levelLog } : {}),
  }
}
