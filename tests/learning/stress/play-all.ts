import { fork } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { GamePlayed, GameRequest, PieceRequest } from './contract.ts'

/** Games of a piece: a child process each, of some tens of seconds. */
const PIECE = 128
const ENTRY = fileURLToPath(new URL('./play-piece.js', import.meta.url))

export interface PlayRequest {
  readonly games: readonly GameRequest[]
  readonly policies: Omit<PieceRequest, 'games'>
  readonly jobs: number
  /** Keeps each piece as it is played; the same games go on from it. */
  readonly file: string
  /** Milliseconds since 1970 after which no piece is begun. */
  readonly until: number
}

/** All games in their order, or undefined where the time was up before the last of them. */
export async function playAll({
  games,
  policies,
  jobs,
  file,
  until,
}: PlayRequest): Promise<readonly GamePlayed[] | undefined> {
  const pieces = Array.from({ length: Math.ceil(games.length / PIECE) }, (_, i) => i)
  const kept: (readonly GamePlayed[] | null)[] = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : []
  const due = pieces.filter((i) => (kept[i] ?? null) === null)
  const inTurn = async (): Promise<void> => {
    while (Date.now() < until) {
      const piece = due.shift()
      if (piece === undefined) return
      const own = games.slice(piece * PIECE, (piece + 1) * PIECE)
      kept[piece] = await playPiece({ ...policies, games: own })
      writeFileSync(`${file}.new`, JSON.stringify(kept))
      renameSync(`${file}.new`, file)
    }
  }
  await Promise.all(Array.from({ length: jobs }, inTurn))
  const all = pieces.flatMap((i) => kept[i] ?? [])
  return all.length === games.length ? all : undefined
}

function playPiece(request: PieceRequest): Promise<readonly GamePlayed[]> {
  return new Promise((resolve, reject) => {
    const child = fork(ENTRY)
    child.once('message', (results) => resolve(results as GamePlayed[]))
    child.once('exit', (code) => reject(new Error(`a piece of games ended with ${code}`)))
    child.send(request)
  })
}
