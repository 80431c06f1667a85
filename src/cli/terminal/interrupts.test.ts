import { describe, expect, it } from 'vitest'
import { manualClock } from '../../core/clock.ts'
import { announcedInterrupts, onInterrupt } from './interrupts.ts'

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

describe('announcedInterrupts', () => {
  const heard = (...signals: readonly string[]): number => {
    let count = 0
    let tell = (_: string): void => {}
    const interrupts = announcedInterrupts((listener) => {
      tell = listener
      return () => {}
    })
    interrupts(() => count++)
    for (const signal of signals) tell(signal)
    return count
  }

  it('takes all that schedulers send for one wish, and every Ctrl-C for one of its own', () => {
    expect(heard('SIGUSR1', 'SIGTERM', 'SIGTERM')).toBe(1)
    expect(heard('SIGINT', 'SIGINT')).toBe(2)
    expect(heard('SIGTERM', 'SIGINT')).toBe(2)
  })

  it('does not take a terminal that closes after a Ctrl-C for a second one', () => {
    expect(heard('SIGINT', 'SIGHUP', 'SIGTERM')).toBe(1)
  })
})
