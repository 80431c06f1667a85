export { importPolicy } from './releases/import-policy.ts'
export type { Release } from './releases/releases.ts'
export { RELEASES } from './releases/releases.ts'
