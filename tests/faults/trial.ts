import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exactFiles, type JournalLine, journalOf } from '../support/run-files.ts'
import { type Hub, labelOf, startFleet, startHub } from './fleet.ts'
import { faultProxy } from './proxy.ts'
import { describe, type Fault } from './schedule.ts'

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../tests/fixtures/${name}`, import.meta.url))

/** The run in which these can be placed. */
const configOf = (placed: readonly string[]): string =>
  fixture(placed.some(isService) ? 'services/tiny-asked.yaml' : 'tiny-plr.yaml')
const isService = (actor: string): boolean => actor.startsWith('service/')
const placeOf = (actor: string): string =>
  isService(actor) ? `services.${actor.split('/')[1]}` : actor.split('/')[0]

const DEADLINE_MS = 240_000

/** Quick to notice, quick to give up, so that losses happen within seconds. */
const SETTINGS = [
  'budget.cycles=15',
  'hub.heartbeatMs=250',
  'hub.missedHeartbeats=3',
  'hub.resumeSeconds=2',
  'hub.attachSeconds=120',
  'supervision.restarts=100000',
]

export interface Trial {
  readonly files: Readonly<Record<string, string>>
  /** Digest of the outcomes of each cycle and slot, as the newest epoch has them; how often each was reported in it. */
  readonly outcomes: ReadonlyMap<string, { readonly digest: string; readonly times: number }>
  /** Questions to a service without state, by how often a reply to each was kept. */
  readonly replies: ReadonlyMap<string, number>
  readonly counts: ReadonlyMap<string, number>
  readonly missed: readonly string[]
  readonly restarts: number
}

/** One run with its actors in processes of their own, and its faults. @throws Error where the run does not finish */
export async function runTrial(
  placed: readonly string[],
  faults: readonly Fault[],
): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-faults-'))
  const out = join(folder, 'run')
  const places = placed.map((actor) => `placement.${placeOf(actor)}=node:${labelOf(actor)}`)
  // Undisturbed is also without losses that only a loaded machine makes: its messages are what faults are placed at.
  const patience = faults.length === 0 ? ['hub.heartbeatMs=5000'] : []
  const set = [...SETTINGS, ...places, ...patience].flatMap((each) => ['--set', each])
  let hub: Hub = startHub(['run', configOf(placed), '--out', out, ...set])
  let killed = false
  let timer: NodeJS.Timeout | undefined
  const clean: (() => Promise<void>)[] = []
  try {
    const file = await hub.listening
    const proxy = await faultProxy(file, join(folder, 'proxy'), faults, {
      kill: (actor) => fleet.kill(actor),
      stop: (actor, ms) => fleet.stop(actor, ms),
      killHub() {
        killed = true
        hub.kill()
      },
    })
    clean.push(proxy.close)
    const fleet = startFleet(proxy.file, placed)
    clean.push(fleet.close)
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the run did not finish in time')), DEADLINE_MS)
    })
    for (;;) {
      const { code, errors } = await Promise.race([hub.ended, late])
      if (code === 0) break
      if (!killed) throw new Error(`the run ended with ${code}: ${errors.slice(-2000)}`)
      killed = false
      hub = startHub(['resume', out])
    }
    return { ...readRun(out), counts: proxy.counts, missed: missedOf(faults, proxy.fired) }
  } finally {
    clearTimeout(timer)
    hub.kill()
    for (const each of clean.reverse()) await each()
    rmSync(folder, { recursive: true })
  }
}

const missedOf = (faults: readonly Fault[], fired: ReadonlySet<Fault>): string[] =>
  faults.filter((fault) => !fired.has(fault)).map(describe)

export type Read = Pick<Trial, 'files' | 'outcomes' | 'replies' | 'restarts'>

function readRun(out: string): Read {
  const { 'config.yaml': _, ...files } = exactFiles(out)
  const journal = journalOf(out) as readonly (JournalLine & {
    slot?: string
    sha256?: string
    service?: string
    key?: string
  })[]
  const outcomes = new Map<string, { digest: string; times: number; epoch: number }>()
  for (const { kind, epoch, cycle, slot = '', sha256 = '' } of journal) {
    if (kind !== 'outcomes.report') continue
    const key = `${cycle} ${slot}`
    const before = outcomes.get(key)
    const times = before !== undefined && before.epoch === epoch ? before.times + 1 : 1
    outcomes.set(key, { digest: sha256, times, epoch })
  }
  const replies = new Map<string, number>()
  for (const { kind, service, key = '' } of journal)
    if (kind === 'reply' && service === 'judge') replies.set(key, (replies.get(key) ?? 0) + 1)
  const restarts = journal.filter(({ kind }) => kind === 'resumed').length
  return { files, outcomes, replies, restarts }
}

/** The run of these actors in one process, undisturbed. */
export async function calmRun(placed: readonly string[]): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-calm-'))
  const out = join(folder, 'run')
  try {
    const set = SETTINGS.flatMap((each) => ['--set', each])
    const { code, errors } = await startHub(['run', configOf(placed), '--out', out, ...set]).ended
    if (code !== 0) throw new Error(`the undisturbed run ended with ${code}: ${errors}`)
    return readRun(out)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
