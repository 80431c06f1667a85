// Files of recorded traces: NAME.f32.gz (or plain NAME.f32) beside NAME.json.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { AgonError } from '../../../dist/core/errors.js'

export const malformed = (place, message, remedy) =>
  new AgonError('traces/malformed', message, { place, remedy })
export const COPY = 'copy the file again; the format is in native/football/calibration.md'

/** The JSON object of a file. @throws AgonError `traces/malformed` */
export function readHead(path) {
  try {
    const head = JSON.parse(readFileSync(path, 'utf8'))
    if (head !== null && typeof head === 'object' && !Array.isArray(head)) return head
  } catch (cause) {
    throw malformed(path, `this is no JSON: ${cause.message}`, COPY)
  }
  throw malformed(path, 'this is no JSON object', COPY)
}

/** Finite float32 numbers of a file, packed or plain. @throws AgonError `traces/malformed` */
export function readFloats(path) {
  let bytes = readFileSync(path)
  if (path.endsWith('.gz')) {
    try {
      bytes = gunzipSync(bytes)
    } catch (cause) {
      throw malformed(path, `this is no whole gzip file: ${cause.message}`, COPY)
    }
  }
  if (bytes.byteLength % 4 !== 0)
    throw malformed(path, `${bytes.byteLength} bytes are no float32 rows`, COPY)
  const floats = new Float32Array(new Uint8Array(bytes).buffer)
  const broken = floats.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) throw malformed(path, `value ${broken} is not finite`, COPY)
  return floats
}

/** The file of rows beside `NAME.json`, packed or plain. @throws AgonError `traces/malformed` for none */
export function rowsBeside(path) {
  const base = path.slice(0, -'.json'.length)
  const rows = [`${base}.f32.gz`, `${base}.f32`].find((candidate) => existsSync(candidate))
  if (rows === undefined)
    throw malformed(
      path,
      `neither ${base}.f32.gz nor ${base}.f32 stands beside it`,
      'copy both files',
    )
  return rows
}

const ROWS = /\.f32(\.gz)?$/

/**
 * Names of the .json files of a folder; none when it does not exist.
 * @throws AgonError `traces/malformed` where rows have no .json beside them
 */
export function namesIn(folder) {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).sort()
  const alone = files.find(
    (file) => ROWS.test(file) && !files.includes(file.replace(ROWS, '.json')),
  )
  if (alone !== undefined)
    throw malformed(
      join(folder, alone),
      `${alone.replace(ROWS, '.json')}, which says what the rows are, does not stand beside it`,
      'copy both files',
    )
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
}
