import type { TeamView, Weakness } from './contract.ts'
import { type Spell, spellsOf } from './spells.ts'
import { between } from './team-view.ts'

const LONG_WAY = 10
const DETOUR = 3
const LONGEST = 200
const SLOW = 5.5
const AROUND = 3
const PASSED = 3

export const backAndForth: Weakness = {
  id: 'back-and-forth',
  sentence: 'Runs back and forth with the ball.',
  measures: 'length of the way over the distance it led to',
  threshold: `${DETOUR} and more over ${LONG_WAY} m and more of way in one possession`,
  find: (view) =>
    spellsOf(view, 'own').flatMap(({ player, from, to }) => {
      if (player === 0) return []
      let way = 0
      for (let row = from + 1; row <= to; row++)
        way += between(view.place(row - 1, 'own', player), view.place(row, 'own', player))
      const led = between(view.place(from, 'own', player), view.place(to, 'own', player))
      // A way that ends where it began leads nowhere: told by a number all the same.
      const value = Math.min(LONGEST, way / led)
      return way >= LONG_WAY && value >= DETOUR ? [{ row: to, player, value }] : []
    }),
}

export const slowCarrier: Weakness = {
  id: 'slow-carrier',
  sentence: 'Lets an opponent walk through with the ball.',
  measures: 'defenders whom he passes',
  threshold: `${PASSED} and more within ${AROUND} m of him, at a mean speed under ${SLOW} m/s: walking is 5`,
  find: (view) =>
    spellsOf(view, 'other').flatMap((spell) => {
      const passed = passedBy(view, spell)
      if (passed.length < PASSED) return []
      const speed = meanSpeed(view, spell.player, passed[0] - 10, passed.at(-1) ?? 0)
      return speed < SLOW ? [{ row: passed[PASSED - 1], value: passed.length }] : []
    }),
}

/** Rows in which the carrier comes past a defender who stood between him and the goal, near him; each defender once. */
function passedBy(view: TeamView, { player, from, to }: Spell): readonly number[] {
  const rows: number[] = []
  for (const defender of view.outfield(from, 'own'))
    for (let row = from + 1; row <= to; row++) {
      const [before, after] = [row - 1, row].map(
        (at) => view.place(at, 'other', player)[0] - view.place(at, 'own', defender)[0],
      )
      const distance = between(view.place(row, 'other', player), view.place(row, 'own', defender))
      if (!(before > 0 && after <= 0 && distance <= AROUND)) continue
      rows.push(row)
      break
    }
  return rows.sort((a, b) => a - b)
}

function meanSpeed(view: TeamView, player: number, from: number, to: number): number {
  let sum = 0
  const first = Math.max(0, from)
  for (let row = first; row <= to; row++) sum += Math.hypot(...view.velocity(row, 'other', player))
  return sum / (to - first + 1)
}
