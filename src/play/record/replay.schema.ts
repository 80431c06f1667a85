import { z } from 'zod'
import type { Replay } from './contract.ts'
import { EVENT_KINDS } from './event-kinds.ts'
import { REPLAY_COLUMNS } from './replay-columns.ts'

const team = z.strictObject({
  name: z.string().max(200),
  roles: z.array(z.string().max(8)).min(1).max(11),
})

const about = z.strictObject({
  title: z.string().max(500),
  teams: z.tuple([team, team]),
  seed: z.number().optional(),
  difficulty: z.tuple([z.number(), z.number()]).optional(),
})

const BYTES = { int8: 1, uint8: 1, int16: 2, uint16: 2 } as const

/** A stored game; columns must have the length that rows and players ask for, events must lie in the game. */
export const replaySchema = z
  .strictObject({
    format: z.literal('agon-football-replay'),
    version: z.literal(1),
    about,
    rows: z.int().min(1).max(100_000),
    events: z.array(
      z.strictObject({
        row: z.int().min(0),
        kind: z.enum(EVENT_KINDS),
        team: z.union([z.literal(0), z.literal(1)]),
        player: z.int().min(0).optional(),
      }),
    ),
    columns: z.record(
      z.enum(Object.keys(REPLAY_COLUMNS) as [keyof typeof REPLAY_COLUMNS]),
      z.base64(),
    ),
  })
  .superRefine(({ rows, about: { teams }, columns, events }, context) => {
    const players = teams[0].roles.length + teams[1].roles.length
    for (const [name, { type, width }] of Object.entries(REPLAY_COLUMNS)) {
      const bytes = rows * width(players) * BYTES[type]
      const found = Buffer.byteLength(columns[name as keyof typeof columns] ?? '', 'base64')
      if (found !== bytes)
        context.addIssue({
          code: 'custom',
          path: ['columns', name],
          message: `${found} bytes, expected ${bytes}`,
        })
    }
    events.forEach(({ row, team: side, player = 0 }, index) => {
      if (row >= rows || player >= teams[side].roles.length)
        context.addIssue({ code: 'custom', path: ['events', index], message: 'is not in the game' })
    })
  }) satisfies z.ZodType<Replay, unknown>
