import type { MadeFolder } from './make-folder.ts'

/** What `agon init` asks of the rest of Agon. */
export interface InitServices {
  makeFolder(request: { readonly template: string; readonly folder: string }): Promise<MadeFolder>
}

export const initServices = (): InitServices => ({
  makeFolder: async (request) => (await import('./make-folder.ts')).makeFolder(request),
})
