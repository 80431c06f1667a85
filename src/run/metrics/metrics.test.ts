import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MetricsRow } from '../contract.ts'
import { readMetrics, readTimings } from './metrics-reader.ts'
import { openMetricsWriter } from './metrics-writer.ts'
import { formatMetricsRow } from './row-format.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'agon-metrics-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const row = (cycle: number, more: Record<string, number> = {}): MetricsRow => ({
  'agent/entropy': 1.5 / (cycle + 1),
  env_steps: cycle * 8192,
  cycle,
  gradient_updates: cycle,
  ...more,
})
const timing = (cycle: number, epoch: number) => ({ cycle, epoch, cycle_ms: 12.5, wall_ms: 100 })
const metricsBytes = () => readFileSync(join(dir, 'metrics.jsonl'), 'utf8')

describe('canonical rows', () => {
  it('puts the counters first and sorts the rest', () => {
    expect(formatMetricsRow(row(3, { 'adversary/score_max': 0.1, 'agent/return_mean': -0 }))).toBe(
      '{"cycle":3,"gradient_updates":3,"env_steps":24576,"adversary/score_max":0.1,"agent/entropy":0.375,"agent/return_mean":0}',
    )
  })

  it('does not depend on the order of keys', () => {
    const metrics = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    )
    fc.assert(
      fc.property(metrics, (more) => {
        const forward = { ...more, cycle: 1, gradient_updates: 1, env_steps: 1 }
        const backward = Object.fromEntries(Object.entries(forward).reverse()) as MetricsRow
        expect(formatMetricsRow(backward)).toBe(formatMetricsRow(forward))
        const zeroed = Object.entries(forward).map(([key, value]) => [key, value === 0 ? 0 : value])
        expect(JSON.parse(formatMetricsRow(forward))).toEqual(Object.fromEntries(zeroed))
      }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s by name', (value) => {
    expect(() => formatMetricsRow(row(1, { 'agent/value_loss': value }))).toThrowError(
      expect.objectContaining({ code: 'metrics/not-finite', place: 'agent/value_loss' }),
    )
  })

  it('refuses a counter that is no integer', () => {
    expect(() => formatMetricsRow(row(1, { env_steps: 0.5 }))).toThrowError(
      expect.objectContaining({ code: 'metrics/counter', place: 'env_steps' }),
    )
  })
})

describe('metrics writer', () => {
  it('gives the bytes of an undisturbed run after a cut at any cycle', () => {
    const undisturbed = Array.from({ length: 20 }, (_, i) => `${formatMetricsRow(row(i + 1))}\n`)
    for (const [cut, died] of [
      [0, 3],
      [5, 5],
      [7, 11],
      [19, 20],
    ]) {
      rmSync(join(dir, 'metrics.jsonl'), { force: true })
      const first = openMetricsWriter(dir)
      for (let cycle = 1; cycle <= died; cycle++) first.append(row(cycle))
      first.close()
      appendFileSync(join(dir, 'metrics.jsonl'), formatMetricsRow(row(died + 1)).slice(0, 20))
      const second = openMetricsWriter(dir)
      expect(second.truncateTo(cut)).toBe(cut === 0 ? -1 : cut)
      for (let cycle = cut + 1; cycle <= 20; cycle++) second.append(row(cycle))
      second.sync()
      second.close()
      expect(metricsBytes()).toBe(undisturbed.join(''))
    }
  })

  it('cuts a torn last line off when opened', async () => {
    const whole = `${formatMetricsRow(row(1))}\n`
    writeFileSync(join(dir, 'metrics.jsonl'), `${whole}{"cycle":2,"gradient`)
    openMetricsWriter(dir).close()
    expect(metricsBytes()).toBe(whole)
  })

  it('says when the file does not reach the cut', () => {
    const writer = openMetricsWriter(dir)
    writer.append(row(4))
    expect(writer.truncateTo(9)).toBe(4)
    writer.close()
  })

  it('refuses a cycle that is not after the last', () => {
    const writer = openMetricsWriter(dir)
    writer.append(row(4))
    expect(() => writer.append(row(4))).toThrowError(
      expect.objectContaining({ code: 'metrics/order' }),
    )
    writer.close()
  })

  it('names the line of a damaged file', () => {
    writeFileSync(join(dir, 'metrics.jsonl'), `${formatMetricsRow(row(1))}\ngarbage\n`)
    expect(() => openMetricsWriter(dir)).toThrowError(
      expect.objectContaining({ code: 'run/metrics-damaged', place: 'metrics.jsonl:2' }),
    )
  })
})

describe('readers', () => {
  it('give nothing where there is no file', async () => {
    expect(await readMetrics(dir)).toEqual([])
    expect(await readTimings(dir)).toEqual([])
  })

  it('pass over a torn last line', async () => {
    writeFileSync(join(dir, 'metrics.jsonl'), `${formatMetricsRow(row(1))}\n{"cycle":2,"gr`)
    expect(await readMetrics(dir)).toEqual([row(1)])
  })

  it('take the newest epoch of a cycle', async () => {
    const writer = openMetricsWriter(dir)
    for (const [cycle, epoch] of [
      [1, 0],
      [2, 0],
      [3, 0],
      [2, 1],
      [3, 2],
    ])
      writer.appendTimings(timing(cycle, epoch))
    writer.close()
    expect((await readTimings(dir)).map(({ cycle, epoch }) => [cycle, epoch])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ])
  })

  it('name the line of a damaged file', async () => {
    writeFileSync(join(dir, 'timings.jsonl'), '{"cycle":1,"epoch":0}\n{"cycle":null}\n')
    await expect(readTimings(dir)).rejects.toMatchObject({
      code: 'run/metrics-damaged',
      place: 'timings.jsonl:2',
    })
  })
})
