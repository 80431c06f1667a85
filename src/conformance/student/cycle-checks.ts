import { must } from '../../envs/remote/conformance/check.ts'
import { agon } from '../../wire/index.ts'
import { notFinite } from '../actor/answers.ts'
import { jsonName } from '../actor/hello-checks.ts'
import type { ActorCheck, Setting } from '../actor/part.ts'
import type { Facts } from '../actor/stage.ts'
import { NotReached } from '../not-reached.ts'
import { type Heard, saying } from '../scripted-hub/saying.ts'
import { batchOf } from './batch.ts'

const { Kind } = agon.v1
const ASSIGNED = 'TASKS_ASSIGN'

const key = ({ task, repeat }: { task?: string | null; repeat?: number | null }): string =>
  `${task} (repeat ${repeat ?? 0})`

export function cycleChecks(setting: Setting, slot: string): readonly ActorCheck[] {
  return [
    {
      name: 'cycle: asks for tasks when one begins',
      async run(stage) {
        const talk = await stage.settle()
        const [{ body }] = await talk.ask(stage.turns.next())
        const request = agon.v1.TasksRequest.decode(body)
        const sent = `CYCLE_BEGIN { cycle: ${stage.turns.cycle} }`
        must(request.cycle === stage.turns.cycle, sent, `cycle = ${stage.turns.cycle}`, request)
        must(request.slot === slot, sent, `slot = '${slot}'`, request)
        must(request.count >= 1, sent, 'count of at least 1', request)
      },
    },
    {
      name: 'cycle: reports one outcome for every task and repeat, and then that it learned',
      async run(stage) {
        const talk = await stage.talk()
        if (stage.turns.between) await talk.ask(stage.turns.next())
        const question = stage.turns.next()
        const { cycle } = stage.turns
        const heard = await talk.ask(question)
        question.answers.forEach((kind, i) => {
          stage.facts.heard.set(kind, heard[i])
        })
        const report = agon.v1.OutcomesReport.decode(heard[0].body)
        const sent = `${ASSIGNED} of cycle ${cycle} in slot '${slot}'`
        must(report.cycle === cycle, sent, `cycle = ${cycle}`, report.cycle)
        must(report.slot === slot, sent, `slot = '${slot}'`, report.slot)
        const wanted = (batchOf(setting, cycle).tasks ?? []).map(({ id, repeat }) =>
          key({ task: id, repeat }),
        )
        const given = report.outcomes.map(key)
        const missing = wanted.filter((one) => !given.includes(one))
        must(missing.length === 0, sent, `outcomes of ${wanted.join(', ')}`, given)
        const foreign = given.filter((one) => !wanted.includes(one))
        must(foreign.length === 0, sent, 'no outcome of a task that was not assigned', foreign)
        must(new Set(given).size === given.length, sent, 'each outcome once', given)
      },
    },
    {
      name: 'cycle: finished episodes have every statistic that it offered, and all numbers are finite',
      async run({ facts }) {
        const { outcomes, metrics } = agon.v1.OutcomesReport.decode(
          known(facts, Kind.KIND_OUTCOMES_REPORT).body,
        )
        const offers = facts.ready?.offers ?? []
        must(notFinite(metrics).length === 0, ASSIGNED, 'finite metrics', notFinite(metrics))
        for (const { task, episodes } of outcomes) {
          for (const episode of episodes) {
            const where = `episode ${episode.episode} of task ${task}`
            const { extras, ...summary } = episode
            const numbers = Object.fromEntries(
              Object.entries(summary).filter(([, value]) => typeof value === 'number'),
            ) as Record<string, number>
            const wrong = notFinite({ ...numbers, ...extras })
            must(wrong.length === 0, ASSIGNED, `finite numbers in ${where}`, wrong)
            if (!episode.finished) continue
            must(episode.length > 0, ASSIGNED, `length above 0 in ${where}`, episode.length)
            const absent = offers.filter(
              (name) => episode[jsonName(name) as keyof typeof episode] == null,
            )
            must(absent.length === 0, ASSIGNED, `${offers.join(', ')} in ${where}`, `no ${absent}`)
          }
        }
      },
    },
    {
      name: 'cycle: episodes are solved where the environment says so',
      async run({ facts }) {
        const { outcomes } = agon.v1.OutcomesReport.decode(
          known(facts, Kind.KIND_OUTCOMES_REPORT).body,
        )
        const above = setting.environment.solvedAbove
        for (const { task, episodes } of outcomes)
          for (const { episode, finished, solved, return: total } of episodes)
            must(
              solved === (finished && total > above),
              `an environment with solved_above = ${above}`,
              `solved = ${finished && total > above} for a return of ${total} in episode ${episode} of task ${task}`,
              solved,
            )
      },
    },
    {
      name: 'cycle: makes at most one update, and none where nothing is trainable',
      async run(stage) {
        const learned = agon.v1.Learned.decode(known(stage.facts, Kind.KIND_LEARNED).body)
        must(learned.slot === slot, ASSIGNED, `slot = '${slot}'`, learned.slot)
        must(learned.gradientUpdates <= 1, ASSIGNED, '0 or 1 update', learned.gradientUpdates)
        must(notFinite(learned.metrics).length === 0, ASSIGNED, 'finite metrics', learned.metrics)
        const talk = await stage.settle()
        await talk.ask(stage.turns.next())
        const question = stage.turns.next()
        const batch = batchOf(setting, stage.turns.cycle, false)
        const sent = 'TASKS_ASSIGN of tasks with train = false'
        const [, { body }] = await talk.ask({
          ...question,
          sayings: [{ ...saying(Kind.KIND_TASKS_ASSIGN, agon.v1.TaskBatch, batch), text: sent }],
        })
        const { gradientUpdates } = agon.v1.Learned.decode(body)
        must(gradientUpdates === 0, sent, 'gradient_updates = 0', gradientUpdates)
      },
    },
  ]
}

function known({ heard }: Facts, kind: agon.v1.Kind): Heard {
  const message = heard.get(kind)
  if (message === undefined) throw new NotReached('no cycle came to its end before')
  return message
}
