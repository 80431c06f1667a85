import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { Replay } from './contract.ts'
import { makeReplay } from './make-replay.ts'
import { replaySchema } from './replay.schema.ts'
import { readTrace } from './trace-file.ts'

const TRACE = /\.f32\.gz$/

/**
 * Any stored game: a replay of Agon (`.json`), or a recorded game (`<name>.f32.gz` with `<name>.json` beside it, either
 * of which may be named).
 * @throws AgonError `replay/missing`, `replay/corrupt`
 */
export async function readGameFile(path: string): Promise<Replay> {
  if (TRACE.test(path)) return await readTraceAt(path, path.replace(TRACE, '.json'))
  const text = (await read(path)).toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw corrupt(`it is no JSON: ${(cause as Error).message}`, path)
  }
  if ((value as { fields?: unknown } | null)?.fields !== undefined)
    return await readTraceAt(path.replace(/\.json$/, '.f32.gz'), path)
  const checked = replaySchema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw corrupt(`it is no replay: ${issue.path.join('.')}: ${issue.message}`, path)
}

async function readTraceAt(rows: string, json: string): Promise<Replay> {
  const files = { rows: await read(rows), json: (await read(json)).toString('utf8') }
  const { recording, about } = readTrace(files, rows)
  const name = basename(rows).replace(TRACE, '')
  return makeReplay(recording, { ...about, title: `${about.title}, ${name}` })
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new AgonError('replay/missing', `the game cannot be read: ${(cause as Error).message}`, {
      place: path,
      cause,
    })
  }
}

const corrupt = (message: string, place: string): AgonError =>
  new AgonError('replay/corrupt', message, {
    place,
    remedy: 'name a replay that `agon play --replay game.json` wrote, or a recorded .f32.gz',
  })
