import {
  BLOCKED,
  BRAKE,
  DT,
  ENGINE_POWER,
  FRONT,
  GAS_RISE,
  GRIP,
  GRIP_ON_GRASS,
  REAR,
  SLIP_STIFFNESS,
  WHEEL_INERTIA,
  WHEEL_RADIUS,
  WHEELS,
} from './car-plan.ts'

/** What a wheel has besides its body. Float64 `[4]` each, in the order of `WHEEL_PLACES`. */
export class Tyres {
  readonly gas = new Float64Array(WHEELS)
  readonly brake = new Float64Array(WHEELS)
  /** Where its steering goes, in radians. */
  readonly steer = new Float64Array(WHEELS)
  /** Radians a second. */
  readonly spin = new Float64Array(WHEELS)
  /** Radians, of which one turn looks like another. */
  readonly phase = new Float64Array(WHEELS)
  /** Whether it touched a tile when that was looked at last. */
  readonly onRoad = new Uint8Array(WHEELS)
  /** Of the last {@link Tyres.push}, float64 `[4, 2]`: along the wheel, and to its right. */
  readonly force = new Float64Array(2 * WHEELS)

  /** @param steer −1 left … 1 right @param gas 0 … 1 @param brake 0 … 1 */
  control(steer: number, gas: number, brake: number): void {
    for (const wheel of FRONT) this.steer[wheel] = -steer
    // It rises by degrees and ends at once.
    for (const wheel of REAR) this.gas[wheel] += Math.min(gas - this.gas[wheel], GAS_RISE)
    this.brake.fill(brake)
  }

  /**
   * One step of a wheel that moves at `along` and `aside` m/s: engine and brake turn it, and it pushes against the ground by
   * how much faster or slower it turns than it rolls, up to its grip.
   */
  push(wheel: number, along: number, aside: number): void {
    const { spin } = this
    // 5 keeps the division away from 0.
    spin[wheel] +=
      (DT * ENGINE_POWER * this.gas[wheel]) / WHEEL_INERTIA / (Math.abs(spin[wheel]) + 5)
    const brake = this.brake[wheel]
    if (brake >= BLOCKED) spin[wheel] = 0
    else if (brake > 0)
      spin[wheel] -= Math.sign(spin[wheel]) * Math.min(BRAKE * brake, Math.abs(spin[wheel]))
    this.phase[wheel] += spin[wheel] * DT
    let forwards = (spin[wheel] * WHEEL_RADIUS - along) * SLIP_STIFFNESS
    let sideways = -aside * SLIP_STIFFNESS
    const force = Math.sqrt(forwards * forwards + sideways * sideways)
    const grip = this.onRoad[wheel] === 1 ? GRIP : GRIP_ON_GRASS
    if (force > grip) {
      forwards = (forwards / force) * grip
      sideways = (sideways / force) * grip
    }
    spin[wheel] -= (DT * forwards * WHEEL_RADIUS) / WHEEL_INERTIA
    this.force[2 * wheel] = forwards
    this.force[2 * wheel + 1] = sideways
  }
}
