import type { Finding } from '../../../conformance/index.ts'
import type { ExamineRequest } from '../../../launch/conformance/examine.ts'

/** What `agon conformance` asks of the rest of Agon. */
export interface ConformanceServices {
  /** Whether a third party speaks the protocol: one finding a check. */
  examine(request: ExamineRequest): AsyncIterable<Finding>
}

export const conformanceServices = (): ConformanceServices => ({
  async *examine(request) {
    yield* (await import('../../../launch/conformance/examine.ts')).examine(request)
  },
})
