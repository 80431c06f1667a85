import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Machine, onLinux, PROVIDER, refusal, SHARED } from '../support/gpu-machine.ts'

describe.skipIf(!onLinux)('agon gpu install from a .nupkg', () => {
  let server: Server
  let served: Buffer
  beforeAll(async () => {
    server = createServer((_, response) => response.end(served))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => server.close())
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/gpu.nupkg`

  const packed = ({ source }: Machine): Buffer =>
    zip(
      [SHARED, PROVIDER].flatMap((name) => {
        const bytes = readFileSync(join(source, name))
        return [
          [`runtimes/win-x64/native/${name}`, Buffer.from('another one')] as const,
          [`runtimes/linux-x64/native/${name}`, bytes] as const,
        ]
      }),
    )

  it('takes the libraries for Linux out of what is downloaded', async () => {
    const machine = new Machine()
    served = packed(machine)
    const finished = await machine.install(url())
    expect(finished.code, finished.stderr).toBe(0)
    expect(machine.kept).toHaveLength(3)
  })

  it('refuses one that is cut short, and keeps nothing', async () => {
    const machine = new Machine()
    served = packed(machine).subarray(0, 500)
    const finished = await machine.install(url())
    expect(refusal(finished)).toMatchObject({
      code: 'gpu/source',
      message: expect.stringContaining('cut short'),
    })
    expect(machine.kept).toEqual([])
  })
})

/** The least zip archive: entries packed by deflate, no digests. */
function zip(entries: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, bytes] of entries) {
    const packed = deflateRawSync(bytes)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(bytes.length, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(bytes.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}
