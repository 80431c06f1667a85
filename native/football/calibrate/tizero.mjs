// TiZero as the recorded games have it: every outfield player by the network with a memory of his own, the most likely
// allowed action; a dribble asked for while sprinting releases the sprint instead.
import { readFileSync } from 'node:fs'
import { AgonError } from '../../../dist/core/errors.js'
import { openSession } from '../../../dist/inference/index.js'

const ENCODING = 330
const ACTIONS = 20
const MEMORY = 256
const SPRINT_BIT = 9 // column of an encoding: the sticky sprint flag
const [RELEASE_SPRINT, DRIBBLE] = [15, 17]

const tensor = (data, ...shape) => ({ dtype: 'float32', shape, data })
/** Fresh memory for rows whose game begins. */
const memory = (rows) => ({
  h: new Float32Array(rows * MEMORY),
  c: new Float32Array(rows * MEMORY),
})

/** @throws AgonError `calibrate/policy` */
export async function openTizero(path) {
  let onnx
  try {
    onnx = readFileSync(path)
  } catch (cause) {
    throw new AgonError('calibrate/policy', `TiZero cannot be read: ${cause.message}`, {
      place: path,
      remedy: 'give --policy the path of tizero.onnx',
      cause,
    })
  }
  const session = await openSession(onnx, { name: path })
  const names = session.inputs.map((input) => input.name).sort()
  if (names.join() === 'c,h,mask,obs') return session
  await session.release()
  throw new AgonError(
    'calibrate/policy',
    `the graph takes ${names.join(', ')}, not c, h, mask and obs`,
    {
      place: path,
      remedy: 'give --policy the path of tizero.onnx',
    },
  )
}

/** Players of a constant number of rows, each with a memory; `logits` holds what they thought last, `[rows, 20]`. */
export class Players {
  #session
  #sets
  #turn = 0
  #actions
  rows
  logits

  constructor(session, rows) {
    this.#session = session
    this.rows = rows
    this.#sets = [memory(rows), memory(rows)]
    this.#actions = new Int32Array(rows)
    this.logits = new Float32Array(rows * ACTIONS)
  }

  /** The memory after the last call: `h` and `c`, `[rows, 256]`. */
  get memory() {
    return this.#sets[this.#turn]
  }

  /** Actions, int32 `[rows]`, overwritten by the next call. */
  async act(encodings, masks) {
    const { rows } = this
    const [now, next] = [this.#sets[this.#turn], this.#sets[1 - this.#turn]]
    await this.#session.run(
      {
        obs: tensor(encodings, rows, ENCODING),
        mask: tensor(masks, rows, ACTIONS),
        h: tensor(now.h, rows, MEMORY),
        c: tensor(now.c, rows, MEMORY),
      },
      {
        masked_logits: tensor(this.logits, rows, ACTIONS),
        h_out: tensor(next.h, rows, MEMORY),
        c_out: tensor(next.c, rows, MEMORY),
      },
    )
    this.#turn = 1 - this.#turn
    for (let row = 0; row < rows; row++) {
      const action = mostLikely(this.logits, row * ACTIONS)
      const sprints = encodings[row * ENCODING + SPRINT_BIT] !== 0
      this.#actions[row] = action === DRIBBLE && sprints ? RELEASE_SPRINT : action
    }
    return this.#actions
  }
}

/** Of equal ones the first. */
function mostLikely(logits, start) {
  let best = 0
  for (let action = 1; action < ACTIONS; action++)
    if (logits[start + action] > logits[start + best]) best = action
  return best
}

/** Adds the softmax of each row of `logits` to `sums` (float64 `[20]`). */
export function addDistributions(logits, sums) {
  for (let start = 0; start < logits.length; start += ACTIONS) {
    let most = -Infinity
    for (let i = 0; i < ACTIONS; i++) most = Math.max(most, logits[start + i])
    let total = 0
    for (let i = 0; i < ACTIONS; i++) total += Math.exp(logits[start + i] - most)
    for (let i = 0; i < ACTIONS; i++) sums[i] += Math.exp(logits[start + i] - most) / total
  }
}
