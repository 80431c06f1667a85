import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import OpenAI from 'openai'
import { createAsker } from '../../../src/actors/kit/asking/asker.ts'
import { systemClock } from '../../../src/core/clock.ts'
import { realTimers } from '../../../src/core/timers.ts'
import type { Answer } from '../../../src/services/contract.ts'
import { service } from '../../../src/services/models/language-model.ts'
import { modelOptions } from '../../../src/services/models/options.ts'
import type { BenchRow } from '../row.ts'

const CONCURRENCY = 16
const CONTENT = 'Name a river, and the sea that it runs to, in five words.'
const request = {
  messages: [{ role: 'user' as const, content: CONTENT }],
  ...{ maxTokens: 64, temperature: 0.7, topP: 0.95, sample: 0 },
}

type Ask = (index: number) => Promise<unknown>

/** Calls a second of the kit and the service kind, beside the bare package's at the same concurrency; and what many of them leave behind. */
export async function modelCallRows(brief: boolean): Promise<BenchRow[]> {
  const { url, close } = await startServer()
  const kit = await throughKit(url)
  const bare = throughPackage(url)
  const [calls, rounds] = brief ? [200, 3] : [2000, 7]
  for (const ask of [kit, bare]) await callsPerSecond(ask, calls)
  const rates = { kit: 0, bare: 0 }
  // In turns: whatever else the machine does meets both.
  for (let round = 0; round < rounds; round++) {
    rates.bare = Math.max(rates.bare, await callsPerSecond(bare, calls))
    rates.kit = Math.max(rates.kit, await callsPerSecond(kit, calls))
  }
  const attempts = brief ? 2000 : 100_000
  const growth = await heapGrowth(kit, attempts)
  close()
  return [
    { name: `language model: calls, bare openai ×${CONCURRENCY}`, unit: '/s', value: rates.bare },
    {
      name: `language model: calls, service and kit ×${CONCURRENCY}`,
      unit: '/s',
      value: rates.kit,
    },
    {
      ...{ name: 'language model: share of the bare package', unit: '%' },
      value: (100 * rates.kit) / rates.bare,
      // A short run says that it works, not what it costs.
      ...(brief ? {} : { bar: 90 }),
    },
    {
      ...{ name: `language model: heap growth over ${attempts} attempts`, unit: 'MB' },
      ...{ value: growth, limit: 8 },
    },
  ]
}

function startServer(): Promise<{ readonly url: string; close(): void }> {
  const child = fork(fileURLToPath(new URL('server.process.js', import.meta.url)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', (url) => resolve({ url: String(url), close: () => child.kill() }))
  })
}

async function throughKit(url: string): Promise<Ask> {
  const options = modelOptions.parse({ provider: 'openai', model: 'loud', baseUrl: url })
  const context = { name: 'target', seed: 1, environment: { module: '', options: {} }, workers: 1 }
  const made = await service.create(options, context)
  const asker = createAsker<{ readonly key: string }, Answer>({
    ...{ name: 'target', place: 'services.target.limits', random: [1, 'bench'] },
    limits: { concurrency: CONCURRENCY, deadlineSeconds: 60, retries: 3, calls: 1e9 },
    ...{ clock: systemClock, timers: realTimers },
    send: ({ key }, signal) => made.ask({ key, payload: request }, signal),
  })
  return (index) => asker.ask({ key: `1/adversary/${index}` })
}

function throughPackage(url: string): Ask {
  const client = new OpenAI({ baseURL: url, apiKey: 'none', maxRetries: 0 })
  const { messages, maxTokens, temperature, topP } = request
  return () =>
    client.chat.completions.create({
      ...{ model: 'loud', messages, temperature, top_p: topP, max_tokens: maxTokens },
    })
}

/** So many at a time, until all are answered. */
async function askAll(ask: Ask, calls: number): Promise<void> {
  let next = 0
  const one = async (): Promise<void> => {
    while (next < calls) await ask(next++)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, one))
}

async function callsPerSecond(ask: Ask, calls: number): Promise<number> {
  const begun = performance.now()
  await askAll(ask, calls)
  return (1000 * calls) / (performance.now() - begun)
}

/** Megabytes that the heap holds more after the last nine tenths of the attempts. */
async function heapGrowth(ask: Ask, attempts: number): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = (): number => {
    collect()
    return process.memoryUsage().heapUsed / 1e6
  }
  await askAll(ask, attempts / 10)
  const before = held()
  await askAll(ask, attempts - attempts / 10)
  return held() - before
}
