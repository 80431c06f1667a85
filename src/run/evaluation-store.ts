import { existsSync, readFileSync } from 'node:fs'
import type { SlotId } from '../core/ids.ts'
import type { EvaluationReport } from '../evaluation/contract.ts'
import type { EvaluationFile, StoredEvaluation } from './contract.ts'
import { replaceFile } from './durable-file.ts'

/** `evaluation.json`: the untrained and the final measurement of each slot. */
export interface EvaluationStore {
  store(slot: SlotId, when: 'baseline' | 'final', report: EvaluationReport): void
}

export function openEvaluationStore(path: string): EvaluationStore {
  let file: EvaluationFile = { slots: {} }
  if (existsSync(path)) file = JSON.parse(readFileSync(path, 'utf8')) as EvaluationFile
  return {
    store(slot, when, report) {
      const both = { ...file.slots[slot], [when]: storedEvaluation(report) }
      // Baseline first, whichever was measured first.
      const ordered = { baseline: both.baseline, final: both.final }
      file = { slots: { ...file.slots, [slot]: ordered } }
      replaceFile(path, `${JSON.stringify(file)}\n`)
    },
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
