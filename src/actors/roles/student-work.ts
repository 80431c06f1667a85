import type { SlotId } from '../../core/ids.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { AttemptReport, LearnReport, Student, TaskBatch } from '../../learners/contract.ts'
import type { Answer, Ask } from '../../services/contract.ts'
import type { Hello, Measure, Measured } from './contract.ts'
import { measureItself } from './measure-itself.ts'
import { checkLearned, checkProbes, checkReport, traitsOf } from './student-core.ts'

/** What a student is asked to do, each with the law that its answer is held to. */

/** A student with the tasks of its cycle. */
export interface Assigned {
  readonly student: Student
  readonly batch: TaskBatch
}

/** @throws AgonError `student/measure`, and what making it throws; then nothing of it is left */
export async function make(
  create: (ask: (service: string, request: Ask) => Promise<Answer>) => Promise<Student>,
  ask: (service: string, request: Ask) => Promise<Answer>,
): Promise<Student> {
  const made = await create(ask)
  try {
    traitsOf(made)
  } catch (error) {
    await made.close()
    throw error
  }
  return made
}

export const hello = (slot: SlotId, student: Student): Hello => ({
  type: 'hello',
  role: 'student',
  slot,
  offers: student.offers,
  traits: traitsOf(student),
})

export async function attempt({ student, batch }: Assigned): Promise<AttemptReport> {
  checkProbes(batch, student)
  return checkReport(batch, await student.attempt(batch), student.offers)
}

export async function learn({ student, batch }: Assigned): Promise<LearnReport> {
  return checkLearned(batch, await student.learn())
}

export async function exportPolicy(student: Student): Promise<PolicyFile> {
  if (student.exportPolicy === undefined) throw new Error('the student exports no policy')
  return student.exportPolicy()
}

export async function measure(student: Student, { key, request }: Measure): Promise<Measured> {
  return { type: 'measured', key, report: await measureItself(student, request) }
}
