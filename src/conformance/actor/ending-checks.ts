import { must } from '../../envs/remote/conformance/check.ts'
import { agon } from '../../wire/index.ts'
import { kindName, saying, told } from '../scripted-hub/saying.ts'
import type { ActorCheck } from './part.ts'
import { foreignSnapshot } from './state-checks.ts'

const { Kind } = agon.v1
/** No kind of the contract. */
const UNKNOWN = 99 as agon.v1.Kind
/** How long nobody may come after the end. */
const GONE_MS = 1500

const refusal = (name: string, pick: (foreign: agon.v1.Kind) => agon.v1.Kind): ActorCheck => ({
  name,
  async run(stage) {
    await stage.dismiss()
    const talk = await stage.open()
    const kind = pick(stage.part.foreign)
    await talk.say(saying(kind))
    const { patienceMs } = stage.options
    await talk.bell.wait(() => talk.hearing.waiting > 0 || talk.over, patienceMs)
    const message = talk.hearing.next()
    const said = message === null ? (talk.why ?? 'nothing') : told(message)
    must(said.includes('[wire/kind]'), kindName(kind), 'REFUSED or FAILED with wire/kind', said)
    stage.leave()
  },
})

/** The actor may be gone after each of them: it is then started again, or asked for. */
export const endingChecks: readonly ActorCheck[] = [
  foreignSnapshot,
  refusal('kinds: one that is for another role is refused by name', (foreign) => foreign),
  refusal('kinds: an unknown one is refused by name', () => UNKNOWN),
  {
    name: 'goodbye: DONE is answered, and the actor leaves',
    async run(stage) {
      await stage.dismiss()
      const talk = await stage.open()
      await talk.say(saying(Kind.KIND_CLOSE))
      talk.sayGoodbye(agon.v1.Goodbye.Reason.REASON_DONE)
      const { patienceMs, desk } = stage.options
      await talk.bell.wait(() => talk.over, patienceMs)
      const sent = 'CLOSE, GOODBYE DONE'
      must(talk.goodbye !== null, sent, 'GOODBYE', talk.why ?? 'nothing')
      stage.leave()
      const back = await desk.next(GONE_MS)
      must(back === null, sent, 'nobody who attaches again', 'HELLO')
    },
  },
]
