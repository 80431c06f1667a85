import { AgonError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
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

type Parameter = kserve.InferParameter.$Properties
type Parameters = Readonly<Record<string, Parameter>>

const KNOWN: readonly string[] = ['sequence_id', 'sequence_start', 'sequence_end', 'seed', 'step']

const NONE: RequestParameters = { sequence: undefined, seed: undefined, step: 0 }

/** @throws AgonError `inference/parameters` */
export function readParameters(parameters: Parameters): RequestParameters {
  for (const _ in parameters) return readGiven(parameters)
  return NONE
}

function readGiven(parameters: Parameters): RequestParameters {
  checkNames(parameters)
  const id = readSequenceId(parameters.sequence_id)
  const start = readFlag('sequence_start', parameters.sequence_start)
  const end = readFlag('sequence_end', parameters.sequence_end)
  if (id === undefined && (start || end))
    throw refuse('sequence_start and sequence_end need a sequence_id')
  return {
    sequence: id === undefined ? undefined : { id, start, end },
    seed: readWhole('seed', parameters.seed, -Number.MAX_SAFE_INTEGER),
    step: readWhole('step', parameters.step) ?? 0,
  }
}

/** Others may mean something to other servers, and change nothing here; but a name that is nearly one of these is a slip. */
function checkNames(parameters: Parameters): void {
  for (const name in parameters) {
    if (KNOWN.includes(name)) continue
    const near = nearest(name, KNOWN)
    if (near !== undefined) throw refuse(`there is no parameter '${name}'; did you mean '${near}'?`)
  }
}

/** 0 and the empty text mean none, as in other servers of the protocol. */
function readSequenceId(parameter: Parameter | undefined): string | undefined {
  if (parameter === undefined) return undefined
  if (parameter.stringParam != null) return parameter.stringParam || undefined
  const number = readWhole('sequence_id', parameter)
  return number === 0 || number === undefined ? undefined : String(number)
}

function readFlag(name: string, parameter: Parameter | undefined): boolean {
  if (parameter === undefined) return false
  if (parameter.boolParam != null) return parameter.boolParam
  throw refuse(`${name} is a flag, given as bool_param, not as ${kindOf(parameter)}`)
}

function readWhole(name: string, parameter: Parameter | undefined, least = 0): number | undefined {
  if (parameter === undefined) return undefined
  const value = parameter.int64Param ?? parameter.uint64Param
  if (value == null)
    throw refuse(
      `${name} is a whole number, given as int64_param or uint64_param, not as ${kindOf(parameter)}`,
    )
  if (!Number.isSafeInteger(value))
    throw refuse(`${name} is beyond ±2^53, where numbers lose digits; give a smaller one`)
  if (value < least) throw refuse(`${name} is ${value}; it is at least ${least}`)
  return value
}

function kindOf({ boolParam, stringParam, doubleParam, int64Param, uint64Param }: Parameter) {
  if (boolParam != null) return 'bool_param'
  if (stringParam != null) return 'string_param'
  if (doubleParam != null) return 'double_param'
  return int64Param != null || uint64Param != null ? 'a number' : 'nothing'
}

/**
 * What an input or an output asks for beside its values: whoever asks for another form must not take this one for it.
 * @throws AgonError `inference/parameters`
 */
export function checkTensorParameters({
  name,
  parameters,
}: {
  readonly name: string
  readonly parameters: Parameters
}): void {
  for (const parameter in parameters)
    if (/^(shared_memory_|classification$)/.test(parameter))
      throw refuse(`'${name}' has the parameter ${parameter}, which is not served`)
}

function refuse(message: string): AgonError {
  return new AgonError('inference/parameters', message, {
    remedy: 'docs/serve.md lists the parameters of a request',
  })
}
