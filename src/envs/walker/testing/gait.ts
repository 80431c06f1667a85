/** Of the observation. */
const HULL_ANGLE = 0
const HULL_TURN = 1
const SPEED = 2
const RISE = 3
const LEG = 4
const LEG_WIDTH = 5
const [HIP, HIP_SPEED, KNEE, KNEE_SPEED, FOOT] = [0, 1, 2, 3, 4]

const CRUISE = 0.29
const BENT = 0.1

/**
 * The walker that Gymnasium shows as a demonstration: a machine of three states that stands on one leg while the other swings, puts
 * it down, and pushes off. Remembers where it is.
 * @returns what acts on an observation `[24]`: four actions
 */
export function scriptedGait(): (seen: ArrayLike<number>) => Float32Array {
  let state: 'stand' | 'land' | 'push' = 'stand'
  let moving = 0
  let bend = BENT
  return function gait(seen) {
    const of = (leg: number, what: number): number => seen[LEG + LEG_WIDTH * leg + what]
    const other = 1 - moving
    const hips: (number | null)[] = [null, null]
    const knees: (number | null)[] = [null, null]
    if (state === 'stand') {
      hips[moving] = 1.1
      knees[moving] = -0.6
      bend = Math.min(bend + (seen[SPEED] > CRUISE ? 0.06 : 0.03), BENT)
      knees[other] = bend
      if (of(other, HIP) < 0.1) state = 'land'
    }
    if (state === 'land') {
      hips[moving] = 0.1
      knees[moving] = BENT
      knees[other] = bend
      if (of(moving, FOOT) !== 0) {
        state = 'push'
        bend = Math.min(of(moving, KNEE), BENT)
      }
    }
    if (state === 'push') {
      knees[moving] = bend
      knees[other] = 1
      if (of(other, KNEE) > 0.88 || seen[SPEED] > 1.2 * CRUISE) {
        state = 'stand'
        moving = other
      }
    }
    const balance = 0.9 * seen[HULL_ANGLE] + 1.5 * seen[HULL_TURN]
    const actions = [0, 1].flatMap((leg) => {
      const [hip, knee] = [hips[leg], knees[leg]]
      const swing = hip === null ? 0 : 0.9 * (hip - of(leg, HIP)) - 0.25 * of(leg, HIP_SPEED)
      const stretch = knee === null ? 0 : 4 * (knee - of(leg, KNEE)) - 0.25 * of(leg, KNEE_SPEED)
      return [swing + balance, stretch - 15 * seen[RISE]]
    })
    return Float32Array.from(actions, (action) => Math.min(Math.max(action / 2, -1), 1))
  }
}
