import {
  closeSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  openSync,
  readSync,
} from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

const [END, ENTRY] = [0x06054b50, 0x02014b50]
/** The end record with the longest comment. */
const TAIL = 65_557
const [STORED, DEFLATED] = [0, 8]

interface Entry {
  readonly name: string
  readonly method: number
  readonly size: number
  readonly at: number
}

/**
 * Takes single files out of a zip archive, such as a `.nupkg`.
 * @param wanted name without folders → path to write it to
 * @param within what the folder of an entry must contain, of those that share a name
 * @returns the names that were there
 * @throws Error where it is no such archive, or one cut short
 */
export async function readZip(
  path: string,
  wanted: ReadonlyMap<string, string>,
  within: string,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const { name, method, size, at } of entriesOf(path)) {
    const to = name.includes(within) ? wanted.get(basename(name)) : undefined
    if (to === undefined) continue
    const packed = size === 0 ? [] : createReadStream(path, { start: at, end: at + size - 1 })
    if (method === STORED) await pipeline(packed, createWriteStream(to))
    else if (method === DEFLATED) await pipeline(packed, createInflateRaw(), createWriteStream(to))
    else throw new Error(`'${name}' is packed by method ${method}, which is not known`)
    found.add(basename(name))
  }
  return found
}

function entriesOf(path: string): readonly Entry[] {
  const file = openSync(path, 'r')
  try {
    const size = fstatSync(file).size
    const read = (at: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length)
      if (at < 0 || readSync(file, bytes, 0, length, at) < length)
        throw new Error('the archive is cut short')
      return bytes
    }
    const tail = read(Math.max(0, size - TAIL), Math.min(size, TAIL))
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end < 0 || tail.readUInt32LE(end) !== END)
      throw new Error('it is no zip archive, or cut short')
    return parseEntries(read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12)), read)
  } finally {
    closeSync(file)
  }
}

function parseEntries(
  directory: Buffer,
  read: (at: number, length: number) => Buffer,
): readonly Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY; ) {
    const [names, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field))
    const local = directory.readUInt32LE(at + 42)
    const header = read(local, 30)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + names),
      method: directory.readUInt16LE(at + 10),
      size: directory.readUInt32LE(at + 20),
      at: local + 30 + header.readUInt16LE(26) + header.readUInt16LE(28),
    })
    at += 46 + names + extra + comment
  }
  return entries
}
