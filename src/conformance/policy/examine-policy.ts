import type { Connection } from '../../wire/index.ts'
import type { Finding } from '../contract.ts'
import { findingOf } from '../finding-of.ts'
import { plainFinding } from '../plain-finding.ts'
import { policyServerChecks } from './checks.ts'
import { describeModel, type Model } from './model.ts'

/** Whether what listens at `connection` serves the model with the Open Inference Protocol (KServe v2), and serves it right. */
export async function* examinePolicy(
  connection: Connection,
  name: string,
): AsyncGenerator<Finding, void, void> {
  let model: Model = { connection, name, inputs: [], outputs: [], card: null }
  for (const check of policyServerChecks) {
    if (check.name.startsWith('infer: ') && model.inputs.length === 0) {
      // What can be asked stands in the metadata.
      const described = await describeModel(connection, name).catch(() => null)
      if (described === null) {
        yield plainFinding(check.name, 'skipped', 'the metadata does not say what to ask')
        continue
      }
      model = described
    }
    if (check.name.includes('of the card') && model.card === null) {
      yield plainFinding(check.name, 'skipped', 'the server gives no card of Agon')
      continue
    }
    try {
      await check.run(model)
      yield plainFinding(check.name, 'ok')
    } catch (error) {
      yield findingOf(check.name, error)
    }
  }
}
