import { expect, it } from 'vitest'
import { afterTicks, manualTimers, type Timers } from './timers.ts'

it('waits in ticks: time in which the thread was blocked counts once', () => {
  const late: (() => void)[] = []
  const timers: Timers = {
    after: () => () => {},
    every: (_, work) => {
      late.push(work)
      return () => {
        late.splice(late.indexOf(work), 1)
      }
    },
  }
  let over = false
  afterTicks(timers, 1000, () => {
    over = true
  })
  // Each tick as late as it may be: an interval does not make up for those that it missed.
  for (let tick = 0; tick < 9; tick++) late[0]()
  expect(over).toBe(false)
  late[0]()
  expect(over).toBe(true)
  expect(late).toEqual([])
})

it('is over after its time on an idle thread, unless it is called off', () => {
  const timers = manualTimers()
  const heard: string[] = []
  afterTicks(timers, 250, () => heard.push('over'))
  const callOff = afterTicks(timers, 250, () => heard.push('never'))
  timers.advance(200)
  callOff()
  expect(heard).toEqual([])
  timers.advance(1000)
  expect(heard).toEqual(['over'])
})
