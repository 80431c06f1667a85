import { AgonError, fromErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ResponseCache } from '../../inference/language/cache/response-cache.ts'
import type { LanguageModel, Usage } from '../../inference/language/contract.ts'
import { readGenerateRequest } from '../../inference/language/generate-request.ts'
import type { Cost, Json, Service } from '../contract.ts'

export interface Price {
  /** Of a million tokens. */
  readonly input: number
  readonly output: number
}

export interface ModelServiceParts {
  readonly model: LanguageModel
  readonly price: Price
  readonly cache: ResponseCache | null
}

/**
 * A language model as a service: a `GenerateRequest` is asked, a `Generation` answered, with what it cost. What the cache has costs nothing. A
 * failure says the most that it can have cost, for the caps.
 */
export function modelService({ model, price, cache }: ModelServiceParts): Service {
  return {
    async ask({ payload }, signal) {
      const request = readGenerateRequest(payload)
      const kept = cache?.find(request) ?? null
      if (kept !== null) return { payload: kept as unknown as Json, cost: { tokens: 0, money: 0 } }
      const generation = await model.generate(request, signal).catch((error: unknown) => {
        throw withCost(error, price)
      })
      cache?.keep(request, generation)
      return { payload: generation as unknown as Json, cost: costOf(generation.usage, price) }
    },
    close: () => model.close(),
  }
}

const costOf = ({ input, output }: Usage, price: Price): Cost => ({
  tokens: input + output,
  money: (input * price.input + output * price.output) / 1e6,
})

function withCost(error: unknown, price: Price): unknown {
  if (!(error instanceof AgonError) || error.fields.usage === undefined) return error
  const record = toErrorRecord(error)
  const cost = costOf(error.fields.usage as Usage, price)
  return fromErrorRecord({ ...record, fields: { ...record.fields, cost } })
}
