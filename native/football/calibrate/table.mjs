// Prints a table of simulated against recorded games, from two files that `games` wrote.
//   node table.mjs RECORDED.json SIMULATED.json
// A row passes when the means differ by less than the larger of a quarter and two standard errors of both together.
// Rare events are added up before the comparison.
import { readFileSync } from 'node:fs'

const RARE = ['corners', 'throw-ins', 'penalties', 'yellow cards', 'red cards']
/** Rows that say more about the games but are in no table of ours to hold. */
const DETAIL = /(kicks|corners|throw-ins|penalties) steps$|^share \d|^keeper|^centre/

const [recorded, simulated] = process.argv
  .slice(2, 4)
  .map((path) => JSON.parse(readFileSync(path, 'utf8')).figures)

function pooled(figures) {
  const rare = RARE.map((name) => figures[name])
  return {
    ...figures,
    'rare events': rare[0].map((_, game) => rare.reduce((sum, row) => sum + row[game], 0)),
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
function squaredError(values) {
  if (values.length < 2) return 0
  const m = mean(values)
  return (
    values.reduce((sum, value) => sum + (value - m) ** 2, 0) / (values.length - 1) / values.length
  )
}

const ours = pooled(simulated)
let held = 0
let asked = 0
for (const [name, theirs] of Object.entries(pooled(recorded))) {
  const reference = mean(theirs)
  const measured = mean(ours[name])
  const allowed = Math.max(
    0.25 * Math.abs(reference),
    2 * Math.sqrt(squaredError(theirs) + squaredError(ours[name])),
  )
  const holds = Math.abs(reference - measured) <= allowed
  const counted = !DETAIL.test(name) && !RARE.includes(name)
  if (counted) {
    asked++
    held += holds ? 1 : 0
  }
  const verdict = holds ? 'ok' : counted ? 'NOT MET' : 'apart'
  console.log(
    `${name.padEnd(30)} recorded ${reference.toFixed(3).padStart(8)}  simulated ${measured.toFixed(3).padStart(8)}  allowed ${allowed.toFixed(3).padStart(7)}  ${counted ? verdict : `(${verdict})`}`,
  )
}
console.log(`${held} of ${asked} rows hold`)
