import type { InnerBody, InnerContact } from './planck-internals.ts'

/** Numbers of a contact: of the pair, then {@link POINT} of each of its two points. */
const WIDTH = 28
const NORMAL_X = 0
const NORMAL_Y = 1
const FRICTION = 2
const MASS = 3
const INERTIA = 4
/** The block of both normal constraints, and its inverse, by columns. */
const K11 = 5
const K12 = 6
const K21 = 7
const K22 = 8
const INV11 = 9
const INV12 = 10
const INV21 = 11
const INV22 = 12
const FIRST = 13
const POINT = 6
const RX = 0
const RY = 1
const NORMAL_MASS = 2
const TANGENT_MASS = 3
const NORMAL_IMPULSE = 4
const TANGENT_IMPULSE = 5

/**
 * The velocity constraints of contacts between the ground, which never moves, and bodies, side by side in one
 * array. A sweep does what planck's `Contact` does, operation by operation; nothing here bounces.
 */
export class ContactRows {
  #numbers = new Float64Array(8 * WIDTH)
  #parts = new Int32Array(8)
  #points = new Int32Array(8)

  /** @param bodies in the order of the velocities that `solve` is lent */
  load(contacts: readonly InnerContact[], bodies: readonly InnerBody[]): void {
    if (contacts.length > this.#parts.length) this.#grow(contacts.length)
    const n = this.#numbers
    for (let k = 0; k < contacts.length; k++) {
      const contact = contacts[k]
      const body = contact.m_fixtureB.m_body
      const at = k * WIDTH
      this.#parts[k] = bodies.indexOf(body)
      this.#points[k] = contact.v_pointCount
      n[at + NORMAL_X] = contact.v_normal.x
      n[at + NORMAL_Y] = contact.v_normal.y
      n[at + FRICTION] = contact.v_friction
      n[at + MASS] = body.m_invMass
      n[at + INERTIA] = body.m_invI
      const { v_K, v_normalMass } = contact
      n[at + K11] = v_K.ex.x
      n[at + K21] = v_K.ex.y
      n[at + K12] = v_K.ey.x
      n[at + K22] = v_K.ey.y
      n[at + INV11] = v_normalMass.ex.x
      n[at + INV21] = v_normalMass.ex.y
      n[at + INV12] = v_normalMass.ey.x
      n[at + INV22] = v_normalMass.ey.y
      for (let i = 0; i < contact.v_pointCount; i++) {
        const point = contact.v_points[i]
        const p = at + FIRST + i * POINT
        n[p + RX] = point.rB.x
        n[p + RY] = point.rB.y
        n[p + NORMAL_MASS] = point.normalMass
        n[p + TANGENT_MASS] = point.tangentMass
        n[p + NORMAL_IMPULSE] = point.normalImpulse
        n[p + TANGENT_IMPULSE] = point.tangentImpulse
      }
    }
  }

  #grow(contacts: number): void {
    this.#numbers = new Float64Array(2 * contacts * WIDTH)
    this.#parts = new Int32Array(2 * contacts)
    this.#points = new Int32Array(2 * contacts)
  }

  store(contacts: readonly InnerContact[]): void {
    for (let k = 0; k < contacts.length; k++)
      for (let i = 0; i < this.#points[k]; i++) {
        const p = k * WIDTH + FIRST + i * POINT
        contacts[k].v_points[i].normalImpulse = this.#numbers[p + NORMAL_IMPULSE]
        contacts[k].v_points[i].tangentImpulse = this.#numbers[p + TANGENT_IMPULSE]
      }
  }

  /** Solves contact `k`. @param v float64 `[bodies, 3]`: velocity of the centre of mass, angular velocity */
  solve(k: number, v: Float64Array): void {
    const body = 3 * this.#parts[k]
    const at = k * WIDTH
    const points = this.#points[k]
    for (let i = 0; i < points; i++) this.#rub(at, at + FIRST + i * POINT, body, v)
    if (points === 1) this.#press(at, at + FIRST, body, v)
    else this.#pressBoth(at, body, v)
  }

  /** Friction of one point. */
  #rub(at: number, p: number, body: number, v: Float64Array): void {
    const n = this.#numbers
    const tx = n[at + NORMAL_Y]
    const ty = -n[at + NORMAL_X]
    const rx = n[p + RX]
    const ry = n[p + RY]
    const w = v[body + 2]
    const along = (v[body] + -w * ry) * tx + (v[body + 1] + w * rx) * ty
    const most = n[at + FRICTION] * n[p + NORMAL_IMPULSE]
    const held = n[p + TANGENT_IMPULSE]
    let total = held + n[p + TANGENT_MASS] * -along
    if (total < -most) total = -most
    else if (total > most) total = most
    n[p + TANGENT_IMPULSE] = total
    push(v, body, n[at + MASS], n[at + INERTIA], rx, ry, (total - held) * tx, (total - held) * ty)
  }

  /** The one normal constraint of a contact with one point. */
  #press(at: number, p: number, body: number, v: Float64Array): void {
    const n = this.#numbers
    const nx = n[at + NORMAL_X]
    const ny = n[at + NORMAL_Y]
    const rx = n[p + RX]
    const ry = n[p + RY]
    const w = v[body + 2]
    const into = (v[body] + -w * ry) * nx + (v[body + 1] + w * rx) * ny
    const held = n[p + NORMAL_IMPULSE]
    let total = held + -n[p + NORMAL_MASS] * into
    if (!(total > 0)) total = 0
    n[p + NORMAL_IMPULSE] = total
    push(v, body, n[at + MASS], n[at + INERTIA], rx, ry, (total - held) * nx, (total - held) * ny)
  }

  /** Both normal constraints at once: the first that holds of both points, the first, the second, none. */
  #pressBoth(at: number, body: number, v: Float64Array): void {
    const n = this.#numbers
    const p = at + FIRST
    const q = p + POINT
    const nx = n[at + NORMAL_X]
    const ny = n[at + NORMAL_Y]
    const w = v[body + 2]
    const a1 = n[p + NORMAL_IMPULSE]
    const a2 = n[q + NORMAL_IMPULSE]
    let b1 = (v[body] + -w * n[p + RY]) * nx + (v[body + 1] + w * n[p + RX]) * ny
    let b2 = (v[body] + -w * n[q + RY]) * nx + (v[body + 1] + w * n[q + RX]) * ny
    b1 -= n[at + K11] * a1 + n[at + K12] * a2
    b2 -= n[at + K21] * a1 + n[at + K22] * a2
    let x1 = -(n[at + INV11] * b1 + n[at + INV12] * b2)
    let x2 = -(n[at + INV21] * b1 + n[at + INV22] * b2)
    if (!(x1 >= 0 && x2 >= 0)) {
      x1 = -n[p + NORMAL_MASS] * b1
      x2 = 0
      if (!(x1 >= 0 && n[at + K21] * x1 + b2 >= 0)) {
        x1 = 0
        x2 = -n[q + NORMAL_MASS] * b2
        if (!(x2 >= 0 && n[at + K12] * x2 + b1 >= 0)) {
          x2 = 0
          // No solution at all: the impulses stay, as they do in the original.
          if (!(b1 >= 0 && b2 >= 0)) return
        }
      }
    }
    const p1x = (x1 - a1) * nx
    const p1y = (x1 - a1) * ny
    const p2x = (x2 - a2) * nx
    const p2y = (x2 - a2) * ny
    const mass = n[at + MASS]
    v[body] = mass * p1x + mass * p2x + v[body]
    v[body + 1] = mass * p1y + mass * p2y + v[body + 1]
    v[body + 2] =
      w +
      n[at + INERTIA] * (n[p + RX] * p1y - n[p + RY] * p1x + (n[q + RX] * p2y - n[q + RY] * p2x))
    n[p + NORMAL_IMPULSE] = x1
    n[q + NORMAL_IMPULSE] = x2
  }
}

/** An impulse (x, y) on a body at (rx, ry) from its centre of mass. */
function push(
  v: Float64Array,
  body: number,
  mass: number,
  inertia: number,
  rx: number,
  ry: number,
  x: number,
  y: number,
): void {
  v[body] += mass * x
  v[body + 1] += mass * y
  v[body + 2] += inertia * (rx * y - ry * x)
}
