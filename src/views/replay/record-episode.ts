import type { Environment } from '../../envs/contract.ts'
import { decodeState } from '../../envs/football/lane-state.ts'
import type { FootballLevel } from '../../envs/football/level.ts'
import type { GameBatch } from '../../envs/football/native/contract.ts'
import { RAW_ROW_WIDTH } from '../../envs/football/observe/raw-row.ts'
import { AgentsRecorder } from '../../play/record/agents-recorder.ts'
import type { GameRecording } from '../../play/record/recording.ts'
import { type Recording, reopenEpisode, stepBuffers } from '../report/replay-episode.ts'

/** A recorded episode, played again. */
export interface RecordedEpisode {
  readonly level: FootballLevel
  readonly game: GameRecording
  /** Whether it came to the return that was recorded. */
  readonly faithful: boolean
}

/**
 * Plays a recorded episode of football again and takes it down.
 * @param batch one game with the environment's agents, to look into saved states with
 * @throws AgonError `level/corrupt`, `level/invalid` where the recording is none of this environment
 */
export function recordEpisode(
  environment: Environment<FootballLevel>,
  batch: GameBatch,
  recording: Recording,
): RecordedEpisode {
  const { level, vector } = reopenEpisode(environment, recording)
  const recorder = new AgentsRecorder(batch.agents)
  const watched = new Float64Array(RAW_ROW_WIDTH)
  const { agents } = environment.spec
  const rows = new Float64Array(agents * RAW_ROW_WIDTH)
  const look = (): void => {
    batch.load(0, decodeState(vector.save(0)).game)
    batch.watch(0, watched)
    batch.observe('raw', rows)
    recorder.observe(watched, rows)
  }
  try {
    const buffers = stepBuffers(environment)
    let sum = 0
    vector.reset([0], [level], buffers.observations)
    look()
    for (let at = 0; at + agents <= recording.actions.length; at += agents) {
      const actions = Int32Array.from(recording.actions.slice(at, at + agents))
      recorder.act(actions)
      vector.step(actions, buffers)
      sum += buffers.rewards[0]
      look()
    }
    const faithful = Math.abs(sum - recording.return) < 1e-6
    return { level, game: recorder.recording(), faithful }
  } finally {
    vector.close?.()
  }
}
