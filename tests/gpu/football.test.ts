import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nativeFootball } from '../../src/envs/football/native/native-football.ts'
import { agonData } from '../support/agon-data.ts'
import { agon } from '../support/command.ts'
import { workingGpu } from './working-gpu.ts'

const works = await workingGpu()
const folder = agonData('tizero')
const noGames = nativeFootball().cudaFault()
if (noGames !== null) console.warn(`Skipped: ${noGames}`)
const root = mkdtempSync(join(tmpdir(), 'agon-gpu-'))
afterAll(() => rmSync(root, { recursive: true }))

describe.skipIf(!works || folder === undefined || noGames !== null)('TiZero on a GPU', () => {
  it('plays the games of the CPU against a bot, and they are stepped there too', async () => {
    await agon(['import', join(folder!, 'tizero.onnx'), '--out', root])
    const play = async (...options: string[]) => {
      const sides = ['--left', join(root, 'tizero.onnx'), '--right', 'bot:0.95']
      const length = ['--games', '8', '--steps', '400']
      const { code, events, stderr } = await agon([
        'play',
        'football',
        ...sides,
        ...length,
        ...options,
      ])
      expect(code, stderr).toBe(0)
      return events.filter(({ kind }) => kind === 'game')
    }
    const cpu = await play()
    expect(cpu).toHaveLength(8)
    expect(await play('--games-device', 'cuda')).toEqual(cpu)
    expect(await play('--device', 'cuda', '--games-device', 'cuda')).toEqual(cpu)
  })
})
