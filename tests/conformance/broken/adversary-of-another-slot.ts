import { agon } from 'agon/wire'
import { relay } from './relay.ts'

/** Proposes for the slot `middle` instead of `right`. */
await relay('adversary', {
  outward(frame) {
    if (frame.kind !== agon.v1.Kind.KIND_TASKS_PROPOSED) return frame
    const proposed = agon.v1.TasksProposed.decode(frame.body)
    const batches = proposed.batches.map((batch) =>
      batch.slot === 'right' ? { ...batch, slot: 'middle' } : batch,
    )
    return { ...frame, body: agon.v1.TasksProposed.encode({ ...proposed, batches }).finish() }
  },
})
