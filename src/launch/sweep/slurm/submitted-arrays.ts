import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AgonError } from '../../../core/errors.ts'
import { replaceFile } from '../../../run/durable-file.ts'

/** An array job of a sweep. */
export interface SubmittedArray {
  /** Its name, which no other job has. */
  readonly name: string
  /** Null until sbatch has said its id: a sweep that was killed in between finds the job by its name. */
  readonly job: string | null
  /** Run directories by index, as the sweep's folder sees them. */
  readonly runs: readonly string[]
}

const FILE = 'slurm/jobs.json'
const schema = z.array(
  z.object({
    name: z.string(),
    job: z.string().nullable(),
    runs: z.array(z.string()),
  }),
)

/** What sweeps of this folder have submitted. @throws AgonError `run/damaged` */
export function readArrays(folder: string): readonly SubmittedArray[] {
  const path = join(folder, FILE)
  if (!existsSync(path)) return []
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new AgonError('run/damaged', 'this file is no list of submitted jobs', {
      place: path,
      remedy: 'see with `squeue --me` that none of them is left, and delete the file',
      cause,
    })
  }
}

/** @throws AgonError `run/write` */
export function writeArrays(folder: string, arrays: readonly SubmittedArray[]): void {
  replaceFile(join(folder, FILE), `${JSON.stringify(arrays, null, 2)}\n`)
}
