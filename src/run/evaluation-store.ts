import { existsSync, readFileSync } from 'node:fs'
import { AgonError } from '../core/errors.ts'
import type { SlotId } from '../core/ids.ts'
import type { EvaluationReport } from '../evaluation/contract.ts'
import type { EvaluationFile, StoredEvaluation } from './contract.ts'
import { replaceFile } from './durable-file.ts'
import { evaluationSchema } from './run-files.schema.ts'

/** `evaluation.json`: the untrained and the final measurement of each slot. */
export interface EvaluationStore {
  store(slot: SlotId, when: 'baseline' | 'final', report: EvaluationReport): void
  /**
   * Forgets final measurements that are not of the policy at hand: of an older student, as the run goes on.
   * @param isOf whether a policy of that digest (empty where the student measured itself) is the slot's
   */
  keepFinal(isOf: (slot: SlotId, policySha256: string) => boolean): void
}

/** @throws AgonError `run/damaged` */
export function openEvaluationStore(path: string): EvaluationStore {
  let file: EvaluationFile = existsSync(path) ? readEvaluations(path) : { slots: {} }
  const replace = (next: EvaluationFile): void => {
    // In the order of the schema, whoever measured: a resumed run reads what it wrote, and writes the same bytes.
    file = evaluationSchema.parse(next)
    replaceFile(path, `${JSON.stringify(file)}\n`)
  }
  return {
    store(slot, when, report) {
      const both = { ...file.slots[slot], [when]: storedEvaluation(report) }
      // Baseline first, whichever was measured first.
      const ordered = { baseline: both.baseline, final: both.final }
      replace({ slots: { ...file.slots, [slot]: ordered } })
    },
    keepFinal(isOf) {
      const slots = Object.entries(file.slots)
      const older = slots.filter(
        ([slot, { final }]) => final !== undefined && !isOf(slot as SlotId, final.policySha256),
      )
      if (older.length === 0) return
      const dropped = older.map(([slot, { baseline }]) => [slot, { baseline }] as const)
      replace({ slots: { ...file.slots, ...Object.fromEntries(dropped) } })
    },
  }
}

/**
 * Looks at the file where there is one, before a run that goes on changes anything.
 * @throws AgonError `run/damaged`
 */
export function checkEvaluations(path: string): void {
  if (existsSync(path)) readEvaluations(path)
}

function readEvaluations(path: string): EvaluationFile {
  try {
    return evaluationSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new AgonError('run/damaged', 'evaluation.json is damaged', {
      place: path,
      remedy: 'delete the file: it is measured anew at the end',
      cause,
    })
  }
}

export function storedEvaluation(report: EvaluationReport): StoredEvaluation {
  return {
    ...report,
    recordings: report.recordings.map((recording) => ({
      ...recording,
      level: Buffer.from(recording.level).toString('base64'),
    })),
  }
}
