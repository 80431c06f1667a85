import { readFileSync } from 'node:fs'
import { stream } from 'agon/core'
import { decodeLevel, type FootballLevel, firstGameSeed, nativeFootball } from 'agon/envs/football'
import { openPolicy, type Policy } from 'agon/inference'
import { findWeaknesses, gameRows, importPolicy, playMatches, type TeamSeats } from 'agon/play'
import type { GamePlayed, GameRequest, LeftTeam, PieceRequest } from './contract.ts'

// Process entry: plays the games that it is sent and sends back what came of them, in their order.

const TIZERO: TeamSeats = { seat: { kind: 'policy', name: 'target' } }
const TEAMS: Readonly<Record<LeftTeam, TeamSeats>> = {
  target: TIZERO,
  passer: { seat: { kind: 'policy', name: 'passer' } },
  hard: { seat: { kind: 'bot' }, difficulty: 0.95 },
  medium: { seat: { kind: 'bot' }, difficulty: 0.5 },
  easy: { seat: { kind: 'bot' }, difficulty: 0.05 },
}
/** Games that are stepped together. */
const LANES = 32

const levelOf = ({ level }: GameRequest): FootballLevel =>
  decodeLevel(new Uint8Array(Buffer.from(level, 'base64')))

async function playGames(
  left: LeftTeam,
  games: readonly GameRequest[],
  policies: Readonly<Record<string, Policy>>,
): Promise<GamePlayed[]> {
  const seen = new Map<number, readonly string[]>()
  const played = await playMatches(
    nativeFootball(),
    {
      teams: [TEAMS[left], TIZERO],
      level: (number) => levelOf(games[number]),
      ...{ games: games.length, seed: 0, lanes: LANES, threads: 1 },
      dynamics: (number) => firstGameSeed(stream(games[number].seed, 'dynamics')),
      record: (index) => games[index].watch === true,
    },
    {
      policies,
      onGame({ index }, recording) {
        if (recording !== undefined)
          seen.set(index, Object.keys(findWeaknesses(gameRows(recording), 1)))
      },
    },
  )
  return played.map(({ index, score, steps }) => {
    const weaknesses = seen.get(index)
    return {
      ...{ value: Math.sign(score[0] - score[1]), steps },
      ...(weaknesses === undefined ? {} : { weaknesses }),
    }
  })
}

process.once('message', async ({ target, passer, games }: PieceRequest) => {
  const open = async (path: string) => openPolicy(await importPolicy(readFileSync(path)))
  const policies = { target: await open(target), passer: await open(passer) }
  const results = new Array<GamePlayed>(games.length)
  for (const left of Object.keys(TEAMS) as LeftTeam[]) {
    const own = games.flatMap((game, i) => (game.left === left ? [i] : []))
    if (own.length === 0) continue
    const played = await playGames(
      left,
      own.map((i) => games[i]),
      policies,
    )
    for (const [i, game] of played.entries()) results[own[i]] = game
  }
  for (const policy of Object.values(policies)) await policy.release()
  process.send?.(results, () => process.disconnect())
})
