import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  JournalRecord,
  ReplyRecord,
  ReplyStore,
} from '../../actors/roles/experiment-contract.ts'
import { sha256 } from '../../core/bytes.ts'
import type { ErrorRecord } from '../../core/errors.ts'
import type { Cost } from '../../services/contract.ts'
import { replaceFile, syncDirectory } from '../durable-file.ts'
import { decodeReply, encodeReply } from './reply-file.ts'

export interface ReplyFolder {
  /** Of the run. */
  readonly path: string
  /** Before writing a file of the run. */
  check(): void
  journal(record: JournalRecord): void
  /** Told of a reply that is not what it was: it is asked for again. */
  warn(warning: ErrorRecord): void
}

interface Kept {
  readonly service: string
  readonly cycle: number
  readonly question: string
  readonly sha256: string
  readonly cost: Cost
  readonly seconds: number
  readonly retries: number
}

type Past = Pick<ReplyRecord, 'seconds' | 'retries'>

/**
 * Replies of services in `<run>/replies/<sha256>`, each whole and synced before the journal names it, and nothing comes of one before
 * that. The journal says which question each answers, so that a run that goes on reads it instead of asking again.
 */
export function openReplyStore(folder: ReplyFolder): ReplyStore {
  const place = join(folder.path, 'replies')
  const kept = readJournal(join(folder.path, 'journal.jsonl'))
  return {
    find(key, question) {
      const found = kept.get(key)
      if (found === undefined || found.question !== question) return null
      const file = join(place, found.sha256)
      const content = existsSync(file) ? readFileSync(file) : null
      if (content !== null && sha256(content) === found.sha256) return decodeReply(content)
      folder.warn({
        code: 'run/reply',
        message: `the reply to '${key}' is ${content === null ? 'gone' : 'not what was written'}: it is asked for again`,
        place: join('replies', found.sha256),
      })
      return null
    },
    keep(record, answer) {
      folder.check()
      const content = encodeReply(answer)
      const digest = sha256(content)
      if (!existsSync(place)) {
        mkdirSync(place, { recursive: true })
        syncDirectory(folder.path)
      }
      replaceFile(join(place, digest), content)
      const { cost = {} } = answer
      folder.journal({ kind: 'reply', ...record, sha256: digest, cost })
      const { key, ...rest } = record
      kept.set(key, { ...rest, sha256: digest, cost })
      return decodeReply(content)
    },
    costs: (service, cycle) =>
      [...kept.values()].flatMap((one) =>
        one.service === service && one.cycle <= cycle ? [one.cost] : [],
      ),
    // Neither ever goes back, so that the newest says the most. A journal of before has none.
    past(service) {
      const of = [...kept.values()].filter((one) => one.service === service)
      const most = (what: keyof Past): number => Math.max(0, ...of.map((one) => one[what] ?? 0))
      return { seconds: most('seconds'), retries: most('retries') }
    },
  }
}

/** The newest reply under each key. A line that a kill cut short is no record. */
function readJournal(path: string): Map<string, Kept> {
  const kept = new Map<string, Kept>()
  if (!existsSync(path)) return kept
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (!line.startsWith('{"kind":"reply"')) continue
    const record = parsed(line)
    if (record !== null) kept.set(record.key, record)
  }
  return kept
}

function parsed(line: string): (Kept & { readonly key: string }) | null {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
