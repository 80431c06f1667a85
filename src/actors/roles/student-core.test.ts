import { expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import type { AttemptReport, TaskBatch } from '../../learners/contract.ts'
import { checkReport } from './student-core.ts'

const slot = slotId('agent')
const id = taskId(2, slot, 0)
const batch = { cycle: 2, slot, tasks: [0, 1].map((repeat) => ({ id, repeat })) }
const report = (...repeats: number[]) => ({
  outcomes: repeats.map((repeat) => ({ task: id, slot, repeat })),
})

it('takes a report in any order, and names the first task without an outcome', () => {
  const check = (...repeats: number[]) =>
    checkReport(batch as unknown as TaskBatch, report(...repeats) as unknown as AttemptReport)
  expect(check(1, 0).outcomes).toHaveLength(2)
  expect(() => check(0, 0)).toThrow(
    "the student in slot 'agent' reported no outcome of task 2.agent.0 (repeat 1) of cycle 2",
  )
})
