/**
 * Writes a shared library for Linux on x64 that does nothing but need others, and that Node takes for an addon.
 *
 * The CUDA provider names the libraries it needs without saying where they are, and the loader looks only where the
 * environment pointed it when the process began. A library that is loaded already is not looked for: so the process
 * loads this one first, which needs them by their full paths. `process.dlopen` keeps no library that is no addon, hence
 * the one function, which gives back the `exports` that it was handed.
 */
export function anchorLibrary(needed: readonly string[], soname?: string): Uint8Array {
  const strings = new StringTable()
  const symbol = strings.add('napi_register_module_v1')
  const neededAt = needed.map((path) => strings.add(path))
  const sonameAt = soname === undefined ? undefined : strings.add(soname)
  const names = strings.bytes()

  const hashAt = EHDR + 4 * PHDR
  const symbolsAt = hashAt + HASH.length * 4
  const namesAt = symbolsAt + 2 * SYMBOL
  const codeAt = aligned(namesAt + names.length, 16)
  const textEnd = codeAt + RETURN_SECOND_ARGUMENT.length
  const dynamicAt = aligned(textEnd, 16)
  // One page further in memory than in the file, so that it lies in a page of its own that may be written.
  const dynamicVirtual = dynamicAt + PAGE
  const dynamic: (readonly [tag: number, value: number])[] = [
    ...neededAt.map((at) => [DT.needed, at] as const),
    ...(sonameAt === undefined ? [] : [[DT.soname, sonameAt] as const]),
    [DT.hash, hashAt],
    [DT.strtab, namesAt],
    [DT.symtab, symbolsAt],
    [DT.strsz, names.length],
    [DT.syment, SYMBOL],
    [DT.null, 0],
  ]
  const dynamicSize = dynamic.length * 16

  const file = Buffer.alloc(dynamicAt + dynamicSize)
  writeHeader(file)
  writeSegment(file, 0, PT.load, READ | EXECUTE, 0, 0, textEnd, PAGE)
  writeSegment(file, 1, PT.load, READ | WRITE, dynamicAt, dynamicVirtual, dynamicSize, PAGE)
  writeSegment(file, 2, PT.dynamic, READ | WRITE, dynamicAt, dynamicVirtual, dynamicSize, 8)
  // Without it the loader would make the stack executable.
  writeSegment(file, 3, PT.stack, READ | WRITE, 0, 0, 0, 16)
  for (const [i, word] of HASH.entries()) file.writeUInt32LE(word, hashAt + 4 * i)
  writeFunction(file, symbolsAt + SYMBOL, symbol, codeAt)
  file.set(names, namesAt)
  file.set(RETURN_SECOND_ARGUMENT, codeAt)
  dynamic.forEach(([tag, value], i) => {
    file.writeBigUInt64LE(BigInt(tag), dynamicAt + 16 * i)
    file.writeBigUInt64LE(BigInt(value), dynamicAt + 16 * i + 8)
  })
  return file
}

const [EHDR, PHDR, SYMBOL, PAGE] = [64, 56, 24, 4096]
const PT = { load: 1, dynamic: 2, stack: 0x6474e551 } as const
const DT = { null: 0, needed: 1, hash: 4, strtab: 5, symtab: 6, strsz: 10, syment: 11, soname: 14 }
const [EXECUTE, WRITE, READ] = [1, 2, 4]
/** One bucket, which begins and ends with symbol 1. */
const HASH = [1, 2, 1, 0, 0, 0]
/** `mov rax, rsi; ret`. */
const RETURN_SECOND_ARGUMENT = Uint8Array.of(0x48, 0x89, 0xf0, 0xc3)

const aligned = (value: number, to: number): number => Math.ceil(value / to) * to

function writeHeader(file: Buffer): void {
  file.write('\x7fELF', 0, 'latin1')
  // 64 bits, little-endian, version 1.
  file.set([2, 1, 1], 4)
  file.writeUInt16LE(3, 16) // shared object
  file.writeUInt16LE(62, 18) // x86-64
  file.writeUInt32LE(1, 20)
  file.writeBigUInt64LE(BigInt(EHDR), 32)
  file.writeUInt16LE(EHDR, 52)
  file.writeUInt16LE(PHDR, 54)
  file.writeUInt16LE(4, 56)
  file.writeUInt16LE(64, 58)
}

function writeSegment(
  file: Buffer,
  index: number,
  type: number,
  flags: number,
  offset: number,
  virtual: number,
  size: number,
  align: number,
): void {
  const at = EHDR + index * PHDR
  file.writeUInt32LE(type, at)
  file.writeUInt32LE(flags, at + 4)
  for (const [i, value] of [offset, virtual, virtual, size, size, align].entries())
    file.writeBigUInt64LE(BigInt(value), at + 8 + 8 * i)
}

function writeFunction(file: Buffer, at: number, name: number, value: number): void {
  file.writeUInt32LE(name, at)
  file[at + 4] = 0x12 // global, function
  file.writeUInt16LE(1, at + 6) // defined
  file.writeBigUInt64LE(BigInt(value), at + 8)
  file.writeBigUInt64LE(BigInt(RETURN_SECOND_ARGUMENT.length), at + 16)
}

/** Names one after the other, each ended by a zero; the first is empty. */
class StringTable {
  readonly #parts: Buffer[] = [Buffer.from([0])]
  #size = 1

  add(text: string): number {
    const at = this.#size
    const bytes = Buffer.from(`${text}\0`)
    this.#parts.push(bytes)
    this.#size += bytes.length
    return at
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts)
  }
}
