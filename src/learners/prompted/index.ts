import type { StudentDefinition } from '../contract.ts'
import { type PromptedOptions, promptedOptions } from './options.ts'
import { promptedStudent } from './student.ts'

export type { PromptedOptions } from './options.ts'

/** A language model as a student: what it is asked are levels, what it says are artefacts. */
export const student: StudentDefinition<PromptedOptions> = {
  id: 'prompted',
  options: promptedOptions,
  taskCount: ({ tasks }) => tasks,
  envSteps: (_, tasks) => tasks,
  create: (options, context) => promptedStudent(options, context),
}
