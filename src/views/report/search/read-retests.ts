import { existsSync, readdirSync } from 'node:fs'
import { z } from 'zod'
import type { Axis } from '../../../adversaries/grid/contract.ts'
import { readRunFile } from '../../../run/read-run-file.ts'
import type { ShownRetest } from './contract.ts'

const interval = z.tuple([z.number(), z.number()]).nullable()

/** What the page reads of `retest-<policy>.json`. */
const retestSchema = z.looseObject({
  format: z.literal(1),
  axes: z.array(z.unknown()),
  policy: z.looseObject({ name: z.string() }),
  repeats: z.int(),
  archived: z.number().nullable(),
  fresh: z.number().nullable(),
  interval,
  levels: z.array(z.looseObject({ id: z.string(), fresh: z.number().nullable(), interval })),
})

/** What `agon stress retest` left beside a search: its best levels played again. Those of other axes are of another search. */
export async function readRetests(
  folder: string,
  axes: readonly Axis[],
  notes: string[],
): Promise<readonly ShownRetest[]> {
  const files = existsSync(folder) ? readdirSync(folder) : []
  const retests: ShownRetest[] = []
  for (const file of files.filter((name) => /^retest-.*\.json$/.test(name)).sort()) {
    const { value, problem } = await readRunFile(folder, file, retestSchema)
    if (value === null) notes.push(`${problem}. It is left out.`)
    else if (JSON.stringify(value.axes) === JSON.stringify(axes)) {
      const { policy, repeats, archived, fresh, interval: bounds, levels } = value
      retests.push({
        ...{ policy: policy.name, repeats, archived, fresh, interval: bounds },
        levels: Object.fromEntries(
          levels.map(({ id, fresh: own, interval: within }) => [
            id,
            { fresh: own, interval: within },
          ]),
        ),
      })
    }
  }
  return retests
}
