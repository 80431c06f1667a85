import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agonRun, type Told } from './agon-run.ts'
import { overlapRows } from './overlap.ts'
import type { BenchRow } from './row.ts'
import { BASELINE, UED_SUBJECTS, type UedSubject } from './ued/subjects.ts'

/** Warming up, then cycles enough for either kind: at worst new levels, replay, edits, replay. */
const WARM_UP = 1
const CYCLES = 4
/** No levels are measured but one: what counts are the cycles. */
const SHORT = ['evaluation={suite: random:1, every: 0}', `budget={cycles: ${WARM_UP + CYCLES}}`]

/**
 * What one gradient update costs, the whole program: every algorithm at the default student size, those of builders with one of
 * 22.5 million parameters, beside domain randomisation of one student in the same run. An update of several
 * students is one of each, and of the builder. What ReMiDi's probe takes stands beside DR with one worker.
 * @param brief the quick recipes' sizes, one worker
 */
export async function benchUed({ brief }: { readonly brief: boolean }): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'agon-bench-ued-'))
  const size = brief ? '-quick' : ''
  try {
    const rows: BenchRow[] = []
    for (const workers of brief ? [1] : [1, 2]) {
      const seconds = async (subject: UedSubject): Promise<number> => {
        const { name, recipe, set = [] } = subject
        const out = join(root, `${name}-${workers}`)
        const settings = [...SHORT, ...set, `workers=${workers}`]
        return updateSeconds(await agonRun(`${recipe}${size}`, out, settings), subject)
      }
      const with_ = `${workers} worker${workers === 1 ? '' : 's'} a learner`
      const dr = await seconds(BASELINE)
      rows.push(...rowsOf(`DR, ${with_}`, dr))
      if (workers === 1 && !brief) rows.push(...overlapRows(dr))
      for (const subject of UED_SUBJECTS) {
        const title = `${subject.name}, ${with_}`
        const took = await seconds(subject)
        const beside = { name: `${title}: an update beside DR's`, unit: '×', value: took / dr }
        rows.push(...rowsOf(title, took), beside)
      }
    }
    return rows
  } finally {
    rmSync(root, { recursive: true })
  }
}

const rowsOf = (title: string, seconds: number): BenchRow[] => [
  { name: `${title}: one update`, unit: 's', value: seconds },
  { name: `${title}: gradient updates`, unit: '/s', value: 1 / seconds },
]

/** Of the fastest cycle with a gradient, and of as many of the fastest without one as come with it. */
function updateSeconds(events: readonly Told[], { name, others = 0 }: UedSubject): number {
  const cycles = events.filter((event) => event.kind === 'cycle')
  const updates = cycles.map(({ metrics }) => metrics?.gradient_updates ?? 0)
  const fastest = (learning: boolean): number =>
    Math.min(
      ...cycles.flatMap(({ timings }, i) =>
        i >= WARM_UP && updates[i] > updates[i - 1] === learning ? (timings?.cycle_ms ?? []) : [],
      ),
    )
  const took = fastest(true) + (others === 0 ? 0 : others * fastest(false))
  if (!Number.isFinite(took)) throw new Error(`${name}: a kind of cycle was not seen`)
  return took / 1000
}
