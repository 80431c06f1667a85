import { type agon, ENVIRONMENTS } from '../../../wire/index.ts'
import { type Check, must, mustEqual, mustRefuse } from './check.ts'
import { startsAlike } from './step-checks.ts'
import {
  drawnActions,
  idleActions,
  joined,
  type Play,
  type PlayOptions,
  rowsOf,
  type Subject,
} from './subject.ts'

/** Longer episodes are not played to their end. */
const LONGEST = 20_000

export const episodeChecks: readonly Check[] = [
  {
    name: 'episodes: end within their step limit',
    async run(subject) {
      await playToEnd(subject, {})
    },
  },
  {
    name: 'episodes: NONE leaves an ended slot ended, without reward',
    async run(subject) {
      const end = await playToEnd(subject, {})
      if (end === null) return
      const { play, reply } = end
      for (let t = 0; t < 3; t++) {
        const { spec } = await subject.description()
        const after = await play.act(idleActions(spec.actions, play.rows))
        const sent = 'act after the end, without auto-reset'
        mustEqual(
          sent,
          [reply.terminated, reply.truncated],
          [after.terminated, after.truncated],
          'flags that stay',
        )
        mustEqual(
          sent,
          new Uint8Array(4 * play.rows),
          Uint8Array.from(after.rewards),
          'rewards of 0',
        )
      }
    },
  },
  {
    name: 'episodes: SAME_LEVEL begins the same level anew',
    async run(subject) {
      const end = await playToEnd(subject, { autoReset: 'same-level' })
      if (end === null) return
      const { play, reply, level } = end
      if (await startsAlike(subject, level)) sameStart('SAME_LEVEL', play.first, reply, play)
      await playsOn(subject, play, 'SAME_LEVEL')
    },
  },
  {
    name: 'episodes: NEXT_LEVEL begins the level supplied, then one of its own',
    async run(subject) {
      const [, next] = await subject.levels(2, 5)
      const options = { autoReset: 'next-level', nextLevels: [next] } as const
      const end = await playToEnd(subject, options)
      if (end === null) return
      const { play, reply } = end
      mustEqual('act at the end under NEXT_LEVEL', [0], reply.began, 'began')
      must(
        reply.maxSteps.length === 1 && reply.maxSteps[0] > 0,
        'act at the end under NEXT_LEVEL',
        'its step limit',
        reply.maxSteps,
      )
      const fresh = await subject.play([next])
      if (await startsAlike(subject, next)) sameStart('NEXT_LEVEL', fresh.first, reply, play)
      await playsOn(subject, play, 'NEXT_LEVEL')
    },
  },
  {
    name: 'episodes: a saved slot goes on bit for bit, in another slot of another stream',
    async run(subject) {
      const { spec } = await subject.description()
      const [a, b] = await subject.levels(2)
      const [here, there] = [await subject.play([a, b]), await subject.play([b, b])]
      const { agents } = spec
      for (const actions of drawnActions(spec.actions, 7, here.rows, 'before'))
        await here.act(actions)
      const state = await here.save(0)
      mustEqual('save twice', state, await here.save(0))
      const loaded = await there.caller.ask({ load: { slot: 1, state } })
      mustEqual(
        'load',
        [1, 1],
        [loaded.observations[0].tensor?.shape[0] === agents ? 1 : 0, loaded.maxSteps.length],
        'the rows and the limit of one slot',
      )
      const first = Array.from({ length: agents }, (_, agent) => agent)
      const second = first.map((agent) => agent + agents)
      const idle = idleActions(spec.actions, agents)
      for (const [t, actions] of drawnActions(spec.actions, 30, agents, 'after').entries()) {
        const x = rowsOf(await here.act(joined(spec.actions, actions, idle)), here.rows, first)
        const y = rowsOf(await there.act(joined(spec.actions, idle, actions)), there.rows, second)
        mustEqual(`act ${t} after load`, x, y)
      }
    },
  },
  {
    name: 'episodes: saved states have pictures where they are announced',
    async run(subject) {
      const { connection, environment } = subject
      const play = await subject.play(await subject.levels(1))
      const call = connection.unary(ENVIRONMENTS.methods.drawStates, {
        environment,
        states: [await play.save(0)],
      })
      if (!(await subject.description()).drawsStates) {
        await mustRefuse('DrawStates', ['environment/unsupported', 'wire/unsupported'], call)
        return
      }
      const { pictures } = await call
      must(
        pictures.length === 1 && pictures[0].startsWith('<svg'),
        'DrawStates of one state',
        'one <svg>',
        pictures,
      )
    },
  },
]

interface End {
  readonly play: Play
  readonly level: Uint8Array
  /** The reply in which every row of the slot ended. */
  readonly reply: agon.v1.StepReply
}

/** One slot to the end of its episode; null where that is too far. */
async function playToEnd(subject: Subject, options: PlayOptions): Promise<End | null> {
  const { spec } = await subject.description()
  const [level] = await subject.levels(1, 5)
  const play = await subject.play([level], options)
  const [limit] = play.first.maxSteps
  if (limit > LONGEST) return null
  for (const actions of drawnActions(spec.actions, limit, play.rows, 'end')) {
    const reply = await play.act(actions)
    if (ended(reply)) return { play, level, reply }
  }
  must(false, `${limit} acts, the step limit of the level`, 'an end', 'none')
  return null
}

const ended = ({ terminated, truncated }: agon.v1.StepReply): boolean =>
  terminated.some((flag, row) => flag + truncated[row] > 0)

function sameStart(
  mode: string,
  first: agon.v1.StepReply,
  reply: agon.v1.StepReply,
  { rows }: Play,
): void {
  const all = Array.from({ length: rows }, (_, row) => row)
  mustEqual(
    `act at the end under ${mode}`,
    rowsOf(first, rows, all).observations,
    rowsOf(reply, rows, all).observations,
    'the first observation of the next episode',
  )
}

async function playsOn(subject: Subject, play: Play, mode: string): Promise<void> {
  const { spec } = await subject.description()
  const idle = idleActions(spec.actions, play.rows)
  const reply = await play.act(idle)
  const limits = play.first.maxSteps
  // An episode of one step ends again at once.
  if (limits[0] > 1 && ended(reply)) {
    const again = await play.act(idle)
    must(
      !ended(again),
      `acts after the end under ${mode}`,
      'an episode that goes on',
      'ended flags',
    )
  }
}
