import type { ActorId, SlotId } from '../../core/ids.ts'
import type { Experiment } from './experiment-state.ts'
import { studentActor } from './names.ts'

/** Who takes part in an experiment, and what each said it can do. */

export const slotsOf = (run: Experiment): readonly SlotId[] => run.plan.students.map((s) => s.slot)

export const studentsOf = (run: Experiment): readonly ActorId[] => slotsOf(run).map(studentActor)

export const makesSnapshots = (run: Experiment, actor: ActorId): boolean =>
  run.traits.get(actor)?.snapshots ?? true

export const exportsPolicy = (run: Experiment, actor: ActorId): boolean =>
  run.traits.get(actor)?.exportsPolicy ?? true

/** Slots whose students export nothing. */
export const selfMeasuring = (run: Experiment): readonly SlotId[] =>
  slotsOf(run).filter((slot) => !exportsPolicy(run, studentActor(slot)))

/** What never learns is measured once. */
export const isFrozen = (run: Experiment, slot: SlotId): boolean =>
  run.plan.students.some((student) => student.slot === slot && student.frozen === true)
