import { AgonError, type StudentDefinition, z } from 'agon'
import { stream, tensor } from 'agon/core'
import { allocateStepBuffers, type Environment, loadEnvironment } from 'agon/envs'
import { argMax, cast, createGraph, input, logSoftmax, matmul, takeLast, toOnnx } from 'agon/graph'
import type {
  EpisodeSummary,
  LearnReport,
  Student,
  StudentContext,
  Task,
  TaskBatch,
} from 'agon/learners'

const options = z.strictObject({
  tasks: z.int().min(1).default(16).describe('Tasks of a cycle.'),
  candidates: z.int().min(4).default(32).describe('Candidates of a cycle; each plays every task.'),
  steps: z.int().min(1).default(60).describe('Steps that a candidate plays a task.'),
  elite: z.number().min(0.01).max(1).default(0.2).describe('Share of candidates that are kept.'),
  noise: z.number().min(0).default(0.1).describe('Least standard deviation of a parameter.'),
})
type Options = z.output<typeof options>

/** A normal distribution over the weights `[inputs, actions]` of a linear policy. */
interface Search {
  mean: Float32Array
  deviation: Float32Array
  updates: number
}

/**
 * The cross-entropy method (Rubinstein 1999) over linear policies: every candidate plays every task, and the
 * distribution moves to the candidates with the highest mean return. It needs no gradient and offers no statistic that
 * needs a critic, so adversaries that score by return can use it, and others refuse it by name.
 */
export const student = {
  id: 'cross-entropy',
  options,
  taskCount: (given) => given.tasks,
  envSteps: (given, tasks) => tasks * given.candidates * given.steps,
  create: async (given, context) =>
    crossEntropy(given, context, await loadEnvironment(context.environment)),
} satisfies StudentDefinition<Options>

function crossEntropy(
  given: Options,
  context: StudentContext,
  environment: Environment<unknown>,
): Student {
  const { spec, seed, slot } = context
  const [[name, observation], ...more] = Object.entries(spec.observations)
  const [inputs] = observation.shape
  if (more.length > 0 || observation.dtype !== 'float32' || observation.shape.length !== 1)
    throw new AgonError('learner/observations', 'this student plays one observation, a vector')
  const actions = spec.actions.count
  const size = inputs * actions
  let search: Search = {
    mean: new Float32Array(size),
    deviation: new Float32Array(size).fill(1),
    updates: 0,
  }
  let played: { candidate: Float32Array; score: number }[] = []

  const candidateOf = (cycle: number, index: number): Float32Array => {
    const draw = stream(seed, `student/${slot}`, cycle, 'candidate', index)
    return search.mean.map((mean, i) => mean + search.deviation[i] * draw.normal())
  }
  const act = (parameters: Float32Array, seen: ArrayLike<number | bigint>, row: number): number => {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    for (let action = 0; action < actions; action++) {
      let logit = 0
      for (let i = 0; i < inputs; i++)
        logit += Number(seen[row * inputs + i]) * parameters[i * actions + action]
      if (logit > most) [best, most] = [action, logit]
    }
    return best
  }

  /** Episodes by row; row = task · candidates + candidate. */
  function play(batch: TaskBatch, candidates: readonly Float32Array[]): EpisodeSummary[][] {
    const { levels } = environment
    const tasks = batch.tasks.flatMap((task) => candidates.map(() => task))
    const drawn = new Int32Array(tasks.length)
    const env = environment.vector({
      slots: tasks.length,
      autoReset: batch.autoReset,
      nextLevel: (row) => levels.sample(stream(tasks[row].seed, 'next', ++drawn[row])),
      stream: (row) => stream(tasks[row].seed, 'dynamics'),
    })
    const out = allocateStepBuffers(spec, tasks.length)
    const rows = tasks.map((_, row) => row)
    const starts = tasks.map(({ level }) => levels.decode(level))
    env.reset(rows, starts, out.observations)
    const episodes = rows.map((): EpisodeSummary[] => [])
    const running = rows.map(() => ({ return: 0, length: 0 }))
    const chosen = new Int32Array(tasks.length)
    for (let t = 1; t <= given.steps; t++) {
      for (const row of rows)
        chosen[row] = act(candidates[row % candidates.length], out.observations[name], row)
      env.step(chosen, out)
      for (const row of rows) {
        running[row].return += out.rewards[row]
        running[row].length += 1
        const finished = out.terminated[row] + out.truncated[row] > 0
        if (!finished && t < given.steps) continue
        episodes[row].push({
          ...running[row],
          episode: (row % candidates.length) * given.steps + episodes[row].length,
          seat: 'agent',
          finished,
          solved: finished && environment.solved(running[row].return),
          studentVersion: search.updates,
          extras: {},
        })
        running[row] = { return: 0, length: 0 }
      }
    }
    return episodes
  }

  const outcomeOf = (task: Task, episodes: readonly EpisodeSummary[]) => ({
    task: task.id,
    slot,
    repeat: task.repeat,
    episodes,
    artefacts: {},
    measuredBy: `student/${slot}`,
  })

  return {
    offers: ['return', 'length'],
    async attempt(batch) {
      const { candidates: count, steps } = given
      const candidates = Array.from({ length: count }, (_, i) => candidateOf(batch.cycle, i))
      const episodes = play(batch, candidates)
      const taught = episodes.filter((_, row) => batch.tasks[Math.floor(row / count)].train)
      // First over a task's episodes: a level that is solved in a step would count sixty times otherwise.
      const scores = taught.map((row) => mean(row.map((episode) => episode.return)))
      played = candidates.map((candidate, i) => ({
        candidate,
        score: mean(scores.filter((_, row) => row % count === i)),
      }))
      if (taught.length === 0) played = []
      const all = episodes.flat().filter(({ finished }) => finished)
      return {
        outcomes: batch.tasks.map((task, i) =>
          outcomeOf(task, episodes.slice(i * count, (i + 1) * count).flat()),
        ),
        envSteps: episodes.length * steps,
        metrics: {
          episodes: all.length,
          return_mean: mean(all.map((episode) => episode.return)),
          solve_rate: mean(all.map(({ solved }) => (solved ? 1 : 0))),
        },
        timings: {},
      }
    },
    async learn(): Promise<LearnReport> {
      if (played.length === 0) return { gradientUpdates: 0, metrics: {}, timings: {} }
      const ranked = [...played].sort((a, b) => b.score - a.score)
      const kept = ranked.slice(0, Math.max(2, Math.round(given.elite * ranked.length)))
      const column = (i: number): number[] => kept.map(({ candidate }) => candidate[i])
      const means = search.mean.map((_, i) => mean(column(i)))
      const spread = means.map((m, i) => Math.sqrt(mean(column(i).map((x) => (x - m) ** 2))))
      search = {
        mean: means,
        deviation: spread.map((deviation) => Math.max(deviation, given.noise)),
        updates: search.updates + 1,
      }
      return { gradientUpdates: 1, metrics: { deviation_mean: mean([...spread]) }, timings: {} }
    },
    async exportPolicy() {
      return {
        onnx: linearPolicy(name, inputs, actions, search.mean),
        card: {
          format: 1,
          agon: String(context.training.agon),
          environment: { id: spec.id, profile: spec.profile },
          observations: spec.observations,
          actions: { kind: 'discrete', count: actions },
          state: {},
          decode: 'argmax',
          normalisation: {},
          training: { ...context.training, student: 'cross-entropy' },
        },
      }
    },
    snapshot: async () => ({
      kind: 'cross-entropy',
      version: 1,
      state: { updates: search.updates },
      tensors: {
        mean: tensor('float32', [size], search.mean.slice()),
        deviation: tensor('float32', [size], search.deviation.slice()),
      },
    }),
    async restore({ kind, state, tensors }) {
      if (kind !== 'cross-entropy')
        throw new AgonError('snapshot/foreign', `this is a snapshot of '${kind}'`)
      search = {
        mean: Float32Array.from(tensors.mean.data, Number),
        deviation: Float32Array.from(tensors.deviation.data, Number),
        updates: (state as { updates: number }).updates,
      }
    },
    lost: new Promise(() => {}),
    close: async () => {},
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** `[B, inputs]` in, the action of the largest logit out. */
function linearPolicy(
  name: string,
  inputs: number,
  actions: number,
  parameters: Float32Array,
): Uint8Array {
  const g = createGraph()
  const seen = input(g, name, 'float32', ['B', inputs])
  const weights = input(g, 'weights', 'float32', [inputs, actions])
  const logits = matmul(seen, weights)
  const action = cast(argMax(logits), 'int32')
  const initializers = { weights: tensor('float32', [inputs, actions], parameters.slice()) }
  const outputs = { action, log_prob: takeLast(logSoftmax(logits), action), logits }
  return toOnnx(g, outputs, { initializers })
}
