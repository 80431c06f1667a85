import '../core/require-node.ts'

export type {
  GameResult,
  Goal,
  MatchParts,
  MatchRequest,
  OutsidePlayer,
  Seat,
  TeamSeats,
} from './contract.ts'
export { parseSeat, parseSingleSeat, type SeatText, type SingleSeat } from './parse-seat.ts'
export { playMatches } from './play-matches.ts'
export type { Replay, ReplayAbout, ReplayEvent } from './record/contract.ts'
export { type GameRows, gameRows } from './record/game-row.ts'
export { makeReplay } from './record/make-replay.ts'
export { readGameFile } from './record/read-game-file.ts'
export type { GameRecording } from './record/recording.ts'
export { recordingOfReplay } from './record/replay-recording.ts'
export { importPolicy } from './releases/import-policy.ts'
export type { Release } from './releases/releases.ts'
export { RELEASES } from './releases/releases.ts'
export { type MatchSummary, summarise } from './summarise.ts'
export type { FoundWeaknesses, Sighting, Weakness, WeaknessId } from './weaknesses/contract.ts'
export { findWeaknesses, WEAKNESSES } from './weaknesses/find-weaknesses.ts'
