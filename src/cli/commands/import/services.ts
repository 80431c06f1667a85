import type { PolicyCard } from '../../../inference/contract.ts'

export interface ImportedScenario {
  /** Their names, in the order of the file. */
  readonly levels: readonly string[]
  /** What the scenario says that is no part of a level. */
  readonly notes: readonly string[]
}

/** What `agon import` asks of the rest of Agon. */
export interface ImportServices {
  /**
   * Writes a released network and the card it lacks to `path`.
   * @param release its family; found by its graph where it is undefined
   */
  importPolicy(file: string, release: string | undefined, path: string): Promise<PolicyCard>
  /**
   * Writes the levels of a scenario file of Google Research Football to `path`.
   * @throws AgonError `level/scenario` with file, line and column, `level/missing`, `level/unwritable`
   */
  importScenario(file: string, path: string): Promise<ImportedScenario>
}

export const importServices = (): ImportServices => ({
  importPolicy: async (file, release, path) =>
    (await import('./import-released.ts')).importReleased(file, release, path),
  importScenario: async (file, path) =>
    (await import('./import-scenario.ts')).importScenario(file, path),
})
