import { Mismatch, must, show } from '../../envs/remote/conformance/check.ts'
import { agon } from '../../wire/index.ts'
import type { ActorCheck } from '../actor/part.ts'
import type { Stage } from '../actor/stage.ts'
import { NotReached } from '../not-reached.ts'
import type { Conversation } from '../scripted-hub/conversation.ts'
import { type Heard, kindName, told } from '../scripted-hub/saying.ts'
import { type AnswerKind, asking, askSaying, checkReply, contentOf } from './asking.ts'

const { Kind } = agon.v1
const QUIET_MS = 500
/** No JSON value. */
const JUNK = '{"level": '

/** @param payload what it is asked, as JSON */
export const serviceChecks = (payload: string, kind: AnswerKind): readonly ActorCheck[] => [
  {
    name: 'asking: a question is answered, or its failure said, under its key',
    async run(stage) {
      const talk = await stage.talk()
      const ask = askSaying('1/adversary/one', payload)
      await talk.say(ask)
      const heard = await reply(stage, talk, ask.text)
      const key = checkReply(heard, ask.text)
      must(key === ask.correlation, ask.text, `key = '${ask.correlation}'`, key)
      kind.now = heard.kind
    },
  },
  {
    name: 'asking: the payload that it was given is answered',
    async run() {
      if (kind.now !== Kind.KIND_SERVICE_ANSWER)
        throw new NotReached(`it answers nothing to ${payload}: give --payload that it understands`)
    },
  },
  {
    name: 'asking: questions that come at once are answered once each, by key, and nothing else',
    async run(stage) {
      const talk = await stage.talk()
      const asks = ['x', 'y', 'z'].map((key) => askSaying(`1/adversary/${key}`, payload))
      for (const ask of asks) await talk.say(ask)
      const sent = `${asks.length} questions at once`
      const open = new Set(asks.map(({ correlation }) => correlation))
      while (open.size > 0) {
        const key = checkReply(await reply(stage, talk, sent), sent)
        const wanted = `an answer to ${[...open].join(', ')}`
        if (!open.delete(key)) throw new Mismatch(sent, wanted, `one to '${key}'`)
      }
      await talk.quiet(QUIET_MS, sent, `${asks.length} answers`)
    },
  },
  {
    name: 'asking: the same question under the same key gets the same answer',
    async run(stage) {
      if (!stage.facts.capabilities.deterministic)
        throw new NotReached('it does not say that it is deterministic')
      if (stage.facts.capabilities.snapshots)
        throw new NotReached('it makes snapshots: its answers may depend on earlier questions')
      const talk = await stage.talk()
      const question = asking('1/adversary/again', payload, kind.now)
      const [first] = await talk.ask(question)
      const [second] = await talk.ask(question)
      const [one, two] = [first, second].map(contentOf)
      must(one === two, `${question.sayings[0].text}, twice`, show(one), show(two))
    },
  },
  {
    name: 'asking: a payload that is no JSON is refused, and not in silence',
    async run(stage) {
      const talk = await stage.talk()
      const ask = askSaying('1/adversary/junk', JUNK)
      const sent = `${ask.text} with the payload ${JUNK}`
      await talk.say(ask)
      await talk.bell.wait(() => talk.hearing.waiting > 0 || talk.over, stage.options.patienceMs)
      const heard = talk.hearing.next()
      // Said of the question, or of the whole stream: who asks hears of it either way.
      const wanted = 'SERVICE_FAILED, FAILED or REFUSED'
      if (heard === null) {
        const silent = talk.why ?? `nothing within ${stage.options.patienceMs / 1000} s`
        must(talk.refusal !== null, sent, wanted, silent)
      } else if (heard.kind === Kind.KIND_SERVICE_FAILED) {
        const key = checkReply(heard, sent)
        must(key === ask.correlation, sent, `key = '${ask.correlation}'`, key)
      } else must(heard.kind === Kind.KIND_FAILED, sent, wanted, kindName(heard.kind))
      await stage.dismiss()
    },
  },
]

/** The next role message, of whatever kind. */
async function reply(stage: Stage, talk: Conversation, sent: string): Promise<Heard> {
  const { patienceMs } = stage.options
  await talk.bell.wait(() => talk.hearing.waiting > 0 || talk.over, patienceMs)
  const heard = talk.hearing.next()
  const wanted = 'SERVICE_ANSWER or SERVICE_FAILED'
  if (heard === null)
    throw new Mismatch(sent, wanted, talk.why ?? `nothing within ${patienceMs / 1000} s`)
  if (heard.kind === Kind.KIND_FAILED) throw new Mismatch(sent, wanted, told(heard))
  return heard
}
