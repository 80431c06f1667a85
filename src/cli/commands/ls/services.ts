import type { RunListing } from '../../../views/listing/run-listing.ts'

/** What `agon ls` asks of the rest of Agon. */
export interface LsServices {
  listRuns(root: string): Promise<readonly RunListing[]>
}

export const lsServices = (): LsServices => ({
  listRuns: async (root) => (await import('../../../views/listing/run-listing.ts')).listRuns(root),
})
