import { constants } from 'node:fs'
import { type FileHandle, open, readFile, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, sep, win32 } from 'node:path'
import { AgonError, fromErrorRecord, toErrorRecord } from '../../core/errors.ts'
import {
  type ExternalTensor,
  externalDataError,
  externalTensors,
  withData,
} from './external-tensor.ts'

/** A protobuf message ends below 2 GiB, and with it a model as bytes. */
const MOST_BYTES = 2 ** 31 - 1
/** What was a path inside a moment ago is opened as such, and a pipe does not hold the reader up. */
const READING = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * The bytes of an ONNX file, with the data that its tensors have in files beside it inside: what is hashed, copied and sent is
 * the whole model. Data is looked for in the model's folder and nowhere else. The only place that reads models.
 * @throws AgonError `policy/missing`, `onnx/external-data` naming the file, `onnx/corrupt`
 */
export async function readModel(path: string): Promise<Uint8Array> {
  const onnx = await readBytes(path)
  const external = ofFile(path, () => externalTensors(onnx))
  if (external.length === 0) return onnx
  const total = external.reduce((sum, { length }) => sum + length, onnx.length)
  if (total > MOST_BYTES)
    throw externalDataError(
      `the model has ${total} bytes with its data; ONNX Runtime takes at most ${MOST_BYTES} as one`,
      'export it with smaller weights, such as float16',
      path,
    )
  const files = new DataFiles(path)
  try {
    const data: Uint8Array[] = []
    for (const tensor of external) data.push(await files.read(tensor))
    return withData(onnx, data)
  } finally {
    await files.close()
  }
}

/**
 * The files that {@link readModel} reads: the model and those it names, whether they are there or not. For those who watch them.
 * A model that cannot be read names none.
 */
export async function modelFiles(path: string): Promise<readonly string[]> {
  try {
    const external = externalTensors(await readBytes(path))
    const locations = new Set(external.map(({ location }) => location).filter(staysInside))
    return [path, ...[...locations].map((location) => join(dirname(path), location))]
  } catch {
    return [path]
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new AgonError('policy/missing', `the model cannot be read: ${cause.message}`, {
      place: path,
      cause,
    })
  })
  return new Uint8Array(bytes)
}

function ofFile<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw fromErrorRecord({ ...toErrorRecord(error), place: path }, error)
  }
}

function staysInside(location: string): boolean {
  if (isAbsolute(location) || win32.isAbsolute(location) || location.includes('\0')) return false
  return !location.split(/[\\/]/).includes('..')
}

interface DataFile {
  readonly handle: FileHandle
  readonly size: number
}

/** The data files beside one model, each opened once. */
class DataFiles {
  readonly #model: string
  readonly #opened = new Map<string, DataFile>()

  constructor(model: string) {
    this.#model = model
  }

  /** @throws AgonError `onnx/external-data` */
  async read({ name, location, offset, length }: ExternalTensor): Promise<Uint8Array> {
    const { handle, size } = this.#opened.get(location) ?? (await this.#open(location))
    if (offset + length > size)
      throw this.#refused(
        `'${location}' has ${size} bytes; the tensor '${name}' needs bytes ${offset} to ${offset + length}`,
        'copy it again, whole, from beside the model that it belongs to',
      )
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; ) {
      const { bytesRead } = await handle.read(bytes, at, length - at, offset + at)
      if (bytesRead === 0) throw this.#refused(`'${location}' became shorter while it was read`)
      at += bytesRead
    }
    return bytes
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map(({ handle }) => handle.close()))
  }

  async #open(location: string): Promise<DataFile> {
    try {
      const handle = await open(await this.#inside(location), READING)
      const stat = await handle.stat()
      const file = { handle, size: stat.size }
      this.#opened.set(location, file)
      if (stat.isFile()) return file
      throw this.#refused(`'${location}' is no file that data can be read from`)
    } catch (cause) {
      if (cause instanceof AgonError) throw cause
      throw this.#refused(
        `the model keeps weights in '${location}' beside it, which cannot be read: ${(cause as Error).message}`,
        'put the file beside the model, or export the model as one file: onnx.save(model, path)',
      )
    }
  }

  /** Where a location leads in the end. */
  async #inside(location: string): Promise<string> {
    if (staysInside(location)) {
      const folder = await realpath(dirname(this.#model))
      const path = await realpath(join(folder, location))
      if (path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return path
    }
    throw this.#refused(
      `the model keeps weights in '${location}', which is outside of its folder`,
      'put the data file itself beside the model, or export the model as one file: onnx.save(model, path)',
    )
  }

  #refused(message: string, remedy?: string): AgonError {
    return externalDataError(message, remedy, this.#model)
  }
}
