/** What a third party can be. */
export const ROLES = [
  'student',
  'adversary',
  'evaluator',
  'service',
  'environment',
  'policy',
] as const
export type ExaminedRole = (typeof ROLES)[number]
