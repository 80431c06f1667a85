// A student that learns in a process of its own: npx jiti examples/attach/student.ts <run directory>/hub.json
import { AgonError } from 'agon'
import { attachStudent, resolveTarget, type StudentPlace } from 'agon/attach'
import { choiceCounts, type Snapshot, stream, tensor } from 'agon/core'
import { decodeDescription } from 'agon/envs/remote'
import type { AttemptReport, LearnReport, Student, TaskBatch } from 'agon/learners'
import { actorCriticPolicy, features, inputCount, probabilities } from './linear-policy.ts'
import { play, type Rollout } from './rollout.ts'
import { summarise } from './summaries.ts'

const STEPS = 32
const DISCOUNT = 0.97
const ACTOR_RATE = 0.05
const CRITIC_RATE = 0.01

/** The first action whose running sum of probabilities is above the noise. */
function drawn(chances: readonly number[], noise: number): number {
  let sum = 0
  for (let action = 0; action < chances.length - 1; action++) {
    sum += chances[action]
    if (sum > noise) return action
  }
  return chances.length - 1
}

/** REINFORCE with a linear critic (Williams 1992): small enough to read, and the same numbers every time. */
async function linearStudent(place: StudentPlace): Promise<Student> {
  const { slot, seed, connection, environment } = place
  const { spec, solvedAbove } = decodeDescription(environment.description ?? {}, 'the welcome')
  const inputs = inputCount(spec)
  const [actions] = choiceCounts(spec.actions)
  let actor = new Float64Array(inputs * actions)
  let critic = new Float64Array(inputs)
  let updates = 0
  let played: { readonly batch: TaskBatch; readonly rollout: Rollout } | null = null

  const critique = (seen: Float64Array): number =>
    seen.reduce((sum, x, i) => sum + x * critic[i], 0)

  async function attempt(batch: TaskBatch): Promise<AttemptReport> {
    const draws = batch.tasks.map((_, i) => stream(seed, `student/${slot}`, batch.cycle, 'act', i))
    const rollout = await play(connection, environment.name ?? '', batch, STEPS, (observations) => {
      const seen = features(spec, observations, batch.tasks.length)
      const chosen = seen.map((row, i) =>
        drawn(probabilities(actor, row, actions), draws[i].uniform()),
      )
      return { seen, chosen, values: seen.map(critique) }
    })
    played = { batch, rollout }
    const outcomes = batch.tasks.map((task, row) => ({
      task: task.id,
      slot,
      repeat: task.repeat,
      episodes: summarise(rollout, row, DISCOUNT, solvedAbove, updates),
      artefacts: {},
      measuredBy: `student/${slot}`,
    }))
    const finished = outcomes.flatMap(({ episodes }) => episodes).filter((one) => one.finished)
    const solved = finished.filter((one) => one.solved).length
    return {
      outcomes,
      envSteps: STEPS * batch.tasks.length,
      metrics: finished.length === 0 ? {} : { solve_rate: solved / finished.length },
      timings: {},
    }
  }

  async function learn(): Promise<LearnReport> {
    if (played === null) throw new AgonError('student/learn', 'there is no attempt to learn from')
    const { batch, rollout } = played
    played = null
    const rows = batch.tasks.flatMap(({ train }, row) => (train ? [row] : []))
    if (rows.length === 0) return { gradientUpdates: 0, metrics: {}, timings: {} }
    let loss = 0
    for (const row of rows) {
      const column = rollout.columns[row]
      let total = 0
      for (let t = column.rewards.length - 1; t >= 0; t--) {
        total = column.rewards[t] + (column.ends[t] ? 0 : DISCOUNT * total)
        const seen = column.seen[t]
        const advantage = total - critique(seen)
        loss += advantage * advantage
        const p = probabilities(actor, seen, actions)
        for (let i = 0; i < inputs; i++) {
          if (seen[i] === 0) continue
          critic[i] += (CRITIC_RATE * advantage * seen[i]) / rows.length
          for (let a = 0; a < actions; a++)
            actor[i * actions + a] +=
              (ACTOR_RATE * advantage * seen[i] * ((a === column.actions[t] ? 1 : 0) - p[a])) /
              rows.length
        }
      }
    }
    updates += 1
    return {
      gradientUpdates: 1,
      metrics: { value_loss: loss / (rows.length * STEPS) },
      timings: {},
    }
  }

  return {
    offers: [
      ...(['return', 'length', 'discountedReturn', 'value0', 'sumValue', 'sumAdvantage'] as const),
      ...(['sumAbsAdvantage', 'sumPositiveAdvantage', 'sumAbsTdError', 'trainedSteps'] as const),
    ],
    attempt,
    learn,
    exportPolicy: async () => actorCriticPolicy(spec, actor, critic),
    snapshot: async () => ({
      kind: 'linear-actor-critic',
      version: 1,
      state: { updates },
      tensors: {
        actor: tensor('float64', [inputs, actions], actor.slice()),
        critic: tensor('float64', [inputs], critic.slice()),
      },
    }),
    async restore({ kind, state, tensors }: Snapshot) {
      if (kind !== 'linear-actor-critic')
        throw new AgonError('snapshot/foreign', `this is a snapshot of '${kind}'`)
      actor = Float64Array.from(tensors.actor.data, Number)
      critic = Float64Array.from(tensors.critic.data, Number)
      updates = (state as { updates: number }).updates
    },
    lost: new Promise(() => {}),
    close: async () => {},
  }
}

const [hub] = process.argv.slice(2)
if (hub === undefined) throw new Error('which hub? give its rendezvous file, or host:port')
await attachStudent({
  endpoint: () => resolveTarget(hub, { env: process.env }),
  name: 'linear-actor-critic',
  platform: {
    engine: 'javascript',
    arch: process.arch,
    runtime: `node ${process.versions.node.split('.')[0]}`,
  },
  create: linearStudent,
})
