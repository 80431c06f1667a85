import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { PARTS } from '../physics/body-plan.ts'
import { WalkerWorld } from '../physics/walker-world.ts'
import type { Terrain, TerrainDraws } from '../terrain/contract.ts'

const FILE = new URL('../../../../tests/fixtures/walker/traces.json.gz', import.meta.url)

/** A walk that was recorded; `tests/fixtures/walker/README.md` tells its keys. */
export interface Recorded {
  readonly name: string
  readonly environment: string
  readonly script: string
  readonly level?: readonly number[]
  readonly draws: readonly (readonly [string, ...number[]])[]
  readonly initialForceX: number
  readonly startShift?: readonly [number, number]
  readonly boxes: Float64Array
  readonly probes: readonly (readonly number[])[]
  readonly horizon: number | null
  readonly steps: number
  readonly return: number
  readonly rows: number
  readonly terrain: Terrain
  /** Of row `row`: actions 0–3, observations 4–27, reward 28, done 29, contacts 30–34, states of parts from 35. */
  at(row: number, column: number): number
}

const COLUMN = { actions: 0, observations: 4, parts: 35 } as const
const OBSERVATIONS = 24

type Stored = Omit<Recorded, 'terrain' | 'at' | 'boxes'> &
  Readonly<Record<'x' | 'y' | 'boxes' | 'columns', string>>

const bytes = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'base64')).buffer
const float64 = (text: string): Float64Array => new Float64Array(bytes(text))

export function recordedWalks(): readonly Recorded[] {
  const stored = JSON.parse(gunzipSync(readFileSync(FILE)).toString()) as readonly Stored[]
  return stored.map(({ x, y, boxes, columns, ...rest }) => {
    const numbers = new Float32Array(bytes(columns))
    const counts = { stumps: 0, stairs: 0, pits: 0 }
    const terrain = { x: float64(x), y: float64(y), boxes: float64(boxes), counts }
    return {
      ...rest,
      boxes: terrain.boxes,
      terrain,
      at: (row, column) => numbers[column * rest.rows + row],
    }
  })
}

export const actionsOf = (walk: Recorded, row: number): number[] =>
  [0, 1, 2, 3].map((i) => walk.at(row, COLUMN.actions + i))

export const observationOf = (walk: Recorded, row: number): Float32Array =>
  Float32Array.from({ length: OBSERVATIONS }, (_, i) => walk.at(row, COLUMN.observations + i))

export const hullPlace = (walk: Recorded, row: number): readonly [number, number] => [
  walk.at(row, COLUMN.parts),
  walk.at(row, COLUMN.parts + 1),
]

/** Gives out what was drawn, and throws where something else is asked for. */
export function replayedDraws({ draws }: Recorded): TerrainDraws & { left(): number } {
  let next = 0
  const draw = (kind: string, ...range: readonly number[]): number => {
    const [was, ...numbers] = draws[next++] ?? ['nothing more']
    const asked = [kind, ...range]
    const drawn = [was, ...numbers.slice(0, -1)]
    if (asked.join() !== drawn.join())
      throw new Error(`draw ${next} was ${drawn.join(' ')}, and ${asked.join(' ')} is asked for`)
    return numbers[numbers.length - 1]
  }
  return {
    uniform: (low, high) => draw('uniform', low, high),
    integer: (low, high) => draw('integer', low, high),
    random: () => draw('random'),
    left: () => draws.length - next,
  }
}

/** After its reset, and moved to where the walk was recorded from. */
export function beginRecorded(walk: Recorded): WalkerWorld {
  const world = new WalkerWorld(walk.terrain)
  world.parts[0].applyForceToCenter({ x: walk.initialForceX, y: 0 }, true)
  world.step([0, 0, 0, 0], 0)
  return world
}

export function shiftStart(world: WalkerWorld, { startShift }: Recorded): void {
  if (startShift === undefined) return
  for (const part of world.parts) {
    const { x, y } = part.getPosition()
    part.setPosition({ x: x + startShift[0], y: y + startShift[1] })
    // Box2D 2.3.0 looks for contacts as soon as a body is moved.
    world.world.findNewContacts()
  }
}

/** In the recorded state of a row: all but the impulses of its contacts and joints, which are not recorded. */
export function standAs(walk: Recorded, row: number): WalkerWorld {
  const world = new WalkerWorld(walk.terrain)
  for (let i = 0; i < PARTS.length; i++) {
    const [x, y, angle, vx, vy, turn] = [0, 1, 2, 3, 4, 5].map((k) =>
      walk.at(row, COLUMN.parts + 6 * i + k),
    )
    const part = world.parts[i]
    part.setTransform({ x, y }, angle)
    part.setLinearVelocity({ x: vx, y: vy })
    part.setAngularVelocity(turn)
  }
  world.world.findNewContacts()
  return world
}
