import { AgonError } from '../../../core/errors.ts'
import {
  DM_ENV_RPC,
  type dmEnvRpc,
  type Implementation,
  implement,
  toStatus,
} from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { contractError } from '../../contract-error.ts'
import { answerInTurn } from '../server/answer-in-turn.ts'
import { SlotBudget } from '../server/slot-budget.ts'
import { DmSession, type Worlds } from './session.ts'

type Reply = dmEnvRpc.v1.EnvironmentResponse.$Properties

const MOST_WORLDS = 65_536

/** dm_env_rpc.v1.Environment over one environment: every world is one slot of it. */
export function dmEnvRpcService(
  environment: Environment<unknown>,
  { maxWorlds = MOST_WORLDS }: { readonly maxWorlds?: number } = {},
): Implementation {
  const worlds: Worlds = {
    environment,
    byName: new Map(),
    budget: new SlotBudget(maxWorlds, maxWorlds),
    count: 0,
  }
  return implement(DM_ENV_RPC, {
    process(stream) {
      const session = new DmSession(worlds)
      answerInTurn(
        stream,
        (request) => answered(session, request),
        () => session.close(),
      )
    },
  })
}

/** Errors are answers: they end nothing. */
function answered(session: DmSession, request: dmEnvRpc.v1.EnvironmentRequest): Reply {
  try {
    return session.answer(request)
  } catch (error) {
    const told = contractError(error)
    const { code, details } = toStatus(
      told ?? new AgonError('environment/broken', (error as Error).message),
    )
    return { error: { code, message: details } }
  }
}
