import { elementCount, type NamedTensors, type Tensor } from '../../core/tensor.ts'
import { alignedElements } from '../../wire/index.ts'
import type { BatchSlot } from './batch-slot.ts'
import type { Job, JobBatch } from './job.ts'
import type { ModelShape } from './model-shape.ts'

/** Copies the rows of every job of a batch, one after the other, into memory that its thread sees. */
export function fillSlot({ layout }: ModelShape, { jobs }: JobBatch, slot: BatchSlot): void {
  let from = 0
  for (const { inputs, rows } of jobs) {
    for (let i = 0; i < inputs.length; i++)
      slot.inputs[i].set(inputs[i], from * layout!.inputs[i].rowBytes)
    from += rows
  }
}

/** The inputs of one job as tensors, with the shapes that it came with. */
export function aloneFeeds(shape: ModelShape, { inputs, shapes }: Job): NamedTensors {
  const feeds: Record<string, Tensor> = {}
  shape.inputs.forEach(({ name, dtype }, i) => {
    const sizes = shapes[i]!
    const data = alignedElements(name, dtype, elementCount(sizes), inputs[i])
    // Its own bytes only: a view of a message would cross to the thread with all of the message.
    feeds[name] = { dtype, shape: sizes, data: data.slice() as Tensor['data'] }
  })
  return feeds
}
