import { z } from 'zod'
import { PLACING, type Placing } from '../../actors/roles/table/placing.ts'
import type { Placement, RunConfig } from '../contract.ts'
import { slot } from './parts.schema.ts'
import { serviceName } from './services.schema.ts'

const LABEL = /^(local|thread|process|attach|node(:[A-Za-z0-9][A-Za-z0-9._-]{0,63})?)$/
const placement = z.string().regex(LABEL, {
  error: 'must be local, thread, process, node:<label> or attach',
}) as z.ZodType<Placement, string>

const names = { slot, service: serviceName } as const

function placementKey({ by, always, about }: Placing) {
  const whole = by === undefined ? placement : z.union([placement, z.record(names[by], placement)])
  return (always ? whole.default('local') : whole.optional()).describe(about)
}

/** Where the actors run: a key for each role. */
export const placementSchema = z
  .strictObject(
    Object.fromEntries(Object.values(PLACING).map((row: Placing) => [row.key, placementKey(row)])),
  )
  .prefault({})
  .describe('Where the actors run; never changes a result.')

/** Of a resolved config: without the keys that nobody gave. */
export type PlacementInput = Partial<RunConfig['placement']>
