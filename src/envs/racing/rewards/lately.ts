const FRAMES = 100
/** At this mean of the last rewards or below nothing is gained any more; what rounding leaves of it counts as it. */
const LOSING = -0.1 + 1e-9

/** The rewards of the last frames; those before the first count as 0. */
export class Lately {
  /** float64 `[100]`, the oldest first. */
  readonly rewards = new Float64Array(FRAMES)

  begin(): void {
    this.rewards.fill(0)
  }

  restore(rewards: Float64Array): void {
    this.rewards.set(rewards)
  }

  push(reward: number): void {
    this.rewards.copyWithin(0, 1)
    this.rewards[FRAMES - 1] = reward
  }

  isLosing(): boolean {
    let sum = 0
    for (let i = 0; i < FRAMES; i++) sum += this.rewards[i]
    return sum / FRAMES <= LOSING
  }
}

export const LATELY = FRAMES
