import type { DType, TensorSpec } from '../../../core/tensor.ts'
import { RAW_ROW } from './raw-row.ts'

/** A field of the reference's raw observation. */
export interface RawField {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Where it begins in the simulator's row. */
  readonly at: number
}

const SIDES = ['left', 'right'] as const

/** The reference's fields for teams of these sizes, in its order; `frame` is only there when rendering. */
export function rawFields(players: readonly [left: number, right: number]): readonly RawField[] {
  const teams = SIDES.map((side, i) => teamFields(side, players[i]))
  return [
    { name: 'ball', dtype: 'float64', shape: [3], at: RAW_ROW.ball },
    { name: 'ball_direction', dtype: 'float64', shape: [3], at: RAW_ROW.ballDirection },
    { name: 'ball_rotation', dtype: 'float64', shape: [3], at: RAW_ROW.ballRotation },
    { name: 'ball_owned_team', dtype: 'int32', shape: [], at: RAW_ROW.ballOwnedTeam },
    { name: 'ball_owned_player', dtype: 'int32', shape: [], at: RAW_ROW.ballOwnedPlayer },
    ...teams.flat(),
    { name: 'active', dtype: 'int32', shape: [], at: RAW_ROW.active },
    { name: 'designated', dtype: 'int32', shape: [], at: RAW_ROW.designated },
    { name: 'sticky_actions', dtype: 'uint8', shape: [10], at: RAW_ROW.stickyActions },
    { name: 'score', dtype: 'int32', shape: [2], at: RAW_ROW.score },
    { name: 'steps_left', dtype: 'int32', shape: [], at: RAW_ROW.stepsLeft },
    { name: 'game_mode', dtype: 'int32', shape: [], at: RAW_ROW.gameMode },
  ]
}

function teamFields(side: 'left' | 'right', players: number): readonly RawField[] {
  const at = RAW_ROW[side]
  const team = `${side}_team`
  return [
    { name: team, dtype: 'float64', shape: [players, 2], at: at.position },
    { name: `${team}_direction`, dtype: 'float64', shape: [players, 2], at: at.direction },
    { name: `${team}_tired_factor`, dtype: 'float64', shape: [players], at: at.tiredFactor },
    { name: `${team}_yellow_card`, dtype: 'bool', shape: [players], at: at.yellowCard },
    { name: `${team}_active`, dtype: 'bool', shape: [players], at: at.active },
    { name: `${team}_roles`, dtype: 'int32', shape: [players], at: at.roles },
  ]
}

/** Bounds where the reference states them. */
const BOUNDS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  ball_owned_team: [-1, 1],
  ball_owned_player: [-1, 10],
  active: [-1, 10],
  designated: [0, 10],
  sticky_actions: [0, 1],
  game_mode: [0, 6],
  left_team_roles: [0, 9],
  right_team_roles: [0, 9],
}

export const rawSpecs = (fields: readonly RawField[]): Readonly<Record<string, TensorSpec>> =>
  Object.fromEntries(
    fields.map(({ name, dtype, shape }) => {
      const bounds = BOUNDS[name]
      return [
        name,
        { dtype, shape, ...(bounds === undefined ? {} : { low: bounds[0], high: bounds[1] }) },
      ]
    }),
  )
