import { AgonError, type StudentDefinition, z } from 'agon'
import type { EpisodeSummary, Student, StudentContext } from 'agon/learners'

// A student that takes no steps: it knows the verbs it has met so often, answers phrases of those, and exports no policy.

const options = z.strictObject({
  tasks: z.int().min(1).default(4).describe('Phrases of a cycle.'),
  patience: z.int().min(1).default(2).describe('How often a verb is met before it is known.'),
})
type Options = z.output<typeof options>
type Kept = { readonly met: Record<string, number>; readonly updates: number }

const verbOf = (level: Uint8Array): string => new TextDecoder().decode(level).split(' ')[0]

function reader({ patience }: Options, { slot }: StudentContext): Student {
  let met: Record<string, number> = {}
  let updates = 0
  let read: readonly string[] = []
  const answer = (level: Uint8Array): number => ((met[verbOf(level)] ?? 0) >= patience ? 1 : 0)
  return {
    offers: ['return', 'length'],
    async attempt({ tasks }) {
      read = tasks.filter(({ train }) => train).map(({ level }) => verbOf(level))
      const outcomes = tasks.map(({ id, repeat, level }) => {
        const score = answer(level)
        const episode: EpisodeSummary = {
          ...{ episode: 0, seat: 'speaker', finished: true, solved: score > 0.5, return: score },
          ...{ length: 1, studentVersion: updates, extras: {} },
        }
        const artefacts = { said: score > 0.5 ? `I ${verbOf(level)}` : 'pardon?' }
        const who = { task: id, slot, repeat, measuredBy: `student/${slot}` }
        return { ...who, episodes: [episode], artefacts }
      })
      const metrics = { known: Object.keys(met).length }
      return { outcomes, envSteps: tasks.length, metrics, timings: {} }
    },
    async learn() {
      for (const verb of read) met[verb] = (met[verb] ?? 0) + 1
      updates += read.length > 0 ? 1 : 0
      return { gradientUpdates: read.length > 0 ? 1 : 0, metrics: {}, timings: {} }
    },
    measure: async (sealed) => sealed.map(({ level }) => ({ return: answer(level), length: 1 })),
    snapshot: async () => ({ kind: 'reader', version: 1, state: { met, updates }, tensors: {} }),
    async restore({ kind, state }) {
      if (kind !== 'reader')
        throw new AgonError('snapshot/foreign', `this is a snapshot of '${kind}'`)
      ;({ met, updates } = structuredClone(state) as unknown as Kept)
    },
    lost: new Promise(() => {}),
    close: async () => {},
  }
}

export const student: StudentDefinition<Options> = {
  id: 'reader',
  options,
  taskCount: ({ tasks }) => tasks,
  envSteps: (_, tasks) => tasks,
  create: async (given, context) => reader(given, context),
}
