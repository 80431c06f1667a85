import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import type { GenerateRequest, Generation, LanguageModel } from '../contract.ts'
import { readGenerateRequest } from '../generate-request.ts'
import { readGeneration } from '../generation.schema.ts'
import { requestKey } from '../request-key.ts'

/** Who answered stands in each line, and does not count: a recording stands for whatever model made it. */
const keyOf = (request: GenerateRequest): string =>
  requestKey({ model: '', endpoint: 'recorded' }, request)

/**
 * A model that answers as a recording does: JSON lines `{ request, generation }`. Of several answers to one request the first
 * counts; a line that a kill cut short is none.
 * @throws AgonError `model/recording`
 */
export function openRecordedModel(path: string, id: string): LanguageModel {
  const known = readRecording(path)
  return {
    id,
    traits: { deterministic: true, logProbs: true },
    async generate(request, signal) {
      signal.throwIfAborted()
      const generation = known.get(keyOf(request))
      if (generation !== undefined) return generation
      const { content } = request.messages[request.messages.length - 1]
      throw new AgonError(
        'model/recording',
        `the recording has no answer to this request, which ends with '${content.slice(-80)}'`,
        { place: path, remedy: 'record it: give `record` beside the model that can answer' },
      )
    },
    close: async () => {},
  }
}

/** The same model; what it answers is added to a recording before anybody hears of it. */
export function recordingModel(model: LanguageModel, path: string): LanguageModel {
  mkdirSync(dirname(path), { recursive: true })
  let whole = endsWithLine(path)
  return {
    ...model,
    async generate(request, signal) {
      const generation = await model.generate(request, signal)
      const line = `${JSON.stringify({ model: model.id, request, generation })}\n`
      appendFileSync(path, whole ? line : `\n${line}`)
      whole = true
      return generation
    },
  }
}

function readRecording(path: string): ReadonlyMap<string, Generation> {
  const refuse = (message: string): AgonError =>
    new AgonError('model/recording', message, {
      place: path,
      remedy: 'give a file of lines { "request": …, "generation": … }',
    })
  if (!existsSync(path)) throw refuse('there is no such recording')
  const known = new Map<string, Generation>()
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  for (const line of lines) {
    const read = readLine(line)
    if (read !== null && !known.has(read.key)) known.set(read.key, read.generation)
  }
  if (known.size === 0 && lines.length > 0) throw refuse('no line is a request with its generation')
  return known
}

function readLine(line: string): { readonly key: string; readonly generation: Generation } | null {
  try {
    const { request, generation } = JSON.parse(line) as Record<string, unknown>
    const read = readGeneration(generation)
    return read === null ? null : { key: keyOf(readGenerateRequest(request)), generation: read }
  } catch {
    return null
  }
}

/** A kill may have left a part of a line. */
function endsWithLine(path: string): boolean {
  const text = existsSync(path) ? readFileSync(path) : new Uint8Array(0)
  return text.length === 0 || text.at(-1) === 10
}
