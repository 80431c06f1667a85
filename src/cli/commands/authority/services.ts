import type { Clock } from '../../../core/clock.ts'

/** What `agon authority` asks of the rest of Agon. */
export interface AuthorityServices {
  /** @returns the files made */
  makeAuthority(request: {
    readonly folder: string
    readonly hosts: readonly string[]
    readonly days: number
  }): Promise<readonly string[]>
}

export const authorityServices = (clock: Clock): AuthorityServices => ({
  makeAuthority: async (request) =>
    (await import('../../../launch/slurm/authority-files.ts')).writeAuthority({
      ...request,
      now: clock.wall(),
    }),
})
