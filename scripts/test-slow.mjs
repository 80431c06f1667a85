// npm run test:slow: what takes longer than CI should. Ends with a line that says what ran.
import { spawnSync } from 'node:child_process'

const runs = [
  ['learning: DR, minimax defaults, 300 updates, three seeds', 'build/tests/learning/maze-dr.js'],
  ['learning: every quick recipe, three seeds', 'build/tests/learning/quick-recipes.js'],
  ['bench', 'build/tests/bench/main.js'],
  ['faults between processes, 200 schedules', 'build/tests/faults/main.js', '--schedules', '200'],
]
const failed = []
for (const [name, ...program] of runs) {
  console.log(`\n== ${name}`)
  const { status } = spawnSync(process.execPath, program, { stdio: 'inherit' })
  if (status !== 0) failed.push(name)
}
console.log(
  failed.length === 0
    ? `\nagon slow: ${runs.length} of ${runs.length} passed`
    : `\nagon slow: FAILED: ${failed.join('; ')}`,
)
process.exit(failed.length === 0 ? 0 : 1)
