import type { Value } from '../graph/index.ts'

/** How real numbers are drawn. */
export type RealDistribution = 'gaussian' | 'beta'

/** How a policy draws its actions, from the parameters `[N, p]` that its network gives. */
export interface Distribution {
  /** One action a row from uniform noise, `[N]` or `[N, n]`. */
  sample(noise: Value): Value
  /** Log-probability, or log-density, of actions `[N]` or `[N, n]` → `[N]`. */
  logProb(action: Value): Value
  /** `[N]`, nats. */
  entropy(): Value
}
