import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { agonRun, fastestCycle } from './agon-run.ts'
import type { BenchRow } from './row.ts'

const RECIPE = 'maze-dr'
const WARM_UP = 1
const CYCLES = 6
/** A part of the batch for each, from two on: what docs/many-cores.md cites. */
const WORKERS = [1, 2, 4, 8, 16].filter((count) => count <= Math.max(2, availableParallelism()))

/** Highest resident memory of a process so far, megabytes; null where there is no /proc. */
function peakMemory(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+)/.exec(text)?.[1]) / 1024
  } catch {
    return null
  }
}

/** The whole program, as people start it: the default DR experiment for a few cycles. */
export async function benchRun(): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'agon-bench-'))
  const quick = [
    'evaluation.every=0',
    'evaluation.final.suite=random:1',
    'evaluation.final.episodes=1',
  ]
  try {
    // One environment, one step a cycle: the first cycle's report is at most one update after the first step.
    const first = await agonRun(RECIPE, join(root, 'start'), [
      ...quick,
      'student.rollout.envs=2',
      'student.rollout.steps=1',
      'student.ppo.epochs=1',
      'budget.cycles=1',
    ])
    const startUp = first.find((event) => event.kind === 'cycle')?.at ?? Number.NaN
    const rows: BenchRow[] = [
      {
        name: 'start-up to the first step, whole program',
        unit: 's',
        value: startUp / 1000,
        limit: 3,
      },
    ]
    let peak: number | null = null
    for (const workers of WORKERS) {
      const events = await agonRun(
        RECIPE,
        join(root, `workers-${workers}`),
        [
          ...quick,
          `workers=${workers}`,
          `student.shards=${Math.max(2, workers)}`,
          `budget.cycles=${WARM_UP + CYCLES}`,
        ],
        (event, child) => {
          if (workers === 2 && event.kind === 'evaluation' && child.pid !== undefined)
            peak = peakMemory(child.pid)
        },
      )
      rows.push({
        name: `whole run, ${workers} worker${workers === 1 ? '' : 's'}`,
        unit: 'env steps/s',
        value: (32 * 256 * 1000) / fastestCycle(events, WARM_UP),
      })
    }
    if (peak !== null)
      rows.push({ name: 'peak memory, whole run, 2 workers', unit: 'MB', value: peak, limit: 1500 })
    return rows
  } finally {
    rmSync(root, { recursive: true })
  }
}
