import { AgonError } from '../core/errors.ts'
import type { Snapshot } from '../core/snapshot.ts'
import { tensor } from '../core/tensor.ts'
import type { Candidate } from './curator/candidates.ts'
import { checkKind } from './curator/curator-snapshot.ts'

/** What an adversary without an archive remembers: the last batch, to be shown. */
export interface RecentRecord {
  nextSerial: number
  /** Between `propose` and `observe`, by group name. */
  pending: Readonly<Record<string, readonly Candidate[]>>
  recent: readonly RecentLevel[]
}

export interface RecentLevel {
  readonly serial: number
  readonly level: Uint8Array
  /** What it is shown with: a return, a regret. */
  readonly score: number
}

const VERSION = 1

export function snapshotRecent(kind: string, { nextSerial, recent }: RecentRecord): Snapshot {
  const levels: Record<string, ReturnType<typeof tensor>> = {}
  recent.forEach(({ level }, i) => {
    levels[`level/${i}`] = tensor('uint8', [level.length], level.slice())
  })
  const serials = recent.map(({ serial }) => serial)
  const scores = recent.map(({ score }) => score)
  return {
    kind,
    version: VERSION,
    state: { nextSerial, serials },
    tensors: { ...levels, scores: tensor('float64', [scores.length], Float64Array.from(scores)) },
  }
}

/** @throws AgonError `snapshot/foreign` or `snapshot/corrupt` */
export function restoreRecent(kind: string, snapshot: Snapshot): RecentRecord {
  checkKind(snapshot, kind, VERSION)
  const { state, tensors } = snapshot
  const found = state as { nextSerial?: number; serials?: number[] } | null
  const scores = tensors.scores?.data
  const { nextSerial, serials } = found ?? {}
  if (
    !Number.isSafeInteger(nextSerial) ||
    !Array.isArray(serials) ||
    scores?.length !== serials.length
  )
    throw damaged('its state is not whole')
  const recent = serials.map((serial, i) => {
    const level = tensors[`level/${i}`]
    if (level?.dtype !== 'uint8') throw damaged(`level ${i} is missing`)
    return { serial, level: Uint8Array.from(level.data as Uint8Array), score: Number(scores[i]) }
  })
  return { nextSerial: nextSerial as number, pending: {}, recent }
}

function damaged(message: string): AgonError {
  return new AgonError('snapshot/corrupt', `the adversary's snapshot is damaged: ${message}`, {
    remedy: 'go back to the cut before it',
  })
}
