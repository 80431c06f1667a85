/** Branded ids: plain strings at run time, distinct types at compile time. */

declare const brand: unique symbol
type Branded<B extends string> = string & { readonly [brand]: B }

/** A task, unique within an experiment: `<cycle>.<slot>.<index>`. */
export type TaskId = Branded<'TaskId'>
/** A level in an adversary's memory and in lineages: `L<number>`, never reused. */
export type LevelId = Branded<'LevelId'>
/** A student's place in the experiment: `agent`, or `protagonist` and `antagonist`, … */
export type SlotId = Branded<'SlotId'>
/** An actor of a run: `experiment`, `adversary`, `student/agent`, `evaluator`. */
export type ActorId = Branded<'ActorId'>

export const taskId = (cycle: number, slot: SlotId, index: number): TaskId =>
  `${cycle}.${slot}.${index}` as TaskId
export const levelId = (serial: number): LevelId => `L${serial}` as LevelId
export const slotId = (name: string): SlotId => name as SlotId
export const actorId = (name: string): ActorId => name as ActorId
