import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { courseOf } from './hosted/course.ts'
import { DEALT, dealt } from './hosted/dealt.ts'
import {
  bareOf,
  best,
  cpu,
  ended,
  listening,
  realPython,
  start,
  type Window,
  windowOf,
} from './hosted/parties.ts'
import { PLAYED, played } from './hosted/played.ts'
import type { BenchRow } from './row.ts'

/** Many short ones: on a loaded machine some fall into quiet moments. */
const ROUNDS = 20
const ROUND_MS = 500

interface Course {
  readonly game: string
  readonly slots: number
  /** The least of the bare rate that is accepted. */
  readonly bar: number
  /** The most of the bare processor time a step that is accepted of the host. */
  readonly limit?: number
}

const COURSES: readonly Course[] = [
  { game: 'cartpole', slots: 32, bar: 0.6 },
  { game: 'cartpole', slots: 256, bar: 0.8 },
  { game: 'pong', slots: 8, bar: 0.9, limit: 1.5 },
]

/**
 * Environments of Gymnasium hosted by the Python client, stepped from here, and the same ones in a bare SyncVectorEnv, in turns.
 * @param only `cartpole`, `agon run`: what has one of these in its name alone
 */
export async function benchHosted({
  only,
}: {
  readonly only: readonly string[]
}): Promise<BenchRow[]> {
  const asked = (name: string): boolean =>
    only.length === 0 || only.some((part) => name.includes(part))
  const unit = 'ratio'
  const python = await realPython()
  if (python === null) {
    const skipped = { unit, value: 0, skipped: 'needs real packages: npm run real-python' }
    const compared = COURSES.map((course) => ({
      name: `${nameOf(course)}, to a bare SyncVectorEnv`,
      ...{ ...skipped, bar: course.bar },
    }))
    return [...compared, { ...PLAYED, ...skipped }]
  }
  const rows: BenchRow[] = []
  for (const course of COURSES)
    if (asked(nameOf(course))) rows.push(...(await compared(python, course)))
  if (asked(PLAYED.name)) rows.push(...(await played(python)))
  if (asked(DEALT)) rows.push(...(await dealt(python)))
  return rows
}

const nameOf = ({ game, slots }: Course): string => `hosted: ${game} × ${slots}`

async function compared(python: string, course: Course): Promise<BenchRow[]> {
  const { game, slots, bar, limit } = course
  const folder = mkdtempSync(join(tmpdir(), 'agon-bench-'))
  const rendezvous = join(folder, 'env.json')
  const host = start(python, 'host.py', [game, rendezvous])
  const bare = bareOf(start(python, 'bare.py', [game, `${slots}`]))
  try {
    await bare.ready
    await listening(host, rendezvous)
    const step = courseOf(rendezvous, slots)
    await bare.window(ROUND_MS)
    windowOf(step, host, ROUND_MS)
    const [away, here]: [Window[], Window[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      away.push(windowOf(step, host, ROUND_MS))
      here.push(await bare.window(ROUND_MS))
    }
    const name = nameOf(course)
    return [
      { name, unit: 'env steps/s', value: best(away) * slots },
      {
        name: `${name}, to a bare SyncVectorEnv`,
        unit: 'ratio',
        value: best(away) / best(here),
        bar,
      },
      {
        name: `${name}, processor time of the host to that of the bare one`,
        ...{ unit: 'ratio', value: cpu(away) / cpu(here), limit },
      },
      {
        name: `${name}, processor time of the host`,
        unit: 'µs/env step',
        value: (cpu(away) / slots) * 1000,
      },
    ]
  } finally {
    host.kill('SIGTERM')
    bare.end()
    await Promise.all([host, bare.child].map(ended))
    rmSync(folder, { recursive: true })
  }
}
