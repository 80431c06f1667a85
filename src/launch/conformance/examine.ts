import { examineEnvironment, examinePolicy, type Finding } from '../../conformance/index.ts'
import { type DialHints, dial, resolveTarget } from '../../wire/index.ts'
import { type AttachedRequest, examineAttached } from './examine-attached.ts'
import type { ExaminedRole } from './examined-roles.ts'

/** What is examined, and how. */
export interface ExamineRequest extends Omit<AttachedRequest, 'role'> {
  readonly role: ExaminedRole
  /** Of a policy server: the model. */
  readonly model: string
  readonly dialling: DialHints
}

/** The findings of one third party, one after the other. */
export async function* examine(request: ExamineRequest): AsyncGenerator<Finding, void, void> {
  const { role, address, model, env, patienceMs, dialling } = request
  if (role !== 'environment' && role !== 'policy') {
    yield* examineAttached({ ...request, role })
    return
  }
  const connection = dial(resolveTarget(address, dialling))
  try {
    if (role === 'policy') yield* examinePolicy(connection, model)
    else
      yield* examineEnvironment(connection, {
        limitMs: patienceMs,
        ...(env === undefined ? {} : { environment: env }),
      })
  } finally {
    connection.close()
  }
}
