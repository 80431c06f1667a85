import { Edge, Polygon } from 'planck'
import type { FixtureProxy, InnerFixture, InnerWorld } from '../../jointed/planck-internals.ts'
import { STEP, VERTICES } from '../terrain/constants.ts'
import type { Terrain } from '../terrain/contract.ts'

const FRICTION = 2.5
const CATEGORY = 0x0001
const EVERYTHING = 0xffff

/** What planck keeps around a shape, and around that in its broad phase. */
export const SKIN = 0.01
export const FAT = 0.1

/**
 * The pieces of a terrain, boxes first, then edges from left to right. A piece gets a body of its own, as the original
 * has it, when a part of the walker first comes near: most of a terrain is never reached.
 */
export class Ground {
  readonly #terrain: Terrain
  readonly boxes: number
  /** float64 `[pieces, 4]`: left, bottom, right, top, with all that is kept around them. */
  readonly bounds: Float64Array
  readonly #proxies: (FixtureProxy | undefined)[]

  constructor(terrain: Terrain) {
    this.#terrain = terrain
    this.boxes = terrain.boxes.length / 4
    const pieces = this.boxes + VERTICES - 1
    this.bounds = new Float64Array(4 * pieces)
    this.#proxies = new Array<FixtureProxy | undefined>(pieces).fill(undefined)
    this.bounds.set(terrain.boxes)
    const { x, y } = terrain
    for (let i = 0; i + 1 < VERTICES; i++) {
      const at = 4 * (this.boxes + i)
      this.bounds[at] = x[i]
      this.bounds[at + 1] = Math.min(y[i], y[i + 1])
      this.bounds[at + 2] = x[i + 1]
      this.bounds[at + 3] = Math.max(y[i], y[i + 1])
    }
    const around = SKIN + FAT
    for (let i = 0; i < this.bounds.length; i++) this.bounds[i] += (i & 3) < 2 ? -around : around
  }

  has(piece: number): boolean {
    return Number.isInteger(piece) && piece >= 0 && piece < this.#proxies.length
  }

  /** The first edge, as a piece, that may reach to the right of `x`. */
  firstEdge(x: number): number {
    // A pit moves a vertex to the left by less than a step.
    const edge = Math.floor((x - SKIN - FAT) / STEP) - 1
    return this.boxes + Math.min(Math.max(edge, 0), VERTICES - 2)
  }

  /** The last edge, as a piece, that may reach to the left of `x`. */
  lastEdge(x: number): number {
    const edge = Math.floor((x + SKIN + FAT) / STEP) + 1
    return this.boxes + Math.min(Math.max(edge, 0), VERTICES - 2)
  }

  /** @param world whose broad phase numbers what is made by `piece` */
  proxy(piece: number, world: InnerWorld): FixtureProxy {
    return this.#proxies[piece] ?? this.#make(piece, world)
  }

  #make(piece: number, world: InnerWorld): FixtureProxy {
    const locked = world.m_locked
    // A body without mass may be made at any time: what planck guards against is one that moves.
    world.m_locked = false
    const fixture = world.createBody().createFixture({
      shape: this.#shape(piece),
      friction: FRICTION,
      filterCategoryBits: CATEGORY,
      filterMaskBits: EVERYTHING,
    }) as InnerFixture
    world.m_locked = locked
    const [proxy] = fixture.m_proxies
    proxy.proxyId = piece
    this.#proxies[piece] = proxy
    return proxy
  }

  #shape(piece: number): Edge | Polygon {
    const { x, y, boxes } = this.#terrain
    const i = piece - this.boxes
    if (i >= 0) return new Edge({ x: x[i], y: y[i] }, { x: x[i + 1], y: y[i + 1] })
    const [left, bottom, right, top] = boxes.subarray(4 * piece, 4 * piece + 4)
    return new Polygon([
      { x: right, y: bottom },
      { x: right, y: top },
      { x: left, y: top },
      { x: left, y: bottom },
    ])
  }
}
