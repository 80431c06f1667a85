import { environmentConformance } from '../envs/remote/conformance/index.ts'
import type { Connection } from '../wire/index.ts'
import type { Finding } from './contract.ts'

/** Whether what listens at `connection` serves an environment; its checks stand beside the service itself. */
export async function* examineEnvironment(
  connection: Connection,
  options: { readonly environment?: string; readonly limitMs: number },
): AsyncGenerator<Finding, void, void> {
  for await (const { ok, ...result } of environmentConformance(connection, options))
    yield { ...result, verdict: ok ? 'ok' : 'failed', reason: '' }
}
