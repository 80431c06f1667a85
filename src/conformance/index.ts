/** Whether a third party speaks the protocol: `examineActor` for those who dial in, `examinePolicy` for servers of policies. */
export { examineActor } from './actor/examine.ts'
export type { Setting } from './actor/part.ts'
export { partOf } from './actor/parts.ts'
export type { Finding } from './contract.ts'
export { examineEnvironment } from './examine-environment.ts'
export { examinePolicy } from './policy/examine-policy.ts'
export { openDesk } from './scripted-hub/desk.ts'
export { createFrameLedger } from './scripted-hub/frame-law.ts'
