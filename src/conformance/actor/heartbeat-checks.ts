import { must } from '../../envs/remote/conformance/check.ts'
import type { ActorCheck } from './part.ts'

/** Idle time in which heartbeats are counted, in intervals beyond those that may be missed. */
const SPARE = 2

export const heartbeatChecks: readonly ActorCheck[] = [
  {
    name: 'heartbeats: come at the interval of the welcome',
    async run(stage) {
      const talk = await stage.settle()
      const { heartbeatMs, missedHeartbeats } = stage.options
      const sent = `WELCOME with heartbeat_ms = ${heartbeatMs}, missed_heartbeats = ${missedHeartbeats}`
      const limit = (missedHeartbeats + SPARE) * heartbeatMs
      const before = talk.beats
      await talk.bell.wait(() => talk.beats >= before + 2 || talk.over, limit)
      const beats = talk.beats - before
      must(beats >= 2, sent, 'HEARTBEAT', `${beats} of them in ${limit / 1000} s of rest`)
    },
  },
  {
    name: 'heartbeats: the stream of a silent hub is left, and the session taken up on another',
    async run(stage) {
      const talk = await stage.settle()
      const { heartbeatMs, missedHeartbeats, attachMs } = stage.options
      const sent = `no HEARTBEAT; missed_heartbeats = ${missedHeartbeats} of ${heartbeatMs} ms`
      talk.stopBeating()
      const gone = await talk.bell.wait(() => talk.over, attachMs)
      must(gone, sent, 'the end of the stream', `the stream, open after ${attachMs / 1000} s`)
      const { arrival, received } = await stage.comesBack(talk, sent)
      talk.welcome(arrival.stream, received)
      await talk.ask(stage.turns.next())
    },
  },
]
