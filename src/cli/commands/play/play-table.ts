import { formatCount, formatDuration } from '../../../views/text/quantities.ts'
import { type Align, formatTable } from '../../../views/text/table.ts'
import type { Played } from './play-request.ts'

/** More games than this are summed up only. */
const LISTED = 12

/** What came of the games, as lines. @param ms that they took */
export function matchTable(
  { teams, title, results, summary, devices, weaknesses }: Played,
  ms: number,
): string[] {
  if (summary === null) return ['no game has ended']
  const goals = ({ mean, standardError }: (typeof summary.goals)[number]): string =>
    standardError === undefined ? String(mean) : `${mean.toFixed(2)} ± ${standardError.toFixed(2)}`
  const right: readonly Align[] = ['left', 'right', 'right']
  const { won, drawn, first } = summary
  const sums = formatTable(
    [
      [title, ...teams],
      [
        summary.games === 1 ? 'goals' : 'goals a game',
        goals(summary.goals[0]),
        goals(summary.goals[1]),
      ],
      ['won', String(won[0]), String(won[1])],
      ['scored first', String(first[0]), String(first[1])],
    ],
    right,
  )
  const games = summary.games === 1 ? '1 game' : `${summary.games} games`
  const rate = ms > 0 ? `, ${formatCount((1000 * summary.steps) / ms)} steps/s` : ''
  return [
    ...sums,
    `${games}, ${drawn} drawn, ${summary.steps} steps in ${formatDuration(ms)}${rate}`,
    ...Object.entries(devices).map(([at, device]) => `${at} on ${device}`),
    ...(results.length === 1 || results.length > LISTED ? [] : ['', ...gameLines(results)]),
    ...(weaknesses === undefined ? [] : ['', ...classLines(teams, weaknesses)]),
  ]
}

function gameLines(results: Played['results']): string[] {
  const lines = results.map(({ number, score, steps, end }) => [
    String(number),
    `${score[0]}–${score[1]}`,
    String(steps),
    end,
  ])
  return formatTable(
    [['seed', 'score', 'steps', 'end'], ...lines],
    ['right', 'left', 'right', 'left'],
  )
}

function classLines(
  teams: Played['teams'],
  weaknesses: NonNullable<Played['weaknesses']>,
): string[] {
  const seen = weaknesses.filter(({ sightings }) => sightings.some((count) => count > 0))
  if (seen.length === 0) return ['no weakness of the known classes was seen']
  const lines = seen.map(({ id, sightings }) => [id, ...sightings.map(String)])
  return formatTable([['weakness', ...teams], ...lines], ['left', 'right', 'right'])
}
