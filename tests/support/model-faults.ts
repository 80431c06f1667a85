import { setTimeout as later } from 'node:timers/promises'
import { createAsker } from '../../src/actors/kit/asking/asker.ts'
import type { AskLimits, AskSpent } from '../../src/actors/kit/asking/contract.ts'
import { manualClock } from '../../src/core/clock.ts'
import type { AgonError } from '../../src/core/errors.ts'
import { type RandomStream, stream } from '../../src/core/random.ts'
import { manualTimers } from '../../src/core/timers.ts'
import type { Generation } from '../../src/inference/language/contract.ts'
import { openOpenAIModel } from '../../src/inference/language/openai/openai-model.ts'
import type { Answer } from '../../src/services/contract.ts'
import { modelService } from '../../src/services/models/model-service.ts'
import { type Fate, type OpenAIServer, startOpenAIServer } from './openai-server.ts'

/** Most tokens of an answer here, and of a question with what sets its messages apart. */
const MOST_TOKENS = 16
/** Of one call, as the caps count it where nobody tells. */
export const MOST_A_CALL = MOST_TOKENS + 100

export interface Schedule {
  readonly limits: AskLimits
  readonly questions: number
  readonly stream: boolean
  /** Share of requests that meet anything but an answer. */
  readonly trouble: number
}

export interface Storm {
  readonly schedule: Schedule
  /** By question: its answer, or the code of the error that it ended with. */
  readonly ends: readonly (Generation | string)[]
  readonly expected: readonly string[]
  readonly spent: AskSpent
  readonly server: Pick<OpenAIServer, 'charged' | 'open'> & { readonly asked: number }
}

/** A model service behind the kit's limits, against a server that fails by a seeded schedule; waits take no time. */
export async function playStorm(seed: number): Promise<Storm> {
  const draw = stream('model-faults', seed)
  const schedule = drawSchedule(draw)
  const fates = stream('model-faults', seed, 'fates')
  const server = await startOpenAIServer({ fate: () => drawFate(fates, schedule) })
  const clock = manualClock()
  const timers = manualTimers()
  const model = await openOpenAIModel({
    ...{ model: 'loud', baseUrl: server.url, key: null, tokenLimit: 'max_tokens', clock },
    ...{ deterministic: false, stream: schedule.stream },
  })
  const service = modelService({ model, price: { input: 1e6, output: 1e6 }, cache: null })
  let underWay = 0
  const asker = createAsker<{ readonly key: string }, Answer>({
    ...{ name: 'target', limits: schedule.limits, place: 'services.target.limits' },
    ...{ clock, timers, random: [seed, 'service'] },
    async send({ key }, signal) {
      underWay += 1
      const payload = {
        messages: [{ role: 'user', content: `question ${key}` }],
        ...{ maxTokens: MOST_TOKENS, temperature: 0, topP: 1, sample: 0 },
      }
      try {
        return await service.ask({ key, payload }, signal)
      } finally {
        underWay -= 1
      }
    },
  })
  const keys = Array.from({ length: schedule.questions }, (_, i) => `q${i}`)
  let left = keys.length
  const ends = keys.map((key) =>
    asker
      .ask({ key })
      .then(
        ({ payload }) => payload as unknown as Generation,
        (error: AgonError) => error.code,
      )
      .finally(() => {
        left -= 1
      }),
  )
  // Time passes when all that can happen without it has happened: whatever is open hangs.
  for (let ms = 100; left > 0; ) {
    await later(0)
    if (underWay !== server.open.hanging || server.open.now !== server.open.hanging) continue
    await later(0)
    if (underWay !== server.open.hanging) ms = 100
    clock.advance(ms)
    timers.advance(ms)
    ms = Math.min(1000, ms * 2)
  }
  await server.close()
  const { charged, open, asked } = server
  return {
    ...{ schedule, ends: await Promise.all(ends), spent: asker.spent() },
    expected: keys.map((key) => `QUESTION ${key.toUpperCase()}`),
    server: { charged, open, asked: asked.length },
  }
}

function drawSchedule(draw: RandomStream): Schedule {
  const cap = draw.integer(4)
  return {
    limits: {
      concurrency: 1 + draw.integer(6),
      deadlineSeconds: 2 + draw.integer(4),
      retries: draw.integer(8),
      ...(cap === 1 ? { calls: 4 + draw.integer(20) } : {}),
      ...(cap === 2 ? { tokens: 20 + draw.integer(400) } : {}),
      ...(cap === 3 ? { money: 20 + draw.integer(400) } : {}),
    },
    questions: 6 + draw.integer(12),
    stream: draw.integer(2) === 1,
    trouble: draw.uniform() * 0.8,
  }
}

const TROUBLES: readonly ((draw: RandomStream) => Fate)[] = [
  (draw) => ({ kind: 'busy', headers: { 'retry-after': String(draw.integer(20)) } }),
  () => ({ kind: 'busy' }),
  (draw) => ({ kind: 'status', status: [500, 502, 503, 408][draw.integer(4)] }),
  () => ({ kind: 'hang' }),
  () => ({ kind: 'stall' }),
  () => ({ kind: 'truncated' }),
  () => ({ kind: 'early-end' }),
  () => ({ kind: 'malformed' }),
  () => ({ kind: 'reset' }),
  (draw) => ({ kind: 'usage', usage: [undefined, { prompt_tokens: -7 }][draw.integer(2)] }),
  () => ({ kind: 'drip', ms: 1 }),
]

const drawFate = (draw: RandomStream, { trouble }: Schedule): Fate =>
  draw.uniform() < trouble ? TROUBLES[draw.integer(TROUBLES.length)](draw) : { kind: 'answer' }
