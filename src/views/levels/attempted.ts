import type { LevelRow, SlotLevels } from '../../run/levels/contract.ts'
import { spread } from '../../run/levels/level-row.ts'
import type { SelectedLevel } from './contract.ts'

/** A level by its number in the log. */
export interface Found extends Omit<SelectedLevel, 'level' | 'digest' | 'ancestry'> {
  readonly number: number
}

/** The tasks of a cycle in their order, slot by slot; those that were not attempted are left out. */
export function attemptedLevels({ cycle, slots }: LevelRow): readonly Found[] {
  return Object.entries(slots).flatMap(([slot, tasks]) => tasksOf(slot, tasks, cycle))
}

function tasksOf(slot: string, tasks: SlotLevels, cycle: number): readonly Found[] {
  const { level: numbers, parents, seed, scored, updates } = tasks
  const count = numbers.length
  const ids = spread(tasks.id ?? null, count)
  const operators = spread(tasks.operator, count)
  const generations = spread(tasks.generation ?? 0, count)
  const train = spread(tasks.train, count)
  const attempted = spread(tasks.attempted ?? true, count)
  const scores = spread(tasks.score ?? null, count)
  const episodes = spread(tasks.episodes, count)
  const returns = spread(tasks.return, count)
  const solved = spread(tasks.solved, count)
  const steps = spread(tasks.steps, count)
  return numbers.flatMap((number, i): Found[] => {
    if (!attempted[i]) return []
    const own = parents?.[i] ?? []
    return [
      {
        number,
        name: ids[i] ?? `${cycle}.${i}`,
        slots: [slot],
        kind: operators[i] === 'replay' ? 'replay' : own.length > 0 ? 'edit' : 'new',
        operator: operators[i],
        parents: own,
        generation: generations[i],
        trained: train[i] && updates > 0,
        since: cycle,
        ...(scored === undefined ? {} : { scored, score: scores[i] }),
        attempt: {
          seed: seed[i],
          episodes: episodes[i],
          return: returns[i],
          solved: episodes[i] === 0 ? null : solved[i] / episodes[i],
          length: episodes[i] === 0 ? null : steps[i] / episodes[i],
        },
      },
    ]
  })
}
