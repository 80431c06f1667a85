import { AgonError } from '../../core/errors.ts'
import type { kserve } from '../../wire/index.ts'

/** Whose recurrent state a request goes on with. */
export interface SequenceParameters {
  readonly id: string
  readonly start: boolean
  readonly end: boolean
}

/** What a request asks beside its tensors. */
export interface RequestParameters {
  readonly sequence: SequenceParameters | undefined
  /** Names the stream of the noise that the server draws. */
  readonly seed: number | undefined
  readonly step: number
}

type Parameters = Readonly<Record<string, kserve.InferParameter.$Properties>>

const NONE: RequestParameters = { sequence: undefined, seed: undefined, step: 0 }

/** @throws AgonError `inference/parameters` */
export function readParameters(parameters: Parameters): RequestParameters {
  for (const _ in parameters) return readGiven(parameters)
  return NONE
}

function readGiven(parameters: Parameters): RequestParameters {
  const id = readSequenceId(parameters.sequence_id)
  const start = parameters.sequence_start?.boolParam === true
  const end = parameters.sequence_end?.boolParam === true
  if (id === undefined && (start || end))
    throw refuse('sequence_start and sequence_end need a sequence_id')
  return {
    sequence: id === undefined ? undefined : { id, start, end },
    seed: readCount('seed', parameters.seed),
    step: readCount('step', parameters.step) ?? 0,
  }
}

/** 0 and the empty text mean none, as in other servers of the protocol. */
function readSequenceId(
  parameter: kserve.InferParameter.$Properties | undefined,
): string | undefined {
  if (parameter === undefined) return undefined
  if (parameter.stringParam != null) return parameter.stringParam || undefined
  const number = readCount('sequence_id', parameter)
  return number === 0 || number === undefined ? undefined : String(number)
}

function readCount(
  name: string,
  parameter: kserve.InferParameter.$Properties | undefined,
): number | undefined {
  if (parameter === undefined) return undefined
  const value = parameter.int64Param ?? parameter.uint64Param
  if (value == null) throw refuse(`${name} is a whole number, given as int64_param`)
  if (Number.isSafeInteger(value)) return value
  throw refuse(`${name} is beyond ±2^53, where numbers lose digits; give a smaller one`)
}

function refuse(message: string): AgonError {
  return new AgonError('inference/parameters', message, {
    remedy: 'docs/serve.md lists the parameters of a request',
  })
}
