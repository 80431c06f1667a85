import { CHUNK_BYTES } from '../../actors/transport/grpc/session.ts'
import { Mismatch, must } from '../../envs/remote/conformance/check.ts'
import { textOf } from '../scripted-hub/saying.ts'
import type { ActorCheck } from './part.ts'

const QUIET_MS = 700
const LONG_BYTES = CHUNK_BYTES + 1024 * 1024
/** The narrowest window: whoever has sent anything waits. */
const NARROW = 1

export const volumeChecks: readonly ActorCheck[] = [
  {
    name: 'credit: without it nothing more is sent, and with it all',
    async run(stage) {
      await stage.dismiss()
      const talk = await stage.open({ credit: NARROW, granting: false })
      // Some first words have no bytes, and take no credit.
      while (talk.hearing.bytes < NARROW) {
        await talk.ask(stage.turns.next())
      }
      const question = stage.turns.next()
      for (const saying of question.sayings) await talk.say(saying)
      const sent = `WELCOME with credit = ${NARROW}; no CREDIT after ${talk.hearing.bytes} bytes; ${textOf(question)}`
      await talk.quiet(QUIET_MS, sent, 'nothing before CREDIT')
      talk.grant(1024 * 1024)
      await talk.answers(question)
    },
  },
  {
    name: 'credit: more is granted as messages are taken in',
    async run(stage) {
      await stage.dismiss()
      const talk = await stage.open({ credit: NARROW })
      const question = stage.turns.next()
      await talk.ask(question)
      const granted = await talk.bell.wait(
        () => talk.allowed > talk.spent,
        stage.options.patienceMs,
      )
      const sent = `${textOf(question)}, ${talk.spent} bytes in a window of ${NARROW}`
      must(granted, sent, `CREDIT of more than ${talk.spent}`, `CREDIT of ${talk.allowed}`)
      await stage.settle()
      await stage.dismiss()
    },
  },
  {
    name: 'chunks: a message above 4 MiB is put together, also after a stream that broke in its middle',
    async run(stage) {
      const talk = await stage.settle()
      let question = stage.turns.next(LONG_BYTES)
      while (question.padded !== true) {
        await talk.ask(question)
        question = stage.turns.next(LONG_BYTES)
      }
      const long = question.sayings.findIndex(({ body }) => body.length > CHUNK_BYTES)
      for (const saying of question.sayings.slice(0, long)) await talk.say(saying)
      const before = talk.sent
      talk.sayBegun(question.sayings[long])
      talk.breakOff()
      const { text, body } = question.sayings[long]
      const sent = `the first chunk of ${body.length} bytes of ${text}, then the end of the stream`
      const { arrival, received } = await stage.comesBack(talk, sent)
      talk.welcome(arrival.stream, received)
      if (received !== before)
        throw new Mismatch(sent, `HELLO with received = ${before}`, `received = ${received}`)
      for (const saying of question.sayings.slice(long + 1)) await talk.say(saying)
      await talk.answers(question)
    },
  },
]
