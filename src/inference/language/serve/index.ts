import '../../../core/require-node.ts'

/** Language models served with OpenAI's protocol, for programs that embed a server. */
export type { ContinueRequest, ServedLanguageModel, ServerWorld } from './contract.ts'
export type { LanguageServer, LanguageServerOptions } from './language-server.ts'
export { startLanguageServer } from './language-server.ts'
