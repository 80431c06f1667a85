import { toErrorRecord } from '../../core/errors.ts'
import { readSafetensors } from '../../core/safetensors.ts'
import { Mismatch, must, show } from '../../envs/remote/conformance/check.ts'
import { agon } from '../../wire/index.ts'
import { NotReached } from '../not-reached.ts'
import type { Conversation } from '../scripted-hub/conversation.ts'
import { type Heard, kindName, type Question, saying, textOf } from '../scripted-hub/saying.ts'
import { withoutTimings } from './answers.ts'
import type { ActorCheck } from './part.ts'
import type { Stage } from './stage.ts'

const { Kind } = agon.v1
const MOST_LEVELS_SHOWN = 24

const takeSnapshot: Question = {
  sayings: [saying(Kind.KIND_SNAPSHOT_TAKE)],
  answers: [Kind.KIND_SNAPSHOT_TAKEN],
}

export const stateChecks: readonly ActorCheck[] = [
  {
    name: 'state: a snapshot has a kind, JSON and tensors that can be read',
    async run(stage) {
      needsSnapshots(stage)
      const talk = await stage.settle()
      if (stage.turns.cycle === 0) await wholeCycle(stage, talk)
      const [{ body }] = await talk.ask(takeSnapshot)
      const { snapshot, gallery } = agon.v1.SnapshotTaken.decode(body)
      const sent = 'SNAPSHOT_TAKE'
      if (snapshot == null) throw new Mismatch(sent, 'a snapshot', 'none')
      must(snapshot.kind !== '', sent, 'a kind', 'an empty one')
      readable(sent, 'JSON in state_json', () => JSON.parse(snapshot.stateJson || 'null'))
      readable(sent, 'the safetensors format in tensors', () => {
        if (snapshot.tensors.length > 0) readSafetensors(snapshot.tensors, 'snapshot')
      })
      must(
        gallery.length <= MOST_LEVELS_SHOWN,
        sent,
        `a gallery of at most ${MOST_LEVELS_SHOWN} levels`,
        gallery.length,
      )
      stage.facts.snapshot = { wire: snapshot, cycle: stage.turns.cycle }
    },
  },
  {
    name: 'goodbye: AGAIN is answered, and the actor attaches anew without a session',
    async run(stage) {
      const talk = await stage.settle()
      await talk.say(saying(Kind.KIND_CLOSE))
      talk.sayGoodbye(agon.v1.Goodbye.Reason.REASON_AGAIN)
      const { patienceMs } = stage.options
      const parted = await talk.bell.wait(() => talk.over, patienceMs)
      const sent = 'CLOSE, GOODBYE AGAIN'
      must(parted, sent, 'GOODBYE', `nothing within ${patienceMs / 1000} s`)
      must(talk.goodbye !== null, sent, 'GOODBYE', talk.why)
      stage.leave()
      await stage.open().catch((error) => {
        if (error instanceof NotReached)
          throw new Mismatch(sent, 'HELLO without a session', error.message)
        throw error
      })
    },
  },
  {
    name: 'state: a snapshot is taken up in another session, and gives the same answers',
    async run(stage) {
      needsSnapshots(stage)
      const { snapshot } = stage.facts
      if (snapshot === null) throw new NotReached('there is no whole snapshot')
      const sent = `RESTORE of the snapshot after cycle ${snapshot.cycle}`
      const answers: (readonly Heard[])[] = []
      const asked: Question[] = []
      for (let session = 0; session < 2; session++) {
        await stage.dismiss()
        const talk = await stage.open({ cycle: snapshot.cycle })
        await talk.ask(restoring(snapshot.wire, sent))
        do {
          const question = stage.turns.next()
          if (session === 0) asked.push(question)
          answers.push(await talk.ask(question))
        } while (!stage.turns.between)
      }
      if (!stage.facts.capabilities.deterministic)
        throw new NotReached('taken up; it does not say that it is deterministic')
      asked.forEach((question, i) => {
        answers[i].forEach((first, k) => {
          const [one, two] = [first, answers[i + asked.length][k]].map(withoutTimings)
          must(
            one === two,
            `${sent}, then ${textOf(question)}`,
            `${kindName(first.kind)} ${show(one)}, as in the session before`,
            show(two),
          )
        })
      })
    },
  },
]

/** Sent at the end, for the actor may be gone after it. */
export const foreignSnapshot: ActorCheck = {
  name: 'state: a foreign snapshot is refused by name',
  async run(stage) {
    needsSnapshots(stage)
    await stage.dismiss()
    const talk = await stage.open()
    const wire = { kind: 'agon-conformance', version: 1, stateJson: '{}' }
    const sent = "RESTORE of a snapshot of kind 'agon-conformance'"
    const [{ body }] = await talk.ask({
      ...restoring(wire, sent),
      answers: [Kind.KIND_FAILED],
    })
    const { code } = agon.v1.Error.decode(body)
    must(code === 'snapshot/foreign', sent, 'FAILED with snapshot/foreign', code)
  },
}

function restoring(wire: agon.v1.Snapshot.$Properties, about: string): Question {
  const message = { ...saying(Kind.KIND_RESTORE, agon.v1.Snapshot, wire), text: about }
  return { sayings: [message], answers: [Kind.KIND_RESTORED] }
}

async function wholeCycle({ turns }: Stage, talk: Conversation): Promise<void> {
  do await talk.ask(turns.next())
  while (!turns.between)
}

function needsSnapshots({ facts }: Stage): void {
  if (!facts.capabilities.snapshots) throw new NotReached('it says that it makes no snapshots')
}

function readable(sent: string, expected: string, read: () => unknown): void {
  try {
    read()
  } catch (error) {
    throw new Mismatch(sent, expected, toErrorRecord(error).message)
  }
}
