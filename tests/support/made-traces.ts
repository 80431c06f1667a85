import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FIXTURES = fileURLToPath(
  new URL('../../native/football/tests/fixtures/grf/micro', import.meta.url),
)
const COLUMNS = 215
/** Columns of a recorded game. */
const AT = { ball: 0, direction: 3, ownerTeam: 9, owner: 10, score: 12, stepsLeft: 14, active: 125 }

/** Copies recorded experiments of the fixtures into `folder/micro`. */
export function copyExperiments(folder: string, names: readonly string[]): void {
  mkdirSync(join(folder, 'micro'), { recursive: true })
  for (const name of names)
    for (const ending of ['json', 'f32.gz'])
      cpSync(join(FIXTURES, `${name}.${ending}`), join(folder, 'micro', `${name}.${ending}`))
}

/**
 * Writes a game whose statistics are known by hand into `folder/games`: left owns rows 0-99 and 200-299, right 100-199,
 * nobody the rest; the ball rests at (10.88 m, 0), but for one pass of 15 m at row 50 from left player 3 to left player
 * 4, who has it at row 60; the score is 2-1 from the last row on. `said` is added to what its .json says.
 */
export function makeGame(folder: string, name: string, said: object = {}, count = 3002): void {
  const rows = new Float32Array(count * COLUMNS)
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * COLUMNS, (i + 1) * COLUMNS)
    const owner = i >= 300 || (i > 50 && i < 60) ? -1 : i >= 100 && i < 200 ? 1 : 0
    row[AT.ball] = i < 60 ? 0.2 : 0.2 + 15 / 54.4
    row[AT.ball + 2] = 0.11
    row[AT.direction] = i === 51 ? 15 / 544 : 0
    row[AT.ownerTeam] = owner
    row[AT.owner] = owner < 0 ? -1 : i <= 50 ? 3 : 4
    row[AT.stepsLeft] = count - 1 - i
    row.fill(1, AT.active, AT.active + 22)
    if (i === count - 1) row.set([2, 1], AT.score)
  }
  const head = { left: 'builtin', right: 'builtin', left_difficulty: 1, right_difficulty: 0.6 }
  mkdirSync(join(folder, 'games'), { recursive: true })
  writeFileSync(join(folder, 'games', `${name}.json`), JSON.stringify({ ...head, ...said }))
  writeFileSync(join(folder, 'games', `${name}.f32`), rows)
}
