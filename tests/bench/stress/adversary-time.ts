import { type Adversary, type AdversaryDefinition, builtinAdversaries } from 'agon/adversaries'
import { stream } from 'agon/core'
import { loadEnvironment } from 'agon/envs'
import type { Outcome, Task } from 'agon/learners'
import { footballEnvironment, SLOT } from './football-games.ts'

const CYCLES = 40

/**
 * Milliseconds that MADRID itself takes for an evaluation: what it asks of its emitters, the levels' features and cells, regret, the
 * grid and what it tells the emitters. Football of eleven a side, 32 candidates a cycle, games of 0 to 1.
 */
export async function adversaryTime(brief: boolean): Promise<number> {
  const cycles = brief ? 8 : CYCLES
  const { spec, levels } = await loadEnvironment(footballEnvironment())
  const { adversary: madrid }: { readonly adversary: AdversaryDefinition<unknown> } = await import(
    builtinAdversaries.madrid
  )
  const options = madrid.options.parse({ references: ['bot'], initial: 32 })
  const adversary = madrid.create(options, {
    ...{ levels, slots: [SLOT], seats: Object.keys(spec.seats), policies: ['bot'] },
  }) as Adversary<unknown>
  let record = adversary.init()
  let spent = 0
  for (let cycle = 1; cycle <= cycles; cycle++) {
    const random = (...path: readonly (string | number)[]) => stream('bench', cycle, ...path)
    const began = performance.now()
    const asked = adversary.propose(record, { cycle, counts: { [SLOT]: 256 }, random })
    const proposed = performance.now()
    const outcomes = (asked.batches ?? []).flatMap(({ tasks }) => tasks.map(outcomeOf))
    const played = performance.now()
    record = adversary.observe(asked.record, { cycle, outcomes, random }).record
    // The first cycles compile what the others run.
    if (cycle > cycles / 2) spent += proposed - began + performance.now() - played
  }
  return spent / (cycles - Math.floor(cycles / 2)) / 32
}

function outcomeOf({ id, repeat, seed }: Task): Outcome {
  const value = (seed % 3) - 1
  const episode = { episode: 0, finished: true, solved: value > 0, length: 128, studentVersion: 0 }
  return {
    ...{ task: id, slot: SLOT, repeat, artefacts: {}, measuredBy: 'bench' },
    episodes: [
      { ...episode, seat: 'left', return: value, extras: {} },
      { ...episode, seat: 'right', return: -value, extras: {} },
    ],
  }
}
