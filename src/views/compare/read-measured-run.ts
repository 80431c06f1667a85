import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import { loadConfig } from '../../run/config/index.ts'
import type { MetricsRow, RunConfig, StoredEvaluation } from '../../run/contract.ts'
import { readMetrics, readTimings } from '../../run/metrics/index.ts'
import { evaluationSchema, readRunFile } from '../report/index.ts'

/** One slot of one run with its final evaluation. */
export interface MeasuredRun {
  readonly dir: string
  readonly slot: string
  readonly config: RunConfig
  readonly final: StoredEvaluation
  readonly baseline: StoredEvaluation | null
  /** Hash of the policy that the run began with (`--init`), or null. */
  readonly init: string | null
  /** Whether the run has other slots too. */
  readonly shared: boolean
  /** One a cycle. */
  readonly rows: readonly MetricsRow[]
  /** Seconds of all its cycles; null without timings. */
  readonly seconds: number | null
}

/**
 * The final measurements of a run; none where it was stopped before them.
 * @throws AgonError `run/not-a-run`, `run/damaged`, `run/metrics-damaged`, and what `loadConfig` throws
 */
export async function readMeasuredRun(dir: string): Promise<MeasuredRun[]> {
  const config = await loadConfig(join(dir, 'config.yaml')).catch((cause) => {
    if (cause instanceof AgonError && cause.code === 'config/missing')
      throw new AgonError('run/not-a-run', 'there is no config.yaml in this directory', {
        place: dir,
        remedy: 'give run directories',
        cause,
      })
    throw cause
  })
  const evaluation = await readRunFile(dir, 'evaluation.json', evaluationSchema)
  if (evaluation.value === null) {
    if (evaluation.missing) return []
    throw new AgonError('run/damaged', evaluation.problem, {
      place: join(dir, 'evaluation.json'),
      remedy: 'delete the file and measure the policy with agon eval, or leave the run out',
    })
  }
  const init = await readFile(join(dir, 'init.onnx')).then(sha256, () => null)
  const rows = await readMetrics(dir)
  const timings = await readTimings(dir)
  const seconds =
    timings.length === 0 ? null : timings.reduce((sum, { cycle_ms }) => sum + cycle_ms, 0) / 1000
  const slots = Object.entries(evaluation.value.slots)
  return slots.flatMap(([slot, { baseline = null, final }]) =>
    final === undefined
      ? []
      : { dir, slot, config, final, baseline, init, shared: slots.length > 1, rows, seconds },
  )
}
