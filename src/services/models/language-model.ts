import { systemClock } from '../../core/clock.ts'
import { openResponseCache } from '../../inference/language/cache/response-cache.ts'
import { defineService } from '../define-service.ts'
import { modelService } from './model-service.ts'
import { openModel } from './open-model.ts'
import { type ModelOptions, modelOptions } from './options.ts'

const FREE = { input: 0, output: 0 }

/** Providers whose answers are functions of the question. */
const EXACT: readonly ModelOptions['provider'][] = ['onnx', 'scripted', 'recorded']

/** A language model, whoever runs it: questions and answers as in `inference/language`. */
export const service = defineService<ModelOptions>({
  id: 'language-model',
  options: modelOptions,
  traits: ({ provider, deterministic, cache }) => ({
    // With a cache, what an answer costs depends on what was asked before.
    deterministic: cache === undefined && (deterministic ?? EXACT.includes(provider)),
    stateful: false,
  }),
  // Servers that are asked too much say so, and are asked again.
  limits: () => ({ concurrency: 8, deadlineSeconds: 120, retries: 8 }),
  async create(options, { name, seed, workers }) {
    const { opened, ...asked } = await openModel(options, {
      ...{ name, seed, workers, env: process.env, clock: systemClock },
    })
    const say = (text: string): void =>
      void process.stderr.write(`agon: service ${name}: ${text}\n`)
    const cache = options.cache === undefined ? null : openResponseCache(options.cache, asked, say)
    return modelService({ model: opened, price: options.price ?? FREE, cache })
  },
})
