import { stream } from 'agon/core'
import type { Policy } from 'agon/inference'
import { HIDDEN, OBSERVATION } from './small-policy.ts'
import type { SmallInputs } from './small-requests.ts'

const random = stream('test', 'small answers')
const drawn = (length: number): Float32Array =>
  Float32Array.from({ length }, () => random.uniform())
export const drawnInputs = (rows: number): Required<SmallInputs> => ({
  position: drawn(rows * OBSERVATION),
  memory: drawn(rows * HIDDEN),
  noise: drawn(rows),
})

/** What the policy itself says, as bytes by output. */
export async function answersOf(
  local: Policy,
  inputs: Required<SmallInputs>,
): Promise<Record<string, Buffer>> {
  const rows = inputs.noise.length
  const result = await local.act({
    rows,
    observations: {
      position: { dtype: 'float32', shape: [rows, OBSERVATION], data: inputs.position },
    },
    state: { memory: { dtype: 'float32', shape: [rows, HIDDEN], data: inputs.memory } },
    noise: { dtype: 'float32', shape: [rows], data: inputs.noise },
  })
  const bytes = (data: Float32Array | Int32Array): Buffer =>
    Buffer.from(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength))
  return {
    action: bytes(result.action),
    log_prob: bytes(result.logProb),
    logits: bytes(result.logits),
    memory_out: bytes(result.state.memory.data as Float32Array),
  }
}
