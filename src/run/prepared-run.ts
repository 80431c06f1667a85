import type { RunHandle } from './contract.ts'

/** A run that would begin now. One of the two is to be called. */
export interface PreparedRun {
  /** @throws AgonError what only the making of files shows; then it is to be closed */
  begin(): Promise<RunHandle>
  /** Gives back what was taken to find out. */
  close(): Promise<void>
}
