import { existsSync } from 'node:fs'
import { budgetDone } from '../actors/roles/spending.ts'
import { measuresByName } from '../evaluation/measures.ts'
import type { Budget, ProgressEvent, RunHandle, RunManifest, RunResult } from '../run/contract.ts'
import { policyName } from '../run/cuts/cut-files.ts'
import { fileSha256 } from '../run/file-sha256.ts'
import { readRunFile } from '../run/read-run-file.ts'
import type { RunDirectory } from '../run/run-directory.ts'
import { evaluationSchema } from '../run/run-files.schema.ts'
import { writeReport } from '../views/report/index.ts'

/**
 * What a finished run left, where `budget` asks for no more and every slot's final measurement is of the policy beside
 * it; null where there is something to do.
 */
export async function finishedRun(
  directory: Pick<RunDirectory, 'path' | 'file'>,
  { status, spent }: RunManifest,
  slots: readonly string[],
  budget: Budget,
): Promise<RunResult | null> {
  if (status !== 'finished' || slots.length === 0 || budgetDone(budget, spent) < 1) return null
  const { value } = await readRunFile(directory.path, 'evaluation.json', evaluationSchema)
  const solvedRate: Record<string, number> = {}
  const measures: Record<string, Readonly<Record<string, number>>> = {}
  const policies: Record<string, string> = {}
  for (const slot of slots) {
    const final = value?.slots[slot]?.final
    const path = directory.file(`${policyName(slot, slots.length)}.onnx`)
    // Of a student that measured itself there is no policy to compare.
    if (final === undefined || (fileSha256(path) ?? '') !== final.policySha256) return null
    if (final.solvedRate !== null) solvedRate[slot] = final.solvedRate
    const named = measuresByName(final).measures
    if (named !== undefined) measures[slot] = named
    if (final.policySha256 !== '') policies[slot] = path
  }
  const report = directory.file('report.html')
  if (!existsSync(report)) await writeReport(directory.path)
  return {
    status: 'finished',
    dir: directory.path,
    spent,
    policies,
    report,
    solvedRate,
    ...(Object.keys(measures).length === 0 ? {} : { measures }),
  }
}

/** A run that has ended already, as `launch` and `resume` hand one over; it changes no file. */
export function endedHandle(
  result: RunResult,
  budget: Budget,
  onProgress: (event: ProgressEvent) => void,
): RunHandle {
  const { dir, spent } = result
  onProgress({ kind: 'started', dir, from: spent.cycles, spent, budget })
  onProgress({ kind: 'finished', result })
  return { result: Promise.resolve(result), stop() {} }
}
