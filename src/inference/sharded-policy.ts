import { actionWidth, allocateActions, parameterWidth } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import { type NamedTensors, rows as rowsOf, type Tensor, type TypedArray } from '../core/tensor.ts'
import type { ActBatch, ActResult, Policy } from './contract.ts'
import { zeroState } from './policy.ts'

/**
 * Several policies of one card as one: each takes its share of the rows, at the same time. For policies in threads of
 * their own. The last bits of a row may depend on how many rows it shares a call with, hence on the number of shards.
 * Results are valid until the next call.
 * @param shards at least one
 */
export function shardedPolicy(shards: readonly Policy[]): Policy {
  const [first] = shards
  if (first === undefined) throw new AgonError('policy/missing', 'there is no policy to share rows')
  return shards.length === 1 ? first : new ShardedPolicy(first, shards)
}

class ShardedPolicy implements Policy {
  readonly card: Policy['card']
  readonly device?: Policy['device']
  readonly choice?: Policy['choice']
  readonly #shards: readonly Policy[]
  #result: ActResult | undefined

  constructor({ card, device, choice }: Policy, shards: readonly Policy[]) {
    this.card = card
    if (device !== undefined) this.device = device
    if (choice !== undefined) this.choice = choice
    this.#shards = shards
  }

  async act(batch: ActBatch): Promise<ActResult> {
    const { rows } = batch
    const count = Math.min(this.#shards.length, rows)
    const from = (shard: number): number => Math.floor((shard * rows) / count)
    const parts = await Promise.all(
      this.#shards
        .slice(0, count)
        .map((policy, i) => policy.act(share(batch, from(i), from(i + 1)))),
    )
    const result = this.#resultFor(rows, parts[0].value !== undefined)
    for (const [i, part] of parts.entries()) {
      const at = from(i)
      result.action.set(part.action, at * actionWidth(this.card.actions))
      result.logProb.set(part.logProb, at)
      result.logits.set(part.logits, at * parameterWidth(this.card.actions))
      if (part.value !== undefined) result.value?.set(part.value, at)
      for (const name in part.state)
        place(
          result.state[name].data,
          part.state[name],
          (at * result.state[name].data.length) / rows,
        )
    }
    return result
  }

  async release(): Promise<void> {
    await Promise.all(this.#shards.map((policy) => policy.release()))
  }

  #resultFor(rows: number, hasValue: boolean): ActResult {
    if (this.#result?.logProb.length === rows) return this.#result
    this.#result = {
      action: allocateActions(this.card.actions, rows),
      logProb: new Float32Array(rows),
      logits: new Float32Array(rows * parameterWidth(this.card.actions)),
      ...(hasValue ? { value: new Float32Array(rows) } : {}),
      state: zeroState(this.card, rows),
    }
    return this.#result
  }
}

function place(into: TypedArray, { data }: Tensor, at: number): void {
  into.set(data as never, at)
}

/** Rows `from` to `to` of a batch; views, not copies. */
function share(batch: ActBatch, from: number, to: number): ActBatch {
  const each = (tensors: NamedTensors): Record<string, Tensor> =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => [name, rowsOf(tensor, from, to)]),
    )
  return {
    rows: to - from,
    observations: each(batch.observations),
    state: each(batch.state),
    noise: rowsOf(batch.noise, from, to),
    ...(batch.mask === undefined ? {} : { mask: rowsOf(batch.mask, from, to) }),
  }
}
