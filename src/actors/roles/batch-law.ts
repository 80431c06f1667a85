import { AgonError } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type { TaskBatch } from '../../learners/contract.ts'

/**
 * What an adversary gives in a cycle: a batch that goes to no one, or one that someone waits for in vain, would halt the run without
 * a word; tasks that cannot be told apart would count as one.
 * @param asked the slots that asked
 * @throws AgonError `adversary/batches`
 */
export function checkBatches(
  cycle: number,
  asked: Iterable<SlotId>,
  batches: readonly TaskBatch[],
): void {
  const given = batches.map(({ slot }) => slot).sort()
  const waiting = [...asked].sort()
  if (given.join() !== waiting.join())
    throw batchesError(
      `gave ${given.length === 0 ? 'no batch' : `batches to the slots ${given.join(', ')}`} in cycle ${cycle}, and ${waiting.join(', ')} asked for one each`,
      'propose one batch for each slot that asked',
    )
  for (const batch of batches) checkBatch(cycle, batch)
}

function checkBatch(cycle: number, batch: TaskBatch): void {
  const where = `in the batch of slot '${batch.slot}' of cycle ${cycle}`
  if (batch.cycle !== cycle)
    throw batchesError(`wrote cycle ${batch.cycle} ${where}`, 'write the cycle of the request')
  if (batch.tasks.length === 0)
    throw batchesError(`gave no task ${where}`, 'give at least one task to each slot')
  const seen = new Set<string>()
  for (const { id, repeat } of batch.tasks) {
    const name = `${id} (repeat ${repeat})`
    if (seen.has(name))
      throw batchesError(`gave task ${name} twice ${where}`, 'give each task an id of its own')
    seen.add(name)
  }
}

const batchesError = (what: string, remedy: string): AgonError =>
  new AgonError('adversary/batches', `the adversary ${what}`, { remedy })
