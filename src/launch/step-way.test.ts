import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { stepWay } from './step-way.ts'

const folder = mkdtempSync(join(tmpdir(), 'agon-step-way-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A rendezvous file that says so of its socket. */
function saying(socket: string | undefined): string {
  const path = join(folder, 'env.json')
  writeFileSync(
    path,
    JSON.stringify({ format: 1, kind: 'environments', address: '127.0.0.1:1', pid: 1, socket }),
  )
  return path
}

it('is pipes where the file names a socket that is here, else gRPC', () => {
  const way = (address: string) => stepWay({ id: 'remote', options: { address } })
  expect(way(saying(folder))).toEqual(['the environment is hosted: its steps go over pipes'])
  for (const address of [
    saying(join(folder, 'elsewhere')),
    saying(undefined),
    '127.0.0.1:1',
    join(folder, 'nothing'),
  ])
    expect(way(address)).toEqual(['the environment is hosted: its steps go over gRPC'])
})

it('is not spoken of where nothing is hosted', () => {
  expect(stepWay({ id: 'maze', options: {} })).toEqual([])
})
