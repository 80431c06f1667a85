import { allocateActions } from '../core/action-space.ts'
import { elementCount, type TypedArray } from '../core/tensor.ts'
import type { ActionArray, StepBuffers, SteppableEnvironment, VectorEnv } from './contract.ts'
import { allocateObservations, allocateStepBuffers } from './step-buffers.ts'

type Observations = Readonly<Record<string, TypedArray>>

/** Levels by what they show first. */
export class FirstSights<L> {
  readonly #environment: SteppableEnvironment<L>
  readonly #levels: readonly L[]
  #found: Map<string, L[]> | undefined

  constructor(environment: SteppableEnvironment<L>, levels: readonly L[]) {
    this.#environment = environment
    this.#levels = levels
  }

  /** Those that show first what `row` sees, in their order. */
  of(seen: Observations, row: number): readonly L[] {
    if (this.#levels.length === 0) return []
    this.#found ??= this.#look()
    return this.#found.get(sightOf(seen, row, this.#environment)) ?? []
  }

  #look(): Map<string, L[]> {
    const { spec } = this.#environment
    const count = this.#levels.length
    const found = new Map<string, L[]>()
    const out = allocateObservations(spec, count)
    const env = this.#environment.vector({ slots: count, autoReset: 'none' })
    env.reset(
      this.#levels.map((_, i) => i),
      this.#levels,
      out,
    )
    env.close?.()
    this.#levels.forEach((level, i) => {
      const sight = sightOf(out, i, this.#environment)
      const alike = found.get(sight)
      if (alike === undefined) found.set(sight, [level])
      else alike.push(level)
    })
    return found
  }
}

function sightOf<L>(
  seen: Observations,
  row: number,
  { spec }: Pick<SteppableEnvironment<L>, 'spec'>,
): string {
  let sight = ''
  for (const [name, { shape }] of Object.entries(spec.observations)) {
    const width = elementCount(shape)
    const { buffer, byteOffset, BYTES_PER_ELEMENT } = seen[name]
    const from = byteOffset + row * width * BYTES_PER_ELEMENT
    sight += Buffer.from(buffer, from, width * BYTES_PER_ELEMENT).toString('latin1')
  }
  return sight
}

/**
 * Whether one and the same level of a set could have shown one row all that it has seen in its episode. One level is a witness of
 * that; only it is stepped, and once it shows something else the next is brought up to date from its first step. No level
 * is stepped further than if all went in lockstep, and most are never stepped at all.
 */
export class Witness<L> {
  /** `[1]`: 1 while there is a witness. */
  readonly overlaps = new Uint8Array(1)
  readonly #environment: SteppableEnvironment<L>
  readonly #sights: FirstSights<L>
  readonly #out: StepBuffers
  readonly #action: ActionArray
  /** Numbers of one row: an action's, and each observation's. */
  readonly #widths: readonly (readonly [string, number])[]
  /** Of the episode, while it overlaps: the actions, and what was seen after each; they grow. */
  #actions: ActionArray
  #seen: Record<string, TypedArray>
  #env: VectorEnv<L> | undefined
  #candidates: readonly L[] = []
  /** The witness among the candidates. */
  #at = 0
  #steps = 0
  /** Steps that the witness has made; −1 before it was reset. */
  #made = -1

  constructor(environment: SteppableEnvironment<L>, sights: FirstSights<L>) {
    const { spec } = environment
    this.#environment = environment
    this.#sights = sights
    this.#out = allocateStepBuffers(spec, 1)
    this.#action = allocateActions(spec.actions, 1)
    this.#actions = allocateActions(spec.actions, 16)
    this.#seen = allocateObservations(spec, 16)
    this.#widths = Object.entries(spec.observations).map(([name, { shape }]) => [
      name,
      elementCount(shape),
    ])
  }

  /** @param row the student's */
  begin(seen: Observations, row: number): void {
    this.#candidates = this.#sights.of(seen, row)
    this.overlaps[0] = this.#candidates.length > 0 ? 1 : 0
    this.#at = 0
    this.#steps = 0
    this.#made = -1
  }

  /** @param over by row of the student: 1 where its episode has ended */
  step(actions: ActionArray, seen: Observations, over: Uint8Array, row: number): void {
    if (over[row] === 1) this.begin(seen, row)
    else if (this.overlaps[0] === 1) {
      this.#note(actions, seen, row)
      if (!this.#findWitness()) this.overlaps[0] = 0
    }
  }

  close(): void {
    this.#env?.close?.()
  }

  #note(actions: ActionArray, seen: Observations, row: number): void {
    const width = this.#action.length
    if (this.#actions.length < (this.#steps + 1) * width) this.#grow()
    this.#actions.set(actions.subarray(row * width, (row + 1) * width), this.#steps * width)
    for (const [name, size] of this.#widths) {
      const from = seen[name] as Float32Array
      const to = this.#seen[name] as Float32Array
      to.set(from.subarray(row * size, (row + 1) * size), this.#steps * size)
    }
    this.#steps++
  }

  #grow(): void {
    const { spec } = this.#environment
    const room = 2 * Math.max(this.#steps, 1)
    const actions = allocateActions(spec.actions, room)
    actions.set(this.#actions)
    this.#actions = actions
    const seen = allocateObservations(spec, room)
    for (const [name] of this.#widths)
      (seen[name] as Float32Array).set(this.#seen[name] as Float32Array)
    this.#seen = seen
  }

  #findWitness(): boolean {
    for (; this.#at < this.#candidates.length; this.#at++) {
      if (this.#keepsUp(this.#candidates[this.#at])) return true
      this.#made = -1
    }
    return false
  }

  /** Brings the level up to date, as far as it shows what was seen. */
  #keepsUp(level: L): boolean {
    this.#env ??= this.#environment.vector({ slots: 1, autoReset: 'none' })
    if (this.#made < 0) {
      this.#env.reset([0], [level], this.#out.observations)
      this.#made = 0
    }
    const width = this.#action.length
    for (; this.#made < this.#steps; this.#made++) {
      const from = this.#made * width
      this.#action.set(this.#actions.subarray(from, from + width))
      this.#env.step(this.#action, this.#out)
      // A level whose own episode is over shows no more.
      if ((this.#out.terminated[0] | this.#out.truncated[0]) === 1 || !this.#showsStep(this.#made))
        return false
    }
    return true
  }

  #showsStep(step: number): boolean {
    for (const [name, size] of this.#widths) {
      const shown = this.#out.observations[name]
      const seen = this.#seen[name]
      for (let i = 0, at = step * size; i < size; i++, at++) if (shown[i] !== seen[at]) return false
    }
    return true
  }
}
