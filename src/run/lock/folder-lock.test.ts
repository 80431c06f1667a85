import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findHolder } from './find-holder.ts'
import { lockFile, lockFolder } from './folder-lock.ts'
import { formatHolder, type Holder, newHolder } from './holder.ts'
import type { KernelAnswer } from './kernel-lock.ts'
import { type LockSystem, realLockSystem } from './lock-system.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const text = (): string => readFileSync(lockFile(folder), 'utf8')
const leave = (holder: Partial<Holder>): void =>
  writeFileSync(lockFile(folder), formatHolder({ ...newHolder(true), ...holder }))
const ELSEWHERE = { pid: 1, started: '77', host: 'other', boot: 'another', pids: 'pid:[1]' }
const LINUX = process.platform === 'linux'

/** A system whose kernel answers that, and whose time passes at once. */
function system(kernel: KernelAnswer, inPause = (_: number): void => {}) {
  let paused = 0
  let beat = (): void => {}
  const made: LockSystem = {
    kernelLock: () => kernel,
    wall: () => 1e12,
    async pause(ms) {
      paused += ms
      inPause(paused)
    },
    every(_, work) {
      beat = work
      return () => {}
    },
  }
  return { ...made, beat: () => beat(), paused: () => paused }
}

const LOCKED = expect.objectContaining({ code: 'run/locked' })
const LOST = expect.objectContaining({ code: 'run/lock-lost' })

describe('the lock of a folder', () => {
  it.each([
    ['with the locks of this system', realLockSystem],
    ['where the kernel has none', system('unknown')],
  ])('is taken by one at a time, %s', async (_, on) => {
    const first = await lockFolder(folder, { system: on })
    await expect(lockFolder(folder, { system: on })).rejects.toThrow(LOCKED)
    expect(findHolder(folder)?.pid).toBe(process.pid)
    first.check()
    first.release()
    expect(existsSync(lockFile(folder))).toBe(false)
    const second = await lockFolder(folder, { system: on })
    first.release()
    second.check()
    second.release()
  })

  it('is given to one of many who come at the same moment', async () => {
    for (const on of [
      realLockSystem,
      { ...realLockSystem, kernelLock: () => 'unknown' as const },
    ]) {
      const all = await Promise.allSettled(
        Array.from({ length: 4 }, () => lockFolder(folder, { system: on })),
      )
      const taken = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect(taken).toHaveLength(1)
      taken[0].check()
      taken[0].release()
    }
  })

  it('is free of a process that died, whose number is used again, or that nobody knows', async () => {
    const dead: Partial<Holder>[] = [
      { pid: 2 ** 22 + 1, kernel: false },
      // Only Linux tells when a process started.
      ...(LINUX ? [{ pid: process.ppid, started: '1', kernel: false }] : []),
    ]
    for (const holder of dead) {
      leave(holder)
      expect(findHolder(folder)).toBeNull()
      ;(await lockFolder(folder)).release()
    }
    for (const left of ['', 'garbage', '-4', '0', String(2 ** 22 + 1)]) {
      writeFileSync(lockFile(folder), left)
      expect(findHolder(folder)).toBeNull()
      ;(await lockFolder(folder)).release()
    }
  })

  it('is not free of a living one, also as an older Agon wrote it', async () => {
    const living = { pid: process.ppid, kernel: false }
    for (const left of [
      formatHolder({ ...newHolder(false), ...living, started: undefined }),
      `${process.ppid}`,
    ]) {
      writeFileSync(lockFile(folder), left)
      expect(findHolder(folder)?.pid).toBe(process.ppid)
      await expect(lockFolder(folder)).rejects.toThrow(LOCKED)
    }
  })

  it('is free at once where the kernel says that a container of this machine is gone', async () => {
    leave({ pid: 1, started: '77', pids: 'pid:[1]' })
    const on = system(LINUX ? 'taken' : 'unknown')
    const lock = await lockFolder(folder, { system: on })
    if (LINUX) expect(on.paused()).toBe(0)
    lock.release()
  })

  it('is not free where the kernel says that another container has it', async () => {
    leave({ pid: 1, started: '77', pids: 'pid:[1]' })
    expect(findHolder(folder, system('held'))?.pid).toBe(1)
    const refused = lockFolder(folder, { system: system('held') })
    await expect(refused).rejects.toThrow(
      LINUX ? /process 1 of another container of this machine/ : LOCKED,
    )
  })

  it.each(['taken', 'unknown'] as const)(
    'of another host is free after half a minute without a sign of life (%s)',
    async (kernel) => {
      leave(ELSEWHERE)
      const warnings: string[] = []
      const on = system(kernel)
      const lock = await lockFolder(folder, {
        system: on,
        onWatch: ({ code }) => warnings.push(code),
      })
      expect(on.paused()).toBeGreaterThanOrEqual(30_000)
      expect(warnings).toEqual(['run/lock-watched'])
      lock.release()
    },
  )

  it('of another host is not free as long as somebody touches it', async () => {
    leave(ELSEWHERE)
    const on = system('taken', (paused) => {
      // The clocks of hosts need not agree.
      if (paused === 20_000) utimesSync(lockFile(folder), 5, 5)
    })
    await expect(lockFolder(folder, { system: on })).rejects.toThrow(/process 1 of host other/)
    expect(text()).toContain('other')
  })

  it('can be freed by hand while it is watched', async () => {
    leave(ELSEWHERE)
    const on = system('taken', (paused) => {
      if (paused === 1000) rmSync(lockFile(folder))
    })
    const lock = await lockFolder(folder, { system: on })
    expect(on.paused()).toBeLessThan(2000)
    lock.check()
    lock.release()
  })

  it.each([
    ['taken by another', () => leave(ELSEWHERE), /process 1 of host other has its lock/],
    ['removed', () => rmSync(lockFile(folder)), /somebody who removed it/],
  ])('is lost when it is %s, and then left alone', async (_, lose, why) => {
    const on = system('unknown')
    const lock = await lockFolder(folder, { system: on })
    const told: unknown[] = []
    lock.onLost((error) => told.push(error))
    on.beat()
    expect(told).toEqual([])
    lose()
    expect(() => lock.check()).toThrow(LOST)
    expect(() => lock.check()).toThrow(why)
    on.beat()
    expect(told).toEqual([LOST])
    const left = existsSync(lockFile(folder)) ? text() : null
    lock.release()
    expect(existsSync(lockFile(folder)) ? text() : null).toBe(left)
  })
})
