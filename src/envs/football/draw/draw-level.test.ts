import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RAW_ROW, RAW_ROW_WIDTH } from '../observe/raw-row.ts'
import { parseLevel } from '../text/parse-levels.ts'
import { drawGame } from './draw-game.ts'
import { drawLevel } from './draw-level.ts'
import { emptyPitch } from './pitch.ts'

const DOCS = new URL('../../../../docs/environments/', import.meta.url)
const page = readFileSync(new URL('football.md', DOCS), 'utf8')
const level = parseLevel(/```text\n([\s\S]*?)```/.exec(page)?.[1] ?? '')

/** Where a group of the picture stands, by what is written in it. */
const places = (picture: string, role: string): number[][] =>
  [...picture.matchAll(/<g transform="translate\((\S+) (\S+)\)">.*?<\/g>/g)]
    .filter(([markup]) => markup.includes(`>${role}<`))
    .map(([, x, y]) => [Number(x), Number(y)])

describe('drawLevel', () => {
  // After a change: npx vitest run --project unit src/envs/football/draw -u
  it('draws the level of the docs as their picture shows it', async () => {
    await expect(`${drawLevel(level)}\n`).toMatchFileSnapshot(
      new URL('football-level.svg', DOCS).pathname,
    )
  })

  it('puts players at their metres, the right team turned', () => {
    const picture = drawLevel(level)
    expect(places(picture, 'GK')).toEqual([
      [-55, 0],
      [55, 0],
    ])
    expect(places(picture, 'CB')).toEqual([
      [41.3, 0],
      [46.8, -8.5],
    ])
    expect(picture).toContain('<circle cx="33.7" cy="0"')
    expect(picture.match(/stroke-dasharray/g)).toHaveLength(1)
  })
})

describe('drawGame', () => {
  it('shows score, restart, owner, runs, cards and who was sent off', () => {
    const row = new Float64Array(RAW_ROW_WIDTH)
    row[RAW_ROW.leftPlayers] = 2
    row[RAW_ROW.rightPlayers] = 2
    row.set([1, 1], RAW_ROW.left.active)
    row.set([1, 0], RAW_ROW.right.active)
    row.set([-1, 0, 0.5, 0.1], RAW_ROW.left.position)
    row.set([0, 0, 0.0147, 0], RAW_ROW.left.direction)
    row.set([0, 9], RAW_ROW.left.roles)
    row.set([0, 1], RAW_ROW.left.yellowCard)
    row.set([0.5, 0.1, 6], RAW_ROW.ball)
    row.set([2, 1], RAW_ROW.score)
    row[RAW_ROW.ballOwnedPlayer] = 1
    row[RAW_ROW.gameMode] = 4
    row[RAW_ROW.stepsLeft] = 77
    const picture = drawGame(row)
    expect(picture).toContain('>left 2<')
    expect(picture).toContain('>1 right<')
    expect(picture).toContain('>corner · 77 steps left<')
    expect(places(picture, 'CF')).toEqual([[27.2, 8.4]])
    // 0.0147 × 54.4 m in a tenth of a second, drawn for half of one.
    expect(picture).toContain('M0 0l4 0')
    expect(picture.match(/fill="#ffd400"/g)).toHaveLength(1)
    expect(picture.match(/stroke="#ffffff" stroke-width="0.6"/g)).toHaveLength(1)
    expect(picture.match(/<g transform/g)).toHaveLength(3)
    // In the air, above its shadow.
    expect(picture).toContain('<ellipse cx="27.2" cy="8.4"')
    expect(picture).toContain('<circle cx="27.2" cy="2.5"')
  })
})

it('draws the pitch that maps of the ball lie on, by field units', () => {
  const { picture, x, y } = emptyPitch()
  const [left, top, width, height] = (/viewBox="([^"]+)"/.exec(picture)?.[1] ?? '')
    .split(' ')
    .map(Number)
  // The goal line is where a ball reads 1.0110, the line at the bottom of the picture where it reads 0.4306.
  const along = (value: number) => left + (width * (value - x[0])) / (x[1] - x[0])
  const down = (value: number) => top + (height * (y[1] - value)) / (y[1] - y[0])
  expect([along(-1.011), along(0), along(1.011)].map(Math.round)).toEqual([-55, 0, 55])
  expect([down(-0.4306), down(0), down(0.4306)].map(Math.round)).toEqual([-36, 0, 36])
})
