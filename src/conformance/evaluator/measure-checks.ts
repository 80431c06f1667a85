import { sha256 } from '../../core/bytes.ts'
import { must, show } from '../../envs/remote/conformance/check.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { agon } from '../../wire/index.ts'
import { checkMeasured, measuring } from '../actor/measuring.ts'
import type { ActorCheck, Setting } from '../actor/part.ts'
import { NotReached } from '../not-reached.ts'

export function evaluatorChecks(setting: Setting, policy: PolicyFile): readonly ActorCheck[] {
  const digest = sha256(policy.onnx)
  return [
    {
      name: 'measuring: every sealed episode has a result within its bounds, under the key that was asked',
      async run(stage) {
        const talk = await stage.talk()
        const asked = measuring(setting, 'baseline/agent', policy)
        const [{ body, correlation }] = await talk.ask(asked.question)
        checkMeasured(asked, body, correlation, digest)
      },
    },
    {
      name: 'measuring: two questions that come at once get an answer each, in order',
      async run(stage) {
        const talk = await stage.talk()
        const both = ['during/one', 'during/two'].map((key) => measuring(setting, key, policy))
        const answers = await talk.ask({
          sayings: both.flatMap(({ question }) => question.sayings),
          answers: both.flatMap(({ question }) => question.answers),
        })
        both.forEach((asked, i) => {
          checkMeasured(asked, answers[i].body, answers[i].correlation, digest)
        })
      },
    },
    {
      name: 'measuring: the same question gets the same results',
      async run(stage) {
        if (!stage.facts.capabilities.deterministic)
          throw new NotReached('it does not say that it is deterministic')
        const talk = await stage.talk()
        const results: string[] = []
        const asked = measuring(setting, 'final/agent', policy)
        for (let i = 0; i < 2; i++) {
          const [{ body }] = await talk.ask(asked.question)
          results.push(JSON.stringify(agon.v1.Measured.decode(body).results))
        }
        const [first, second] = results
        must(first === second, `${asked.sent}, twice`, show(first), show(second))
      },
    },
  ]
}
