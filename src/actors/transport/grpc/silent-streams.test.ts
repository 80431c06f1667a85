import { describe, expect, it } from 'vitest'
import { manualTimers } from '../../../core/timers.ts'
import { silentStreams } from './silent-streams.ts'

describe('silent streams', () => {
  it('are ended when they say nothing for too long, and left alone when they have spoken', () => {
    const timers = manualTimers()
    const silent = silentStreams(timers)
    const ended: string[] = []
    silent.add(({ code }) => ended.push(`first ${code}`))
    const spoken = silent.add(({ code }) => ended.push(`second ${code}`))
    timers.advance(9_000)
    spoken()
    timers.advance(2_000)
    expect(ended).toEqual(['first wire/hello'])
  })

  it('give way to newcomers, the oldest first', () => {
    const silent = silentStreams(manualTimers())
    const ended: string[] = []
    const [first] = Array.from({ length: 130 }, (_, n) =>
      silent.add(({ code }) => ended.push(`${n} ${code}`)),
    )
    expect(ended).toEqual(['0 wire/overloaded', '1 wire/overloaded'])
    first()
    silent.add(() => {})
    expect(ended).toHaveLength(3)
  })
})
