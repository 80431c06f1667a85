import { createReadStream, createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'

const BLOCK = 512
const FILE_TYPES = ['0', '\0']

/**
 * Takes single files out of a `.tgz`, by their names without folders.
 * @param wanted name → path to write it to
 * @returns the names that were there
 */
export async function readTarball(
  path: string,
  wanted: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const bytes = new ByteReader(createReadStream(path).pipe(createGunzip()))
  for (;;) {
    const header = await bytes.take(BLOCK)
    // Two empty blocks end an archive.
    if (header === null || header[0] === 0) return found
    const text = (from: number, to: number): string =>
      header.toString('utf8', from, to).split('\0')[0]
    const size = Number.parseInt(text(124, 136).trim() || '0', 8)
    const name = basename(text(0, 100))
    const to = FILE_TYPES.includes(String.fromCharCode(header[156])) ? wanted.get(name) : undefined
    if (to !== undefined) found.add(name)
    await bytes.copy(size, to)
    await bytes.copy((BLOCK - (size % BLOCK)) % BLOCK, undefined)
  }
}

/** A stream read in pieces of the length that is wanted. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  /** @returns null where the stream ends before */
  async take(count: number): Promise<Buffer | null> {
    while (this.#rest.length < count) {
      const next = await this.#chunks.next()
      if (next.done === true) return null
      this.#rest = Buffer.concat([this.#rest, next.value])
    }
    const taken = this.#rest.subarray(0, count)
    this.#rest = this.#rest.subarray(count)
    return taken
  }

  /** Writes the next bytes to a file, or passes over them. @throws Error where the stream ends before */
  async copy(count: number, to: string | undefined): Promise<void> {
    const file = to === undefined ? undefined : createWriteStream(to)
    let left = count
    while (left > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next()
        if (next.done === true) throw new Error('the archive is cut short')
        this.#rest = next.value
      }
      const part = this.#rest.subarray(0, left)
      this.#rest = this.#rest.subarray(part.length)
      left -= part.length
      if (file?.write(part) === false)
        await new Promise<void>((resolve) => file.once('drain', () => resolve()))
    }
    if (file !== undefined)
      await new Promise<void>((resolve, reject) => {
        file.on('error', reject)
        file.end(resolve)
      })
  }
}
