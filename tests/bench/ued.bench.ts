import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agonRun, type Told } from './agon-run.ts'
import { overlapRows } from './overlap.ts'
import type { BenchRow } from './row.ts'
import { UED_DOMAINS, type UedDomain, type UedSubject } from './ued/subjects.ts'

/** Warming up, then cycles enough for either kind: at worst new levels, replay, edits, replay. */
const WARM_UP = 1
const CYCLES = 4
/** No levels are measured but one: what counts are the cycles. */
const SHORT = [
  'evaluation.suite=random:1',
  'evaluation.episodes=1',
  'evaluation.every=0',
  'evaluation.final={suite: random:1, episodes: 1}',
  `budget={cycles: ${WARM_UP + CYCLES}}`,
]
/** How the rows of ReMiDi's probe are called for `only`. */
const OVERLAP = 'overlap'

interface Asked {
  /** The quick recipes' sizes, one worker. */
  readonly brief: boolean
  /** Rows whose names contain one of these; the baseline of their domain is measured beside them. All by default. */
  readonly only: readonly string[]
}

/**
 * What one gradient update costs, the whole program: every algorithm at the published student size, those of builders with one of
 * 22.5 million parameters on mazes, beside domain randomisation of one student in the same run. An update of several
 * students is one of each, and of the builder. What ReMiDi's probe takes stands beside DR with one worker.
 * @throws Error where `only` names no row
 */
export async function benchUed(asked: Asked): Promise<BenchRow[]> {
  const wanted = (name: string): boolean =>
    asked.only.length === 0 || asked.only.some((part) => name.includes(part))
  const root = mkdtempSync(join(tmpdir(), 'agon-bench-ued-'))
  try {
    const rows: BenchRow[] = []
    for (const domain of UED_DOMAINS)
      for (const workers of asked.brief ? [1] : [1, 2])
        rows.push(...(await domainRows(domain, workers, asked.brief, wanted, root)))
    if (rows.length === 0) throw new Error(`no row is called like ${asked.only.join(', ')}`)
    return rows
  } finally {
    rmSync(root, { recursive: true })
  }
}

async function domainRows(
  { baseline, levels, subjects }: UedDomain,
  workers: number,
  brief: boolean,
  wanted: (name: string) => boolean,
  root: string,
): Promise<BenchRow[]> {
  const chosen = subjects.filter(({ name }) => wanted(name))
  const probed = baseline.recipe === 'maze-dr' && workers === 1 && !brief && wanted(OVERLAP)
  if (chosen.length === 0 && !probed && !wanted(baseline.name)) return []
  const seconds = async (subject: UedSubject): Promise<number> => {
    const out = join(root, `${subject.name}-${workers}`)
    const set = subject.set?.(brief ? levels.quick : levels.published) ?? []
    const recipe = `${subject.recipe}${brief ? '-quick' : ''}`
    return updateSeconds(
      await agonRun(recipe, out, [...SHORT, ...set, `workers=${workers}`]),
      subject,
    )
  }
  const with_ = `${workers} worker${workers === 1 ? '' : 's'} a learner`
  const least = await seconds(baseline)
  const rows = rowsOf(`${baseline.name}, ${with_}`, least)
  if (probed) rows.push(...overlapRows(least))
  for (const subject of chosen) {
    const title = `${subject.name}, ${with_}`
    const took = await seconds(subject)
    const beside = { name: `${title}: an update beside DR's`, unit: '×', value: took / least }
    rows.push(...rowsOf(title, took), beside)
  }
  return rows
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
