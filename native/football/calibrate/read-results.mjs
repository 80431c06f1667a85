// Reads the final scores of further games, `results.json`.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COPY, malformed } from './trace-files.mjs'

/**
 * `[{left, right, score: [left, right], policy?}]`: difficulties, goals and who plays; none when there is no such file.
 * @throws AgonError `traces/malformed`
 */
export function readResults(folder) {
  const path = join(folder, 'results.json')
  if (!existsSync(path)) return []
  let results
  try {
    results = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw malformed(path, `this is no JSON: ${cause.message}`, COPY)
  }
  if (!Array.isArray(results)) throw malformed(path, 'this is no list of games', COPY)
  results.forEach((game, i) => {
    const numbers = [game?.left, game?.right, game?.score?.[0], game?.score?.[1]]
    if (!numbers.every((value) => Number.isFinite(value)))
      throw malformed(path, `game ${i} has no difficulties or no score`, COPY)
  })
  return results
}
