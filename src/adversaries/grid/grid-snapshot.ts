import { AgonError } from '../../core/errors.ts'
import type { LevelId } from '../../core/ids.ts'
import type { Json } from '../../core/snapshot.ts'
import { type NamedTensors, tensor } from '../../core/tensor.ts'
import { levelsOfTensors, levelTensors } from '../level-tensors.ts'
import type { Axis, EliteGrid } from './contract.ts'
import { createGrid } from './elite-grid.ts'

/** Its elites in the order in which their cells were filled: that decides whom emitters draw. */
export interface GridSnapshot {
  readonly state: Json
  readonly tensors: NamedTensors
}

interface GridState {
  readonly axes: readonly Axis[]
  readonly elites: readonly (readonly [LevelId, string, readonly LevelId[]])[]
}

export function snapshotGrid({ axes, elites, filled, objectives }: EliteGrid): GridSnapshot {
  const held = filled.map((cell) => elites[cell]!)
  const state: GridState = {
    axes,
    elites: held.map(({ id, operator, parents }) => [id, operator, parents]),
  }
  return {
    state: state as unknown as Json,
    tensors: {
      cells: tensor('int32', [filled.length], Int32Array.from(filled)),
      objectives: tensor(
        'float64',
        [filled.length],
        Float64Array.from(filled, (cell) => objectives[cell]),
      ),
      ...levelTensors(held.map(({ level }) => level)),
    },
  }
}

/** @throws AgonError `snapshot/foreign` for other axes, `snapshot/corrupt` where the parts do not fit together */
export function restoreGrid(axes: readonly Axis[], { state, tensors }: GridSnapshot): EliteGrid {
  const found = state as Partial<GridState> | null
  if (JSON.stringify(found?.axes) !== JSON.stringify(axes))
    throw new AgonError('snapshot/foreign', 'the snapshot is of a grid with other axes', {
      place: 'adversary.axes',
      remedy: 'go on with the axes and references that the run began with',
    })
  const grid = createGrid(axes)
  const levels = levelsOfTensors(tensors)
  const { cells, objectives } = tensors
  const elites = Array.isArray(found?.elites) ? found.elites : []
  const { length } = elites
  if ([cells?.data, objectives?.data, levels].some((part) => part?.length !== length))
    throw damaged('its columns differ in length')
  for (let i = 0; i < length; i++) {
    const cell = Number(cells.data[i])
    const objective = Number(objectives.data[i])
    if (!(cell >= 0 && cell < grid.objectives.length) || grid.elites[cell] !== undefined)
      throw damaged(`elite ${i} has no cell of its own`)
    if (!Number.isFinite(objective)) throw damaged(`elite ${i} has no objective`)
    const [id, operator, parents] = elites[i]
    grid.objectives[cell] = objective
    grid.elites[cell] = { id, level: levels[i], objective, operator, parents }
    grid.filled.push(cell)
  }
  return grid
}

const damaged = (message: string): AgonError =>
  new AgonError('snapshot/corrupt', `the grid's snapshot is damaged: ${message}`, {
    remedy: 'go back to the cut before it',
  })
