import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import { nearest } from '../../../core/nearest.ts'
import { policyName } from '../../../run/cuts/cut-files.ts'
import { configFacts } from '../../../views/listing/run-listing.ts'

/** The newest policy of a slot of a run, and the config that it was trained with. */
export interface RunPolicy {
  readonly policy: string
  readonly config: string
}

/** Whether `path` is the directory of a run. */
export const isRunDirectory = (path: string): boolean => existsSync(join(path, 'manifest.json'))

/**
 * @param slot may be absent where the run has one
 * @throws AgonError `usage/slot` with the run's slots
 */
export async function policyOfRun(dir: string, slot: string | undefined): Promise<RunPolicy> {
  const slots = [...(await configFacts(dir)).slots].sort()
  const chosen = slot ?? (slots.length === 1 ? slots[0] : undefined)
  if (chosen === undefined || !slots.includes(chosen))
    throw new AgonError(
      'usage/slot',
      chosen === undefined
        ? 'the run has several students; name the slot of one'
        : `the run has no slot '${chosen}'`,
      {
        place: dir,
        remedy: `choose with --slot among ${slots.join(', ')}`,
        fields: { slots, ...nearestOf(chosen, slots) },
      },
    )
  return {
    policy: join(dir, `${policyName(chosen, slots.length)}.onnx`),
    config: join(dir, 'config.yaml'),
  }
}

function nearestOf(name: string | undefined, slots: readonly string[]): { nearest?: string } {
  const near = name === undefined ? undefined : nearest(name, slots)
  return near === undefined ? {} : { nearest: near }
}
