import { describe, expect, it } from 'vitest'
import type { Budget, FinishedStage, StageConfig } from '../contract.ts'
import { lastCycle, stagePosition } from './position.ts'

const stage = (name: string, budget: Budget): StageConfig => ({ name, budget }) as StageConfig
const over = (name: string, cycles: number): FinishedStage => ({
  name,
  spent: { cycles, gradientUpdates: 1, envSteps: 10 },
  budget: { cycles },
})
const stages = [stage('a', { cycles: 3 }), stage('b', { cycles: 4 })]

describe('stagePosition', () => {
  it('is behind the stages that are over, with what they have spent', () => {
    expect(stagePosition({ stages }, {})).toMatchObject({ index: 0, before: { cycles: 0 } })
    expect(stagePosition({ stages }, { stages: [over('a', 3)] })).toMatchObject({
      index: 1,
      before: { cycles: 3, gradientUpdates: 1, envSteps: 10 },
    })
    const all = [over('a', 3), over('b', 4)]
    expect(stagePosition({ stages }, { stages: all }).index).toBe(2)
    expect(lastCycle(all, 'a')).toBe(3)
    expect(lastCycle(all, 'b')).toBe(7)
  })

  it('goes back into the last stage where it may spend more now', () => {
    const finished = [over('a', 3), over('b', 4)]
    const more = [stages[0], stage('b', { cycles: 6 })]
    expect(stagePosition({ stages: more }, { stages: finished }).index).toBe(1)
    const less = [stages[0], stage('b', { envSteps: 5 })]
    expect(stagePosition({ stages: less }, { stages: finished }).index).toBe(2)
  })

  it('refuses another budget for one that others came after', () => {
    const other = [stage('a', { cycles: 5 }), stages[1]]
    expect(() => stagePosition({ stages: other }, { stages: [over('a', 3)] })).toThrow(
      /the stage 'a' is over; its budget stays as it was/,
    )
  })
})
