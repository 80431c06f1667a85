import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** What a shared library of 64 bits says of itself. */
export interface ElfFile {
  /** Names of libraries that it needs, in their order. */
  readonly needed: readonly string[]
  readonly soname: string | undefined
}

/**
 * Reads the head of a shared library, not the whole of it.
 * @returns why it is none, where it is none: `is cut short`, `is no shared library`
 */
export function readElf(path: string): ElfFile | string {
  const file = openSync(path, 'r')
  try {
    const size = fstatSync(file).size
    const read = (at: number, length: number): Buffer | null => {
      if (at < 0 || length < 0 || at + length > size) return null
      const bytes = Buffer.alloc(length)
      return readSync(file, bytes, 0, length, at) === length ? bytes : null
    }
    return parse(read, size)
  } finally {
    closeSync(file)
  }
}

type Read = (at: number, length: number) => Buffer | null

interface Segment {
  readonly type: number
  readonly offset: number
  readonly virtual: number
  readonly size: number
}

const CUT = 'is cut short'
const [PT_LOAD, PT_DYNAMIC] = [1, 2]
const [DT_NULL, DT_NEEDED, DT_STRTAB, DT_STRSZ, DT_SONAME] = [0, 1, 5, 10, 14]

function parse(read: Read, size: number): ElfFile | string {
  const header = read(0, 64)
  if (size === 0) return 'is empty'
  const magic = header ?? read(0, Math.min(4, size))!
  if (magic.toString('latin1', 0, 4) !== '\x7fELF') return 'is no shared library'
  if (header === null) return CUT
  if (header[4] !== 2 || header[5] !== 1) return 'is no shared library of 64 bits'
  const sections = number(header, 40) + header.readUInt16LE(58) * header.readUInt16LE(60)
  const segments = readSegments(header, read)
  if (sections > size || segments === null) return CUT
  if (segments.some(({ offset, size: length }) => offset + length > size)) return CUT
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC)
  if (dynamic === undefined) return 'is no shared library'
  const entries = readDynamic(read(dynamic.offset, dynamic.size)!)
  const value = (tag: number): number | undefined => entries.find(([of]) => of === tag)?.[1]
  const [table, length] = [value(DT_STRTAB), value(DT_STRSZ)]
  if (table === undefined || length === undefined) return 'is no shared library'
  const strings = read(fileOffset(table, segments), length)
  if (strings === null) return CUT
  const text = (at: number): string => strings.toString('utf8', at, strings.indexOf(0, at))
  const soname = value(DT_SONAME)
  return {
    needed: entries.filter(([tag]) => tag === DT_NEEDED).map(([, at]) => text(at)),
    soname: soname === undefined ? undefined : text(soname),
  }
}

function readSegments(header: Buffer, read: Read): readonly Segment[] | null {
  const [each, count] = [header.readUInt16LE(54), header.readUInt16LE(56)]
  const table = read(number(header, 32), each * count)
  if (table === null) return null
  return Array.from({ length: count }, (_, i) => {
    const at = i * each
    return {
      type: table.readUInt32LE(at),
      offset: number(table, at + 8),
      virtual: number(table, at + 16),
      size: number(table, at + 32),
    }
  })
}

function readDynamic(bytes: Buffer): readonly (readonly [tag: number, value: number])[] {
  const entries: [number, number][] = []
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    const tag = number(bytes, at)
    if (tag === DT_NULL) break
    entries.push([tag, number(bytes, at + 8)])
  }
  return entries
}

function fileOffset(virtual: number, segments: readonly Segment[]): number {
  const within = segments.find(
    (s) => s.type === PT_LOAD && virtual >= s.virtual && virtual < s.virtual + s.size,
  )
  return within === undefined ? -1 : within.offset + virtual - within.virtual
}

const number = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at))
