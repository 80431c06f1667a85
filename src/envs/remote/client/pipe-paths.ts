import type { agon } from '../../../wire/index.ts'

/** Named pipes of one vector environment: agon.v1.StepPipes. */
export interface PipePaths {
  readonly requests: string
  readonly ready: string
  readonly data: string
}

export const pipePaths = ({ requests, ready, data }: agon.v1.StepPipes.$Properties): PipePaths => ({
  requests: requests ?? '',
  ready: ready ?? '',
  data: data ?? '',
})

/** Bytes in front of an answer in `ready`: length, kind. */
export const HEAD_BYTES = 8
/** Kinds of answers; one more: the payload is in `data`. */
export const [NOTHING, STEP, MESSAGE] = [0, 1, 3]

/** Layout of the int32 words that whoever steps shares with whoever watches: odd while it waits; whether it waits in vain. */
export const [TURN, FAILED] = [0, 1]
export const WORDS_BYTES = 8
