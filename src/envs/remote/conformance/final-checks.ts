import type { ActionArray } from '../../../core/action-space.ts'
import type { agon } from '../../../wire/index.ts'
import type { AutoReset } from '../../contract.ts'
import { type Check, must, mustEqual } from './check.ts'
import { drawnActions, idleActions, type PlayOptions, rowsOf, type Subject } from './subject.ts'

/** Longer episodes are not played to their end. */
const LONGEST = 20_000

export const finalChecks: readonly Check[] = [
  {
    name: 'finals: nobody asks, nothing comes',
    async run(subject) {
      const { spec } = await subject.description()
      const play = await subject.play(await subject.levels(1, 5))
      const reply = await play.act(idleActions(spec.actions, play.rows))
      mustEqual('act, opened without finals', 0, reply.finals.length, 'finals')
    },
  },
  {
    name: 'finals: an episode that is cut is seen to its last, whatever follows',
    async run(subject) {
      if (!(await subject.description()).givesFinals) return
      const episode = await cutEpisode(subject)
      if (episode === null) return
      const { actions, reply } = episode
      const wanted = lastSeen(reply, cutRows(reply))
      mustEqual('act at a cut under NONE', wanted, given(reply), 'finals of the rows that were cut')
      const [next] = await subject.levels(1, 6)
      for (const autoReset of ['same-level', 'next-level'] as const) {
        const after = await playThrough(subject, actions, options(autoReset, next))
        const sent = `act at a cut under ${autoReset}`
        mustEqual(sent, [...reply.truncated], [...after.truncated], 'truncated')
        mustEqual(sent, wanted, given(after), 'finals of the rows that were cut, as under NONE')
      }
    },
  },
]

const options = (autoReset: AutoReset, next?: Uint8Array): PlayOptions => ({
  autoReset,
  finals: true,
  ...(autoReset === 'next-level' && next !== undefined ? { nextLevels: [next] } : {}),
})

/** Actions that lead to a cut, and the reply to the last of them; null where none is found. */
async function cutEpisode(
  subject: Subject,
): Promise<{ readonly actions: readonly ActionArray[]; readonly reply: agon.v1.StepReply } | null> {
  const { spec } = await subject.description()
  const [level] = await subject.levels(1, 5)
  const { first } = await subject.play([level])
  const [limit] = first.maxSteps
  if (limit > LONGEST) return null
  const idle = Array.from({ length: limit }, () => idleActions(spec.actions, spec.agents))
  for (const plan of [idle, drawnActions(spec.actions, limit, spec.agents, 'cut')]) {
    const play = await subject.play([level], options('none'))
    for (const [t, actions] of plan.entries()) {
      const reply = await play.act(actions)
      if (cutRows(reply).length > 0) return { actions: plan.slice(0, t + 1), reply }
      mustEqual('act without a cut', 0, reply.finals.length, 'finals')
      if (reply.terminated.includes(1)) break
    }
  }
  return null
}

async function playThrough(
  subject: Subject,
  plan: readonly ActionArray[],
  of: PlayOptions,
): Promise<agon.v1.StepReply> {
  const [level] = await subject.levels(1, 5)
  const play = await subject.play([level], of)
  let last: agon.v1.StepReply | null = null
  for (const actions of plan) last = await play.act(actions)
  must(last !== null, 'acts to a cut', 'a reply', last)
  return last as unknown as agon.v1.StepReply
}

const cutRows = ({ truncated }: agon.v1.StepReply): number[] =>
  [...truncated.keys()].filter((row) => truncated[row] === 1)

/** Observations of some rows of a reply under NONE: nothing stands in their place. */
const lastSeen = (reply: agon.v1.StepReply, rows: readonly number[]) =>
  Object.entries(rowsOf(reply, reply.truncated.length, rows).observations).map(([name, seen]) => [
    name,
    seen.join(''),
  ])

const given = ({ finals }: agon.v1.StepReply) =>
  finals.map(({ name, tensor }) => [name, Buffer.from(tensor?.data ?? []).toString('hex')])
