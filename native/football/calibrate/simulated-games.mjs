// Statistics of whole games, recorded and played by the simulator.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { converse, output } from './programs.mjs'
import { PLAYED } from './read-games.mjs'
import { Players } from './tizero.mjs'

const STEPS = PLAYED.rows - 1
/** Games that are stepped together. */
const TOGETHER = 10

/** Runs `use(folder)` with a folder that is gone afterwards. */
export async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'agon-calibrate-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes recorded games as plain rows; their paths. */
export function unpackGames(folder, games) {
  return games.map(({ name, floats }) => {
    const path = join(folder, `${name}.f32`)
    writeFileSync(path, new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength))
    return path
  })
}

/** `{figure: [one number a game]}` of recorded games. */
export function recordedFigures(games) {
  return withFolder(async (folder) => {
    const out = join(folder, 'figures.json')
    await output('games', [out, 'recorded', ...unpackGames(folder, games)])
    return JSON.parse(readFileSync(out, 'utf8')).figures
  })
}

async function playSome({ left, right, difficulties, count, seed, openPolicy }) {
  return withFolder(async (folder) => {
    const out = join(folder, 'figures.json')
    const side = (who) => (who === 'tizero' ? 'policy' : 'builtin')
    const args = [out, count, side(left), side(right), ...difficulties, seed].map(String)
    const rows = count * 10 * [left, right].filter((who) => who === 'tizero').length
    if (rows === 0) {
      await output('games', args)
    } else {
      const session = await openPolicy()
      try {
        const players = new Players(session, rows)
        let step = 0
        await converse(
          'games',
          args,
          () => (step++ < STEPS ? rows : 0),
          (encodings, masks) => players.act(encodings, masks),
        )
      } finally {
        await session.release()
      }
    }
    return JSON.parse(readFileSync(out, 'utf8')).figures
  })
}

/**
 * `{figure: [one number a game]}` of `count` simulated games of one pairing, some of them at a time in `lanes`
 * processes. The figures do not depend on `lanes`.
 */
export async function playedFigures({ count, seed, lanes, ...pairing }) {
  const parts = []
  for (let first = 0; first < count; first += TOGETHER)
    parts.push({ first, count: Math.min(TOGETHER, count - first) })
  const results = new Array(parts.length)
  let next = 0
  const lane = async () => {
    while (next < parts.length) {
      const i = next++
      results[i] = await playSome({
        ...pairing,
        count: parts[i].count,
        seed: seed + parts[i].first,
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, parts.length) }, lane))
  const figures = {}
  for (const name of Object.keys(results[0])) figures[name] = results.flatMap((part) => part[name])
  return figures
}
