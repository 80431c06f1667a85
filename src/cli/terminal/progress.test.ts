import { describe, expect, it } from 'vitest'
import { manualClock } from '../../core/clock.ts'
import type { ProgressEvent } from '../../run/contract.ts'
import { fakeTerminal } from '../testing/fake-context.ts'
import { jsonProgress, terminalProgress } from './progress.ts'

const started: ProgressEvent = {
  kind: 'started',
  dir: 'runs/a',
  from: 0,
  spent: { cycles: 0, gradientUpdates: 0, envSteps: 0 },
  budget: { cycles: 10 },
}

const cycle = (cycles: number, extra: Readonly<Record<string, number>> = {}): ProgressEvent => ({
  kind: 'cycle',
  spent: { cycles, gradientUpdates: cycles, envSteps: cycles * 1_000 },
  done: cycles / 10,
  metrics: { cycle: cycles, gradient_updates: cycles, env_steps: cycles * 1_000, ...extra },
  timings: { cycle: cycles, epoch: 1, cycle_ms: 1_000, wall_ms: cycles * 1_000 },
})

describe('terminalProgress off a screen', () => {
  it('prints a line every few seconds, and the last cycle', () => {
    const terminal = fakeTerminal()
    const clock = manualClock()
    const progress = terminalProgress(terminal, clock)
    progress.on(started)
    for (let i = 1; i <= 10; i++) {
      clock.advance(1_000)
      progress.on(cycle(i, { 'agent/solve_rate': 0.5, 'agent/return_mean': 0.25 }))
    }
    expect(terminal.stderr().trimEnd().split('\n')).toEqual([
      'run runs/a',
      'cycle 1/10 · 10 % · solved 0.50 · return 0.25',
      'cycle 6/10 · 60 % · 1 k steps/s · 4.0 s left · solved 0.50 · return 0.25',
      'cycle 10/10 · 100 % · 1 k steps/s · solved 0.50 · return 0.25',
    ])
    expect(terminal.stdout()).toBe('')
  })

  it('names the students where there are several, and leaves the adversary out', () => {
    const terminal = fakeTerminal()
    const progress = terminalProgress(terminal, manualClock())
    progress.on(
      cycle(1, {
        'adversary/solve_rate': 1,
        'antagonist/solve_rate': 0.75,
        'protagonist/solve_rate': 0.25,
      }),
    )
    expect(terminal.stderr()).toContain('solved antagonist 0.75 protagonist 0.25')
    expect(terminal.stderr()).not.toContain('1.00')
  })

  it('gives attempts a second where the run counts them', () => {
    const terminal = fakeTerminal()
    const clock = manualClock()
    const progress = terminalProgress(terminal, clock)
    progress.on({ ...started, budget: { seconds: 60 } })
    for (const cycles of [1, 10]) {
      clock.advance(6_000)
      const one = cycle(cycles) as Extract<ProgressEvent, { kind: 'cycle' }>
      progress.on({ ...one, spent: { ...one.spent, evaluations: 64 * cycles, seconds: cycles } })
    }
    expect(terminal.stderr()).toContain('96 evaluations/s · 1.50 k steps/s')
  })

  it('tells of restores, warnings and evaluations', () => {
    const terminal = fakeTerminal()
    const progress = terminalProgress(terminal, manualClock())
    const cause = { code: 'worker/lost', message: 'a thread died' }
    progress.on({ kind: 'restored', epoch: 2, from: 4, cause })
    progress.on({ kind: 'restored', epoch: 3, from: 4, cause: null })
    progress.on({ kind: 'warning', warning: { code: 'cut/torn', message: 'a cut is torn' } })
    progress.on({
      kind: 'evaluation',
      slot: 'agent',
      when: 'baseline',
      solvedRate: 0.125,
      suite: 'maze/dcd',
      cycle: 0,
      measures: { goals: -0.5, win_rate: 0.25 },
    })
    expect(terminal.stderr().trimEnd().split('\n')).toEqual([
      'restored cycle 4 (epoch 2) after: a thread died [worker/lost]',
      'warning a cut is torn [cut/torn]',
      'maze/dcd: agent untrained solves 0.13, goals -0.50, win_rate 0.25',
    ])
  })
})

describe('terminalProgress on a screen', () => {
  it('rewrites a line no more than ten times a second', () => {
    const terminal = fakeTerminal({ interactive: true, columns: 60 })
    const clock = manualClock()
    const progress = terminalProgress(terminal, clock)
    for (let i = 1; i <= 9; i++) {
      clock.advance(30)
      progress.on(cycle(i))
    }
    progress.close()
    expect(
      terminal
        .stderr()
        .split('\r\x1b[K')
        .filter((text) => text !== ''),
    ).toHaveLength(3)
    expect(terminal.stderr().endsWith('\r\x1b[K')).toBe(true)
  })
})

describe('jsonProgress', () => {
  it('prints each event as a line, and notes apart', () => {
    const terminal = fakeTerminal()
    const progress = jsonProgress(terminal)
    progress.on(started)
    progress.on(cycle(1))
    progress.note('stopping')
    const lines = terminal.stdout().trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([started, cycle(1)])
    expect(terminal.stderr()).toBe('stopping\n')
  })
})
