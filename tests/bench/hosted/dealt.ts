import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from '../row.ts'
import { courseOf } from './course.ts'
import { best, ended, listening, start, type Window, windowOf } from './parties.ts'

const SLOTS = 8
const PROCESSES = 2
const ROUNDS = 10
const ROUND_MS = 500

export const DEALT = `hosted: ${SLOTS} slots dealt to ${PROCESSES} processes, to one`

/** The same slots in one process of a host and dealt to two, in turns: an environment that computes half a millisecond a step. */
export async function dealt(python: string): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-bench-'))
  const hosts = [1, PROCESSES].map((processes) => {
    const rendezvous = join(folder, `${processes}.json`)
    const host = start(python, 'host.py', ['busy', rendezvous, `${processes}`])
    return { host, rendezvous, windows: [] as Window[] }
  })
  try {
    for (const { host, rendezvous } of hosts) await listening(host, rendezvous)
    const courses = hosts.map((one) => ({ ...one, step: courseOf(one.rendezvous, SLOTS) }))
    for (let round = 0; round < ROUNDS; round++)
      for (const { step, host, windows } of courses) windows.push(windowOf(step, host, ROUND_MS))
    const [one, two] = courses.map(({ windows }) => best(windows))
    return [
      {
        name: DEALT,
        unit: 'ratio',
        value: two / one,
      },
    ]
  } finally {
    for (const { host } of hosts) host.kill('SIGTERM')
    await Promise.all(hosts.map(({ host }) => ended(host)))
    rmSync(folder, { recursive: true })
  }
}
