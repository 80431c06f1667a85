import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agonRun, fastestCycle } from './agon-run.ts'
import type { BenchRow } from './row.ts'

const WARM_UP = 1
const CYCLES = 2
/** No levels are measured but one: what counts are the cycles. */
const QUICK = ['evaluation={suite: random:1, every: 0}', `budget={cycles: ${WARM_UP + CYCLES}}`]

/**
 * What one update costs at the default student size, the whole program: PAIRED has two students and a builder of 22.5 million
 * parameters, and a student may have an S5 core; each stands beside domain randomisation of one student with an LSTM in the
 * same run.
 */
export async function benchUed(): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'agon-bench-ued-'))
  try {
    const rows: BenchRow[] = []
    for (const workers of [1, 2]) {
      const seconds = async (id: string): Promise<number> => {
        const out = join(root, `${id}-${workers}`)
        const events = await agonRun(`maze-${id}`, out, [...QUICK, `workers=${workers}`])
        return fastestCycle(events, WARM_UP) / 1000
      }
      const with_ = `${workers} worker${workers === 1 ? '' : 's'} a learner`
      const dr = await seconds('dr')
      const s5 = await seconds('dr-s5')
      const paired = await seconds('paired')
      rows.push(
        { name: `DR, one update, ${with_}`, unit: 's', value: dr },
        { name: `DR of an S5 student, one update, ${with_}`, unit: 's', value: s5 },
        { name: `S5 beside LSTM, ${with_}`, unit: '×', value: s5 / dr },
        { name: `PAIRED, one update of all three, ${with_}`, unit: 's', value: paired },
        { name: `PAIRED beside DR, ${with_}`, unit: '×', value: paired / dr },
      )
    }
    return rows
  } finally {
    rmSync(root, { recursive: true })
  }
}
