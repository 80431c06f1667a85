import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENCODINGS } from './encodings.ts'
import { decodeLevel, encodeLevel, LEVEL_NUMBERS } from './level-record.ts'
import { nativeHere } from './testing/native-here.ts'

const football = nativeHere()

describe.skipIf(football === null)('level records', () => {
  it('give back every scenario as it was', () => {
    for (const name of football?.scenarios ?? []) {
      const level = football?.scenario(name, 1)
      if (level === undefined) throw new Error(name)
      const record = encodeLevel(level, new Float64Array(LEVEL_NUMBERS))
      expect(decodeLevel(record)).toEqual(level)
    }
  })

  it('keep every field that the scenarios do not use', () => {
    const level = football?.scenario('5_vs_5', 0)
    if (level === undefined) throw new Error('no scenario')
    for (const change of [
      { kickOff: 'right', secondHalf: 20, reverseTeamProcessing: true },
      { kickOff: 'left', secondHalf: 0, reverseTeamProcessing: false },
      { controlAllPlayers: true, mayOverlap: true, useMagnet: false },
      { endEpisodeOnScore: true, endEpisodeOnOutOfPlay: true, offsides: false },
      { endEpisodeOnPossessionChange: true, reverseTeamProcessing: 'by-seed' },
    ] as const) {
      const changed = { ...level, ...change }
      expect(decodeLevel(encodeLevel(changed, new Float64Array(LEVEL_NUMBERS)))).toEqual(changed)
    }
  })
})

describe('encodings', () => {
  it('are in the order in which the simulator counts them', () => {
    const path = 'native/football/include/agon/football/game-batch.hpp'
    const header = readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')
    const names = /enum class Encoding : std::int32_t \{([^}]*)\}/.exec(header)?.[1] ?? ''
    const counted = [...names.matchAll(/k(\w+),/g)].map(([, name]) => name.toLowerCase())
    expect(Object.keys(ENCODINGS).map((name) => name.replace('-', ''))).toEqual(counted)
  })
})
