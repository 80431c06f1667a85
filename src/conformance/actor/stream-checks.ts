import { must } from '../../envs/remote/conformance/check.ts'
import { kindName, textOf } from '../scripted-hub/saying.ts'
import type { ActorCheck } from './part.ts'

/** How long nothing has to come where nothing may come. */
const QUIET_MS = 500

export const streamChecks: readonly ActorCheck[] = [
  {
    name: 'session: a broken stream is taken up again, with what was received',
    async run(stage) {
      const talk = await stage.settle()
      const question = stage.turns.next()
      await talk.ask(question)
      talk.breakOff()
      const sent = `${textOf(question)}, then the end of the stream`
      const { arrival, received } = await stage.comesBack(talk, sent)
      talk.welcome(arrival.stream, received)
      must(received === talk.sent, sent, `HELLO with received = ${talk.sent}`, received)
      await talk.ask(stage.turns.next())
    },
  },
  {
    name: 'session: what the hub lacks is sent again, with the same number and bytes',
    async run(stage) {
      const talk = await stage.settle()
      // Two questions: the second one's answer is the long one.
      for (let turn = 0; turn < 2; turn++) {
        const question = stage.turns.next()
        const [kind] = question.answers
        talk.hearing.hold()
        for (const saying of question.sayings) await talk.say(saying)
        const first = await talk.hear(kind, textOf(question))
        talk.breakOff()
        talk.hearing.forget(first.sequence - 1)
        const sent = `${textOf(question)}; the end of the stream; WELCOME with received = ${first.sequence - 1}`
        const { arrival, received } = await stage.comesBack(talk, sent)
        talk.welcome(arrival.stream, received)
        const [again] = await talk.answers(question)
        must(
          again.sequence === first.sequence,
          sent,
          `${kindName(kind)} with sequence = ${first.sequence}`,
          again.sequence,
        )
        const same = Buffer.compare(again.body, first.body) === 0
        must(same, sent, `${kindName(kind)} with the same bytes as before`, 'other bytes')
      }
    },
  },
  {
    name: 'session: a message that comes twice counts once',
    async run(stage) {
      const talk = await stage.settle()
      const question = stage.turns.next()
      await talk.ask(question)
      for (let i = question.sayings.length; i > 0; i--) talk.again(talk.sent - i + 1)
      await talk.quiet(QUIET_MS, `${textOf(question)}, twice with the same number`, 'one answer')
      await talk.ask(stage.turns.next())
    },
  },
  {
    name: 'session: a gap ends the stream, and what is missing is asked for on the next',
    async run(stage) {
      const talk = await stage.settle()
      const question = stage.turns.next()
      const [{ kind, correlation, body, text }] = question.sayings
      const { epoch } = talk.options
      const before = talk.sent
      const sent = `${text} with sequence = ${before + 2} after ${before}`
      talk.write({ sequence: before + 2, epoch, kind, correlation, body })
      const ended = await talk.bell.wait(() => talk.over, stage.options.patienceMs)
      must(ended, sent, 'the end of the stream', 'the stream, still open')
      const { arrival, received } = await stage.comesBack(talk, sent)
      talk.welcome(arrival.stream, received)
      must(received === before, sent, `HELLO with received = ${before}`, received)
      await talk.ask(question)
    },
  },
  {
    name: 'epoch: a message of an older epoch changes nothing',
    async run(stage) {
      const talk = await stage.settle()
      const question = stage.turns.next()
      const { epoch } = talk.options
      for (const saying of question.sayings) await talk.say(saying, epoch - 1)
      const sent = `${textOf(question)} with epoch = ${epoch - 1} in epoch ${epoch}`
      await talk.quiet(QUIET_MS, sent, 'no answer')
      await talk.ask(question)
    },
  },
]
