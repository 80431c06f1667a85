import type { FootballLevel } from '../level.ts'

/** What the reference's scenario builder takes where a scenario says nothing. */
export const LEVEL_DEFAULTS: Omit<FootballLevel, 'left' | 'right'> = {
  ball: [0, 0],
  difficulty: [1, Math.fround(0.6)],
  gameDuration: 3000,
  secondHalf: null,
  kickOff: 'nearest',
  useMagnet: true,
  offsides: true,
  endEpisodeOnScore: false,
  endEpisodeOnPossessionChange: false,
  endEpisodeOnOutOfPlay: false,
  controlAllPlayers: false,
  mayOverlap: false,
  reverseTeamProcessing: 'by-seed',
}
