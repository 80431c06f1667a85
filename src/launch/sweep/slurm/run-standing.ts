import { join } from 'node:path'
import type { ErrorRecord } from '../../../core/errors.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { readRunFile } from '../../../run/read-run-file.ts'
import { manifestSchema } from '../../../run/run-files.schema.ts'
import { spentOfRow } from '../../../run/spent-of-row.ts'
import { lastRows } from '../../../views/listing/last-rows.ts'
import { shareOf } from '../../../views/listing/run-listing.ts'
import { finishedRun } from '../../finished-run.ts'
import type { SweptEnd } from '../sweep.ts'

/** A run as its files tell of it. */
export interface RunStanding {
  /** Whether it has finished, and its config asks for no more. */
  finished(dir: string, config: RunConfig): Promise<boolean>
  /** 0 … 1 of the budget. */
  done(dir: string, config: RunConfig): Promise<number>
  /** How a run ended that nobody works on any more. */
  end(dir: string): Promise<SweptEnd>
}

export const runStanding: RunStanding = {
  async finished(dir, { students, budget, stages }) {
    const { value } = await readRunFile(dir, 'manifest.json', manifestSchema)
    if (value === null || value.status !== 'finished') return false
    // A run with stages knows itself which of them are over.
    if (stages !== undefined) return value.stages?.length === stages.length
    const files = { path: dir, file: (name: string) => join(dir, name) }
    return (await finishedRun(files, value, Object.keys(students), budget)) !== null
  },
  async done(dir, { budget }) {
    const { last } = await lastRows(join(dir, 'metrics.jsonl'), null)
    return last === null ? 0 : Math.min(1, shareOf(spentOfRow(last), budget))
  },
  async end(dir) {
    const { value } = await readRunFile(dir, 'manifest.json', manifestSchema)
    if (value?.status === 'finished') return { status: 'finished', error: null }
    if (value?.status === 'stopped') return { status: 'stopped', error: null }
    return { status: 'failed', error: value?.error ?? ended(dir) }
  },
}

const ended = (dir: string): ErrorRecord => ({
  code: 'sweep/process',
  message: 'its job ended before the run did',
  place: dir,
  remedy: 'its log says why: slurm/job-<job>_<task>.log in the folder of the sweep',
})
