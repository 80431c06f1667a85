import { type SlotId, slotId } from '../../core/ids.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { Adversary, AdversaryDefinition } from '../contract.ts'
import type { CuratorRecord } from '../curator/curator.ts'
import { type PlayedCycle, playCycle } from './fake-student.ts'
import { integerLevels } from './integer-levels.ts'

export const AGENT = [slotId('agent')]
export const PAIR = [slotId('antagonist'), slotId('protagonist')]

/** The adversary of a definition with small buffers, its record typed as what the algorithms really keep. */
export function make<O, R = CuratorRecord>(
  definition: AdversaryDefinition<O>,
  options: object = {},
  slots: readonly SlotId[] = AGENT,
  levels: LevelSpace<number> = integerLevels(500),
): Adversary<R> {
  const parsed = definition.options.parse(options)
  return definition.create(parsed, { levels, slots, discount: 0.99 }) as Adversary<R>
}

export const SMALL = { capacity: 24, minFill: 0.5 }
export const countsOf = (slots: readonly SlotId[], count: number) =>
  Object.fromEntries(slots.map((slot) => [slot, count]))

/** `cycles` cycles from the start. */
export function play<R>(adversary: Adversary<R>, cycles: number, slots = AGENT, count = 6) {
  let record = adversary.init()
  const played: PlayedCycle[] = []
  for (let cycle = 0; cycle < cycles; cycle++) {
    const result = playCycle(adversary, record, cycle, countsOf(slots, count))
    record = result.record
    played.push(result)
  }
  return { record, played }
}

/** For tables of definitions whose options differ. */
export function anyOptions<O>(definition: AdversaryDefinition<O>): AdversaryDefinition<object> {
  return definition as unknown as AdversaryDefinition<object>
}

export const operators = ({ batches }: PlayedCycle): readonly string[] =>
  batches[0].tasks.map(({ lineage }) => lineage.operator)
export const trains = ({ batches }: PlayedCycle): readonly boolean[] =>
  batches[0].tasks.map(({ train }) => train)
