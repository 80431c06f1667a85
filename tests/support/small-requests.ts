import type { InferAnswer, InferRequest } from './kserve-client.ts'
import { HIDDEN, OBSERVATION } from './small-policy.ts'

/** Little-endian bytes of float32 numbers. */
export const floats = (values: readonly number[] | Float32Array): Uint8Array =>
  new Uint8Array(Float32Array.from(values).buffer)

export interface SmallInputs {
  readonly position: Float32Array
  readonly memory?: Float32Array
  readonly noise?: Float32Array
}

/** A request to the small policy with the inputs that are given. */
export function smallRequest(inputs: SmallInputs, rest: Partial<InferRequest> = {}): InferRequest {
  const rows = inputs.position.length / OBSERVATION
  const shapes = { position: [rows, OBSERVATION], memory: [rows, HIDDEN], noise: [rows] }
  const names = (['position', 'memory', 'noise'] as const).filter((name) => inputs[name])
  return {
    model_name: 'small',
    inputs: names.map((name) => ({ name, datatype: 'FP32', shape: shapes[name] })),
    raw_input_contents: names.map((name) => floats(inputs[name] as Float32Array)),
    ...rest,
  }
}

/** Bytes of one output of an answer. */
export function outputOf(answer: InferAnswer, name: string): Buffer {
  const index = answer.outputs.findIndex((output) => output.name === name)
  if (index < 0) throw new Error(`the answer has no ${name}`)
  return answer.raw_output_contents[index]
}
