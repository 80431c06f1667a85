import type {
  Box,
  BroadPhase,
  FixtureProxy,
  InnerFixture,
  InnerWorld,
  Vector,
} from '../../jointed/planck-internals.ts'
import { PARTS } from './body-plan.ts'
import { FAT, type Ground } from './ground.ts'

/** How far ahead a moved part's box is widened, in displacements of its last step. */
const AHEAD = 2
/** FixtureProxy ids of parts begin here; those of the ground are its pieces. */
const FIRST_PART = 1 << 16

/**
 * In place of planck's tree. Pairs come in the order of Box2D 2.3, by piece and then by part, which decides the order in which
 * contacts are solved and with it what a foot on two edges does; planck's own order is another. Nothing depends on what was
 * there before, so an episode has the same bits in a new world and in a used one.
 */
export class GroundBroadPhase implements BroadPhase {
  readonly #ground: Ground
  readonly #world: InnerWorld
  readonly #parts: FixtureProxy[] = []
  /** float64 `[parts, 4]`: left, bottom, right, top, widened. */
  readonly boxes = new Float64Array(4 * PARTS.length)
  readonly #moved = new Uint8Array(PARTS.length)

  constructor(ground: Ground, world: InnerWorld) {
    this.#ground = ground
    this.#world = world
  }

  part(index: number): FixtureProxy {
    return this.#parts[index]
  }

  partOf({ m_proxies }: InnerFixture): number {
    return m_proxies[0].proxyId - FIRST_PART
  }

  /** As it was, with all its pairs known. */
  restore(part: number, box: readonly number[]): void {
    this.boxes.set(box, 4 * part)
    this.#moved[part] = 0
  }

  /** Parts in order of creation; a piece of the ground gets its number by {@link Ground.proxy}. */
  createProxy(box: Box, proxy: FixtureProxy): number {
    if (proxy.fixture.m_body.isStatic()) return -1
    const part = this.#parts.push(proxy) - 1
    this.#widen(part, box)
    return FIRST_PART + part
  }

  destroyProxy(): void {}

  moveProxy(id: number, { lowerBound, upperBound }: Box, displacement: Vector): void {
    const { boxes } = this
    const part = id - FIRST_PART
    const at = 4 * part
    if (
      boxes[at] <= lowerBound.x &&
      boxes[at + 1] <= lowerBound.y &&
      upperBound.x <= boxes[at + 2] &&
      upperBound.y <= boxes[at + 3]
    )
      return
    this.#widen(part, { lowerBound, upperBound })
    boxes[at + (displacement.x < 0 ? 0 : 2)] += displacement.x * AHEAD
    boxes[at + (displacement.y < 0 ? 1 : 3)] += displacement.y * AHEAD
  }

  #widen(part: number, { lowerBound, upperBound }: Box): void {
    const at = 4 * part
    this.boxes[at] = lowerBound.x - FAT
    this.boxes[at + 1] = lowerBound.y - FAT
    this.boxes[at + 2] = upperBound.x + FAT
    this.boxes[at + 3] = upperBound.y + FAT
    this.#moved[part] = 1
  }

  touchProxy(id: number): void {
    this.#moved[id - FIRST_PART] = 1
  }

  /** Of a piece and a part, in either order. */
  testOverlap(a: number, b: number): boolean {
    return a < b ? this.#overlap(a, b - FIRST_PART) : this.#overlap(b, a - FIRST_PART)
  }

  #overlap(piece: number, part: number): boolean {
    const { boxes } = this
    const { bounds } = this.#ground
    const [i, j] = [4 * piece, 4 * part]
    return !(
      boxes[j] > bounds[i + 2] ||
      boxes[j + 1] > bounds[i + 3] ||
      bounds[i] > boxes[j + 2] ||
      bounds[i + 1] > boxes[j + 3]
    )
  }

  updatePairs(found: (a: FixtureProxy, b: FixtureProxy) => void): void {
    let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let part = 0; part < this.#parts.length; part++) {
      if (this.#moved[part] === 0) continue
      left = Math.min(left, this.boxes[4 * part])
      right = Math.max(right, this.boxes[4 * part + 2])
    }
    if (right < left) return
    const ground = this.#ground
    for (let piece = 0; piece < ground.boxes; piece++) this.#pair(piece, found)
    const last = ground.lastEdge(right)
    for (let piece = ground.firstEdge(left); piece <= last; piece++) this.#pair(piece, found)
    this.#moved.fill(0)
  }

  #pair(piece: number, found: (a: FixtureProxy, b: FixtureProxy) => void): void {
    for (let part = 0; part < this.#parts.length; part++)
      if (this.#moved[part] === 1 && this.#overlap(piece, part))
        found(this.#ground.proxy(piece, this.#world), this.#parts[part])
  }
}
