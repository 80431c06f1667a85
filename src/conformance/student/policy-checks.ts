import {
  actionFault,
  actionShape,
  allocateActions,
  boundActions,
  describeActions,
} from '../../core/action-space.ts'
import { formatError, toErrorRecord } from '../../core/errors.ts'
import { tensor } from '../../core/tensor.ts'
import { Mismatch, must } from '../../envs/remote/conformance/check.ts'
import { parseCard } from '../../inference/card.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { openPolicy, zeroState } from '../../inference/policy.ts'
import { checkSetting } from '../../inference/policy-fit.ts'
import { agon } from '../../wire/index.ts'
import { checkMeasured, measuring } from '../actor/measuring.ts'
import type { ActorCheck, Setting } from '../actor/part.ts'
import { NotReached } from '../not-reached.ts'
import { saying } from '../scripted-hub/saying.ts'

const { Kind } = agon.v1
const ROWS = 3

export function policyChecks(setting: Setting, slot: string): readonly ActorCheck[] {
  return [
    {
      name: 'policy: an exported one loads in ONNX Runtime, fits its card, and acts',
      async run(stage) {
        if (!stage.facts.capabilities.exportsPolicy)
          throw new NotReached('it says that it exports no policy')
        const talk = await stage.settle()
        const sent = 'POLICY_EXPORT'
        const [{ body }] = await talk.ask({
          sayings: [saying(Kind.KIND_POLICY_EXPORT)],
          answers: [Kind.KIND_POLICY_EXPORTED],
        })
        const exported = agon.v1.PolicyExported.decode(body)
        must(exported.slot === slot, sent, `slot = '${slot}'`, exported.slot)
        if (exported.policy == null) throw new Mismatch(sent, 'a policy', 'none')
        await acts(setting, exported.policy)
      },
    },
    {
      name: 'measuring: a student that exports nothing plays every sealed episode itself',
      async run(stage) {
        if (stage.facts.capabilities.exportsPolicy)
          throw new NotReached('it exports a policy, which is measured elsewhere')
        const talk = await stage.settle()
        const asked = measuring(setting, 'during/agent', null)
        const [{ body, correlation }] = await talk.ask(asked.question)
        checkMeasured(asked, body, correlation, '')
      },
    },
  ]
}

/** @throws Mismatch where the policy cannot be used in the setting */
async function acts({ environment }: Setting, wire: agon.v1.PolicyFile.$Properties): Promise<void> {
  const { spec } = environment
  try {
    const file: PolicyFile = {
      onnx: wire.onnx ?? new Uint8Array(0),
      card: parseCard(wire.cardJson ?? '', 'card_json'),
    }
    checkSetting(file.card, spec)
    const policy = await openPolicy(file)
    try {
      const observations = Object.fromEntries(
        Object.entries(spec.observations).map(([name, { dtype, shape }]) => [
          name,
          tensor(dtype, [ROWS, ...shape]),
        ]),
      )
      const noise = tensor('float32', [ROWS, ...actionShape(spec.actions)])
      for (let i = 0; i < noise.data.length; i++) noise.data[i] = [0.1, 0.5, 0.9][i % ROWS]
      const state = zeroState(file.card, ROWS)
      const { action, logits } = await policy.act({ rows: ROWS, observations, state, noise })
      const bounded = allocateActions(spec.actions, ROWS)
      boundActions(spec.actions, action, bounded)
      for (let row = 0; row < ROWS; row++) {
        const fault = actionFault(spec.actions, bounded, row)
        must(fault === null, 'POLICY_EXPORT', describeActions(spec.actions), fault)
      }
      must(logits.every(Number.isFinite), 'POLICY_EXPORT', 'finite logits', [...logits])
    } finally {
      await policy.release()
    }
  } catch (error) {
    if (error instanceof Mismatch) throw error
    throw new Mismatch(
      'POLICY_EXPORT',
      'an ONNX model and a card that fit each other and the environment',
      formatError(toErrorRecord(error)),
    )
  }
}
