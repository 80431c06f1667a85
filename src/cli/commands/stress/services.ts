import type { Clock } from '../../../core/clock.ts'
import type { RemotePolicyRef } from '../../../inference/policy-source.ts'
import type { PreparedStress, StressRequest } from '../../../launch/stress/contract.ts'
import type { ExportForm } from '../../../launch/stress/prompts/export-prompts.ts'
import type { PromptRetest } from '../../../launch/stress/prompts/retest-prompts.ts'
import type { ReplayedAttempt } from '../../../launch/stress/replay-attempt.ts'
import type { RetestRequest } from '../../../launch/stress/retest.ts'
import type { WeaknessesFile } from '../../../play/weaknesses/weaknesses-file.ts'
import type { Comparison } from '../../../run/archive/compare-archives.ts'
import type { ArchiveFile } from '../../../run/archive/contract.ts'
import type { RetestFile } from '../../../run/archive/retest-contract.ts'
import { type RunServices, runServices } from '../run/services.ts'

/** What `agon stress` asks of the rest of Agon. */
export interface StressServices extends RunServices {
  /** @throws AgonError `usage/*`, `policy/*`, `onnx/*`, `stress/*`, `config/invalid` */
  prepareStress(request: StressRequest): Promise<PreparedStress>
  /** Whether there is a run in `dir` that can be gone on with. */
  hasBegun(dir: string): Promise<boolean>
  /** @throws AgonError `stress/no-archive`, `run/damaged` */
  archive(dir: string): Promise<ArchiveFile>
  /** What the policy showed on the best levels; null where games have no classes of weakness. */
  weaknesses(dir: string): Promise<WeaknessesFile | null>
  findRemotePolicy(address: string): Promise<RemotePolicyRef>
  /** @throws AgonError `stress/*`, `policy/*` */
  retest(request: RetestRequest): Promise<RetestFile>
  /** Of a search for prompts. @throws AgonError `stress/*`, `model/*`, `usage/value` */
  retestPrompts(request: Omit<PromptRetest, 'clock'>): Promise<RetestFile>
  /** @throws AgonError `stress/no-prompts` */
  exportPrompts(dir: string, form: ExportForm, top: number): Promise<string>
  /** @throws AgonError `stress/different`, `stress/no-archive`, `stress/no-retest`, `run/damaged` */
  diff(first: string, second: string): Promise<Comparison>
  /** With a page of it; null where the environment draws no states. @throws AgonError `stress/*` */
  replay(
    dir: string,
    id: string,
    workers: number,
  ): Promise<Pick<ReplayedAttempt, 'row' | 'tasks'> & { readonly page: string | null }>
  /** Replaces the file. @throws AgonError `stress/unwritable` */
  write(path: string, text: string): Promise<void>
  /** Removes a file, if it is there. */
  forget(path: string): Promise<void>
}

export const stressServices = (clock: Clock): StressServices => ({
  ...runServices(clock),
  prepareStress: async (request) =>
    (await import('../../../launch/stress/prepare-stress.ts')).prepareStress(request),
  hasBegun: async (dir) => (await import('../../../run/run-directory.ts')).hasBegun(dir),
  archive: async (dir) => (await import('../../../run/archive/read-archive.ts')).readArchive(dir),
  async weaknesses(dir) {
    const { readRunFile } = await import('../../../run/read-run-file.ts')
    const { WEAKNESSES_FILE, weaknessesSchema } = await import(
      '../../../play/weaknesses/weaknesses-file.ts'
    )
    return (await readRunFile(dir, WEAKNESSES_FILE, weaknessesSchema)).value
  },
  findRemotePolicy: async (address) =>
    (await import('../../options/remote-policy.ts')).findRemotePolicy(address, {}),
  retest: async (request) => (await import('../../../launch/stress/retest.ts')).retest(request),
  retestPrompts: async (request) =>
    (await import('../../../launch/stress/prompts/retest-prompts.ts')).retestPrompts({
      ...request,
      clock,
    }),
  exportPrompts: async (dir, form, top) =>
    (await import('../../../launch/stress/prompts/export-prompts.ts')).exportPrompts(
      dir,
      form,
      top,
    ),
  diff: async (first, second) =>
    (await import('../../../run/archive/compare-stress.ts')).compareStress(first, second),
  async replay(dir, id, workers) {
    const { replayAttempt } = await import('../../../launch/stress/replay-attempt.ts')
    const { row, tasks, recording, search } = await replayAttempt(dir, id, 0, workers)
    if (recording === null) return { row, tasks, page: null }
    const { replayPage } = await import('../../../views/archive/replay-page.ts')
    const seating = tasks[0]?.task.seating ?? {}
    const watched = { title: `Attempt ${id}`, policy: search.frozen.policy, seating }
    return { row, tasks, page: replayPage(search.environment, recording, watched) }
  },
  write: async (path, text) =>
    (await import('../../../views/archive/write-beside.ts')).writeBeside(path, text),
  forget: async (path) => (await import('../../../run/durable-file.ts')).removeLeft(path),
})
