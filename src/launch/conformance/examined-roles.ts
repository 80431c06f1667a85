import { ROLE_NAMES } from '../../actors/roles/table/placing.ts'

/** What a third party can be. */
export const ROLES = [...ROLE_NAMES, 'environment', 'policy'] as const
export type ExaminedRole = (typeof ROLES)[number]
