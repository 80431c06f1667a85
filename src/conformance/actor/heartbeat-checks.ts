import { must } from '../../envs/remote/conformance/check.ts'
import type { Conversation } from '../scripted-hub/conversation.ts'
import type { ActorCheck } from './part.ts'
import type { Stage } from './stage.ts'

/** Of the session in which the hub falls silent. */
const FEW_MISSED = 5
/** How often the stream may be left again after the silence: a starved examiner can be late with its beats. */
const MOST_LEFT = 5

export const heartbeatChecks: readonly ActorCheck[] = [
  {
    name: 'heartbeats: come at the interval of the welcome',
    async run(stage) {
      const talk = await stage.settle()
      const { heartbeatMs, missedHeartbeats } = stage.options
      const sent = `WELCOME with heartbeat_ms = ${heartbeatMs}, missed_heartbeats = ${missedHeartbeats}`
      const limit = missedHeartbeats * heartbeatMs
      const before = talk.beats
      await talk.bell.wait(() => talk.beats >= before + 2 || talk.over, limit)
      const beats = talk.beats - before
      must(beats >= 2, sent, 'HEARTBEAT', `${beats} of them in ${limit / 1000} s of rest`)
    },
  },
  {
    name: 'heartbeats: the stream of a silent hub is left, and the session taken up on another',
    async run(stage) {
      await stage.dismiss()
      await stage.open({ missedHeartbeats: FEW_MISSED })
      const talk = await stage.settle()
      const { heartbeatMs, attachMs } = stage.options
      const sent = `no HEARTBEAT; missed_heartbeats = ${FEW_MISSED} of ${heartbeatMs} ms`
      talk.stopBeating()
      const gone = await talk.bell.wait(() => talk.over, attachMs)
      must(gone, sent, 'the end of the stream', `the stream, open after ${attachMs / 1000} s`)
      await takenUp(stage, talk, sent)
      await stage.dismiss()
    },
  },
]

/** The session goes on: what is asked is answered, on the next stream or on one of the next. */
async function takenUp(stage: Stage, talk: Conversation, sent: string): Promise<void> {
  const question = stage.turns.next()
  for (let left = 0; left < MOST_LEFT && talk.lost; left++) {
    const { arrival, received } = await stage.comesBack(talk, sent)
    talk.welcome(arrival.stream, received)
    if (left === 0) for (const saying of question.sayings) await talk.say(saying)
    const answered = (): boolean => talk.hearing.waiting >= question.answers.length
    await talk.bell.wait(() => answered() || talk.over, stage.options.patienceMs)
  }
  await talk.answers(question)
}
