import type { PresentedComparison } from '../../../views/compare/index.ts'

/** What `agon compare` asks of the rest of Agon. */
export interface CompareServices {
  compare(dirs: readonly string[]): Promise<PresentedComparison>
  /** @throws AgonError `compare/unwritable` */
  write(path: string, text: string): Promise<void>
}

export const compareServices = (): CompareServices => ({
  compare: async (dirs) =>
    (await import('../../../views/compare/index.ts')).presentComparison(dirs),
  write: async (path, text) =>
    (await import('../../../views/compare/index.ts')).writeComparison(path, text),
})
