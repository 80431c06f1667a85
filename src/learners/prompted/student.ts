import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import type { GenerateRequest } from '../../inference/language/contract.ts'
import { fitnessOf, generationOf } from '../../inference/language/labels.ts'
import { filled, messages, RATING } from '../../inference/language/rating.ts'
import type { Answer, Ask, Json } from '../../services/contract.ts'
import type {
  AttemptReport,
  EpisodeSummary,
  Outcome,
  SealedLevel,
  SealedResult,
  Student,
  StudentContext,
  Task,
} from '../contract.ts'
import type { PromptedOptions } from './options.ts'

type AskService = (service: string, request: Ask) => Promise<Answer>

/** A prompt, and what the model says to it. */
interface Answered {
  readonly level: string
  readonly prompt: string
  readonly response: string
  /** To the clean text, where the level has one. */
  readonly reference: string | null
}

const KIND = 'prompted'

/**
 * A language model behind a service: each task is a prompt that it is asked, and its answer is the artefact `response`. It does not learn, has no
 * state, and exports no policy.
 * @throws AgonError `student/services` where nobody can be asked
 */
export async function promptedStudent(
  options: PromptedOptions,
  { slot, seed, environment: ref, spec, ask }: StudentContext,
): Promise<Student> {
  if (ask === undefined)
    throw new AgonError('student/services', 'this student asks a service, and none can be asked', {
      remedy: 'name the model under `services`',
    })
  const { levels } = await loadEnvironment(ref)
  const asking = answering(options, levels, ask)
  const [seat] = Object.keys(spec.seats)
  const attempt = async ({ id, level, repeat, seed: drawn }: Task): Promise<Outcome> => {
    const name = `${id}/${repeat}`
    const answered = await asking.answer(name, level, drawn)
    const failed = options.scores ? await asking.failure(name, answered, seed) : null
    const { response, reference } = answered
    const episode: EpisodeSummary = {
      ...{ episode: 0, seat, finished: !options.scores || failed !== null, length: 1 },
      ...{ return: failed === null ? 0 : 1 - failed, solved: failed !== null && failed < 0.5 },
      ...{ studentVersion: 0, extras: {} },
    }
    return {
      ...{ task: id, slot, repeat, episodes: [episode], measuredBy: `student/${slot}` },
      artefacts: { response, ...(reference === null ? {} : { reference }) },
    }
  }
  return {
    offers: ['return', 'length'],
    async attempt({ tasks }): Promise<AttemptReport> {
      const outcomes = await Promise.all(tasks.map(attempt))
      return { outcomes, envSteps: tasks.length, metrics: {}, timings: {} }
    },
    learn: async () => ({ gradientUpdates: 0, metrics: {}, timings: {} }),
    measure: (sealed) => Promise.all(sealed.map((one, i) => measured(asking, one, i, seed))),
    snapshot: async () => ({ kind: KIND, version: 1, state: null, tensors: {} }),
    restore: async (snapshot) => checkSnapshot(snapshot),
    lost: new Promise(() => {}),
    close: async () => {},
  }
}

interface Answering {
  answer(name: string, level: Uint8Array, seed: number): Promise<Answered>
  /** Null where the scorer cannot tell. */
  failure(name: string, answered: Answered, seed: number): Promise<number | null>
}

function answering(
  { service, system, layout, temperature, topP, maxTokens, scorer }: PromptedOptions,
  levels: LevelSpace<unknown>,
  ask: AskService,
): Answering {
  const said = async (key: string, text: string, seed: number): Promise<string> => {
    const request: GenerateRequest = {
      messages: messages(system, filled(layout, { prompt: text })),
      ...{ maxTokens, temperature, topP, seed, sample: 0 },
    }
    const { payload } = await ask(service, { key, payload: request as unknown as Json })
    const generation = generationOf(payload)
    if (generation !== null) return generation.text
    throw new AgonError('service/answer', `'${service}' gave an answer without a text`, {
      remedy: 'answer { text, finish, usage }',
    })
  }
  return {
    async answer(name, bytes, seed) {
      const level = levels.decode(bytes)
      const prompt = levels.prompts?.text(level) ?? levels.format(level)
      const clean = levels.prompts?.reference(level) ?? null
      const [response, reference] = await Promise.all([
        said(`target/${name}`, prompt, seed),
        clean === null ? null : said(`reference/${name}`, clean, seed),
      ])
      return { level: levels.format(level), prompt, response, reference }
    },
    async failure(name, { level, prompt, response, reference }, seed) {
      const request: GenerateRequest = {
        messages: messages(RATING.system, filled(RATING.user, { prompt, response })),
        ...{ maxTokens: 16, temperature: 0, topP: 1, seed, sample: 0, topLogProbs: 5 },
      }
      const about = { level, response, ...(reference === null ? {} : { reference }) }
      const payload = { ...request, about } as unknown as Json
      const generation = generationOf(
        (await ask(scorer, { key: `score/${name}`, payload })).payload,
      )
      return generation === null ? null : fitnessOf(generation)
    },
  }
}

/** A level that nothing is known of what is right counts as failed: 0. */
async function measured(
  asking: Answering,
  { levelName, level, seed: drawn }: SealedLevel,
  place: number,
  seed: number,
): Promise<SealedResult> {
  const name = `sealed/${place}/${levelName}`
  const failed = await asking.failure(name, await asking.answer(name, level, drawn), seed)
  return { return: failed === null ? 0 : 1 - failed, length: 1 }
}

function checkSnapshot({ kind }: Snapshot): void {
  if (kind !== KIND)
    throw new AgonError('snapshot/foreign', `this is a snapshot of '${kind}'`, {
      remedy: 'go on with the student that the run began with',
    })
}
