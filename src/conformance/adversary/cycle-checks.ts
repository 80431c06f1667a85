import { toErrorRecord } from '../../core/errors.ts'
import { must } from '../../envs/remote/conformance/check.ts'
import { agon } from '../../wire/index.ts'
import { notFinite } from '../actor/answers.ts'
import type { ActorCheck, Setting } from '../actor/part.ts'
import type { Facts } from '../actor/stage.ts'
import { NotReached } from '../not-reached.ts'
import { type Heard, textOf } from '../scripted-hub/saying.ts'
import { COUNTS } from './slots.ts'

const { Kind } = agon.v1
/** How long nothing may come while one slot has not spoken. */
const QUIET_MS = 400
const SLOTS = Object.keys(COUNTS)
const REQUESTED = `TASKS_REQUEST of ${SLOTS.join(' and ')}`

export function adversaryCycleChecks(setting: Setting): readonly ActorCheck[] {
  return [
    {
      name: 'cycle: proposes tasks once every slot has asked',
      async run(stage) {
        const talk = await stage.settle()
        const question = stage.turns.next()
        const [first, ...others] = question.sayings
        await talk.say(first)
        await talk.quiet(QUIET_MS, first.text, `nothing before ${SLOTS.at(-1)} has asked too`)
        for (const saying of others) await talk.say(saying)
        const [proposed] = await talk.answers(question)
        stage.facts.heard.set(proposed.kind, proposed)
        const { cycle, metrics } = agon.v1.TasksProposed.decode(proposed.body)
        must(cycle === stage.turns.cycle, REQUESTED, `cycle = ${stage.turns.cycle}`, cycle)
        must(notFinite(metrics).length === 0, REQUESTED, 'finite metrics', notFinite(metrics))
      },
    },
    {
      name: 'cycle: gives one batch to each slot that asked',
      async run({ facts }) {
        const slots = batchesOf(facts).map(({ slot }) => slot)
        const wanted = `batches of ${SLOTS.join(' and ')}, one each`
        must([...slots].sort().join() === SLOTS.join(), REQUESTED, wanted, slots)
      },
    },
    {
      name: 'cycle: tasks have ids of their own, an operator, and levels that can be attempted',
      async run({ facts }) {
        const ids = new Set<string>()
        for (const { slot, tasks, cycle } of batchesOf(facts)) {
          const where = `the batch of '${slot}'`
          must(tasks.length >= 1, REQUESTED, `at least 1 task in ${where}`, tasks.length)
          must(cycle === 1, REQUESTED, `cycle = 1 in ${where}`, cycle)
          for (const { id, repeat, level, lineage } of tasks) {
            const key = `${id} (repeat ${repeat})`
            must(id !== '', REQUESTED, `ids that are not empty in ${where}`, "''")
            must(!ids.has(key), REQUESTED, `ids that come once in ${where}`, key)
            ids.add(key)
            const obstacle = obstacleOf(setting, level)
            must(obstacle === null, REQUESTED, `a level that can be attempted in ${key}`, obstacle)
            const operator = lineage?.operator ?? ''
            must(operator !== '', REQUESTED, `a lineage with an operator in ${key}`, lineage)
          }
        }
      },
    },
    {
      name: 'cycle: is done once every task of every slot was reported',
      async run(stage) {
        const talk = await stage.talk()
        if (stage.turns.between) await talk.ask(stage.turns.next())
        const question = stage.turns.next()
        const [first, ...others] = question.sayings
        await talk.say(first)
        await talk.quiet(QUIET_MS, first.text, `nothing before ${SLOTS.at(-1)} has reported too`)
        for (const saying of others) await talk.say(saying)
        const [{ body }] = await talk.answers(question)
        const { cycle, metrics } = agon.v1.CycleDone.decode(body)
        const sent = textOf(question)
        must(cycle === stage.turns.cycle, sent, `cycle = ${stage.turns.cycle}`, cycle)
        must(notFinite(metrics).length === 0, sent, 'finite metrics', notFinite(metrics))
      },
    },
  ]
}

function batchesOf({ heard }: Facts): readonly agon.v1.TaskBatch[] {
  const message: Heard | undefined = heard.get(Kind.KIND_TASKS_PROPOSED)
  if (message === undefined) throw new NotReached('nothing was proposed before')
  return agon.v1.TasksProposed.decode(message.body).batches
}

function obstacleOf({ environment }: Setting, level: Uint8Array): string | null {
  try {
    return environment.levels.validate(environment.levels.decode(level))
  } catch (error) {
    return toErrorRecord(error).message
  }
}
