/**
 * Generalised advantage estimation (Schulman et al. 2016, eq. 16) for one column of a trajectory.
 *
 * `δ_t = r_t + γ·V_{t+1}·(1−done_t) − V_t`, `A_t = δ_t + γλ(1−done_t)·A_{t+1}`, `R_t = A_t + V_t`.
 *
 * Where an episode was cut and the value of its last observation is known, `δ_t = r_t + γ·V(last) − V_t`: partial-episode
 * bootstrapping (Pardo et al. 2018, eq. 6). Nothing else crosses the cut.
 *
 * Where steps are supposed (SAMPLR), `δ_t = r′_t + γ·V′_{t+1}·(1−done′_t) − V_t` and `A_t = δ_t + γλ(1−done_t)(1−done′_t)·A_{t+1}`: one
 * supposed step, then on along what really came.
 */
export interface GaeRule {
  readonly discount: number
  readonly lambda: number
  /** `value` bootstraps `V_T` at the end of the rollout; `none` takes the tail as terminal (dcd). */
  readonly bootstrap: 'value' | 'none'
}

/** Time-major views `[T(+1), columns]` of one trajectory; `stride` columns apart. */
export interface ReturnsView {
  /** float32 `[T, stride]`. */
  readonly rewards: Float32Array
  /** uint8 `[T, stride]`: terminated or truncated. */
  readonly dones: Uint8Array
  /** float32 `[T + 1, stride]`; row T is the value of the observation after the last step. */
  readonly values: Float32Array
  /**
   * float32 `[T, stride]`: what follows where an episode was cut, for all or for the column's agent alone, else 0; read at the last
   * steps of episodes, and of agents in them. Absent: a cut is an end.
   */
  readonly finalValues?: Float32Array
  readonly steps: number
  readonly stride: number
  /** What rewards are multiplied by before they are learned from; they are then cut at ±10. Absent: taken as they are. */
  readonly rewardScale?: number
  /**
   * float32 `[T + 1, stride]`: 1 where the column's agent is there, else 0; absent: all are, always. Nothing follows a step after
   * which the agent is not there, but where it was cut.
   */
  readonly present?: Float32Array
  /** What is learned from in place of what was given; absent: what was given is. */
  readonly supposed?: SupposedSteps
}

/**
 * Steps as they would have gone in supposed states (SAMPLR's fictitious transitions), time-major `[T, stride]`, whose first column is
 * that of `from`.
 */
export interface SupposedSteps {
  readonly rewards: Float32Array
  /** V of the observation after the step, with the memory of what was really seen before; 0 where nothing follows. */
  readonly next: Float32Array
  /** uint8: 1 where the supposed episode ended. */
  readonly ended: Uint8Array
  readonly from: number
  readonly stride: number
}

const REWARD_CLIP = 10

/** The reward that is learned from. */
function learned(reward: number, { rewardScale }: ReturnsView): number {
  if (rewardScale === undefined) return reward
  return Math.max(-REWARD_CLIP, Math.min(REWARD_CLIP, reward * rewardScale))
}

/** Whether a step of `column` is the last of its episode, or of its agent in it. */
function isLast({ dones, present, stride }: ReturnsView, at: number): boolean {
  return dones[at] === 1 || (present !== undefined && present[at + stride] === 0)
}

/** δ_t of `column`; a last step has no successor value, nor has that of the rollout under `bootstrap: none`, unless a cut's is known. */
export function tdError(of: ReturnsView, rule: GaeRule, t: number, column: number): number {
  const at = t * of.stride + column
  const { supposed, rewards, values } = of
  if (supposed === undefined)
    return learned(rewards[at], of) + rule.discount * successorValue(of, rule, t, at) - values[at]
  const i = supposedIndex(supposed, t, column)
  const next = rule.bootstrap === 'none' && t === of.steps - 1 ? 0 : supposed.next[i]
  return learned(supposed.rewards[i], of) + rule.discount * next - values[at]
}

const supposedIndex = ({ from, stride }: SupposedSteps, t: number, column: number): number =>
  t * stride + column - from

/** Whether nothing that came after the step counts for it: an episode ended there, the real one or the supposed one. */
function isCut(of: ReturnsView, t: number, column: number): boolean {
  const { supposed } = of
  return (
    isLast(of, t * of.stride + column) ||
    (supposed !== undefined && supposed.ended[supposedIndex(supposed, t, column)] === 1)
  )
}

function successorValue(of: ReturnsView, rule: GaeRule, t: number, at: number): number {
  if (isLast(of, at)) return of.finalValues === undefined ? 0 : of.finalValues[at]
  if (rule.bootstrap === 'none' && t === of.steps - 1) return 0
  return of.values[at + of.stride]
}

/** Writes advantages and targets (float32 `[T, stride]`) of columns `from` to `to`; sums run in float64. */
export function estimateAdvantages(
  of: ReturnsView,
  rule: GaeRule,
  from: number,
  to: number,
  advantages: Float32Array,
  targets: Float32Array,
): void {
  const decay = rule.discount * rule.lambda
  for (let column = from; column < to; column++) {
    let next = 0
    for (let t = of.steps - 1; t >= 0; t--) {
      const at = t * of.stride + column
      const carried = isCut(of, t, column) ? 0 : decay * next
      next = tdError(of, rule, t, column) + carried
      advantages[at] = next
      targets[at] = next + of.values[at]
    }
  }
}
