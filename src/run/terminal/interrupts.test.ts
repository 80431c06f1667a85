import { describe, expect, it } from 'vitest'
import { manualClock } from '../../core/clock.ts'
import { onInterrupt } from './interrupts.ts'

function keyboard() {
  const clock = manualClock()
  const seen: string[] = []
  let handler = (): void => {}
  const release = onInterrupt(
    (given) => {
      handler = given
      return () => {
        handler = () => {}
      }
    },
    clock,
    { stop: () => seen.push('stop'), exit: () => seen.push('exit') },
  )
  return { clock, seen, release, press: () => handler() }
}

describe('onInterrupt', () => {
  it('stops at the first and leaves at the second', () => {
    const { clock, seen, press } = keyboard()
    press()
    clock.advance(1_000)
    press()
    expect(seen).toEqual(['stop', 'exit'])
  })

  it('takes two signals at once for one key press', () => {
    const { clock, seen, press } = keyboard()
    press()
    clock.advance(20)
    press()
    expect(seen).toEqual(['stop'])
    clock.advance(1_000)
    press()
    expect(seen).toEqual(['stop', 'exit'])
  })

  it('hears nothing after its release', () => {
    const { seen, press, release } = keyboard()
    release()
    press()
    expect(seen).toEqual([])
  })
})
