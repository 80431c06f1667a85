import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { AUTHORITY_FILES, writeAuthority } from './authority-files.ts'

let folder = ''
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const make = (hosts: readonly string[]): Promise<readonly string[]> => {
  folder = mkdtempSync(join(tmpdir(), 'agon-authority-'))
  return writeAuthority({ folder: join(folder, 'tls'), hosts, days: 1, now: Date.now() })
}
const read = (name: keyof typeof AUTHORITY_FILES): string =>
  readFileSync(join(folder, 'tls', AUTHORITY_FILES[name]), 'utf8')

describe('the certificates of a run', () => {
  it('are for their owner alone, and name this machine and the hosts given', async () => {
    await make(['node-7.cluster', '10.1.2.3'])
    expect(readdirSync(join(folder, 'tls')).sort()).toEqual(Object.values(AUTHORITY_FILES).sort())
    expect(statSync(join(folder, 'tls')).mode & 0o777).toBe(0o700)
    for (const name of Object.values(AUTHORITY_FILES))
      expect(statSync(join(folder, 'tls', name)).mode & 0o777).toBe(0o600)
    const server = new X509Certificate(read('server'))
    for (const host of ['node-7.cluster', hostname(), 'localhost'])
      expect(server.checkHost(host), host).toBe(host)
    for (const address of ['10.1.2.3', '127.0.0.1']) expect(server.checkIP(address)).toBe(address)
    expect(server.checkIssued(new X509Certificate(read('authority')))).toBe(true)
    expect(
      new X509Certificate(read('client')).checkIssued(new X509Certificate(read('authority'))),
    ).toBe(true)
  })

  it('replace older ones, whatever their mode was', async () => {
    await make([])
    const path = join(folder, 'tls', AUTHORITY_FILES.serverKey)
    rmSync(path)
    writeFileSync(path, 'old', { mode: 0o644 })
    await writeAuthority({ folder: join(folder, 'tls'), hosts: [], days: 1, now: Date.now() })
    expect(read('serverKey')).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it.each(['', 'a b', "x';y", 'ü'])('refuse %j as a host', async (host) => {
    await expect(make([host])).rejects.toMatchObject({ code: 'wire/certificate', place: '--host' })
  })
})
