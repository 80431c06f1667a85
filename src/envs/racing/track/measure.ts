import type { Track } from './contract.ts'
import { KERB_WHITE } from './kinds.ts'

export interface TrackMeasures {
  readonly tiles: number
  readonly kerbs: number
  /** Metres, along the middle. */
  readonly length: number
  /** Radians of all bends together: 2π of a circle. */
  readonly turning: number
  /** The most from one piece to the next, in radians. */
  readonly sharpest: number
  /** How often the middle crosses itself. */
  readonly crossings: number
}

export function measureTrack({ line: { x, y }, kinds, tiles }: Track): TrackMeasures {
  const count = x.length
  const after = (i: number): number => (i + 1) % count
  const dx = Float64Array.from(x, (at, i) => x[after(i)] - at)
  const dy = Float64Array.from(y, (at, i) => y[after(i)] - at)
  let [length, turning, sharpest, crossings] = [0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const next = after(i)
    const bend = Math.abs(
      Math.atan2(dx[i] * dy[next] - dy[i] * dx[next], dx[i] * dx[next] + dy[i] * dy[next]),
    )
    length += Math.hypot(dx[i], dy[i])
    turning += bend
    sharpest = Math.max(sharpest, bend)
    for (let k = i + 2; k < count; k++) if (after(k) !== i && cross(i, k)) crossings++
  }
  const kerbs = kinds.reduce((sum, kind) => sum + (kind >= KERB_WHITE ? 1 : 0), 0)
  return { tiles: tiles.length, kerbs, length, turning, sharpest, crossings }

  function cross(i: number, k: number): boolean {
    const side = (a: number, toX: number, toY: number): number =>
      dx[a] * (toY - y[a]) - dy[a] * (toX - x[a])
    const [ni, nk] = [after(i), after(k)]
    return (
      side(i, x[k], y[k]) * side(i, x[nk], y[nk]) < 0 &&
      side(k, x[i], y[i]) * side(k, x[ni], y[ni]) < 0
    )
  }
}
