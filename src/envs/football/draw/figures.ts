import type { Role } from '../level.ts'
import type { Side } from '../level-space/defect.ts'
import { LAZY_COLOURS, rounded, TEAM_COLOURS } from './pitch.ts'

const RADIUS = 1.75

export interface Figure {
  /** Metres, y down. */
  readonly x: number
  readonly y: number
  readonly side: Side
  readonly role: Role
  /** Does nothing of his own accord: drawn pale. */
  readonly lazy?: boolean
  /** Never given to an agent: a dashed rim. */
  readonly fixed?: boolean
  /** Has a card: a yellow corner. */
  readonly carded?: boolean
  /** Has the ball: a bright rim. */
  readonly owner?: boolean
  /** Metres that he runs in half a second: a line ahead of him. */
  readonly run?: readonly [x: number, y: number]
}

/** Keepers wear yellow around their team's colour. */
const KEEPER = '#ffd84d'

export function playerMarkup(figure: Figure): string {
  const { x, y, side, role, lazy = false, fixed = false, carded, owner, run } = figure
  const rim = owner === true ? '#ffffff' : role === 'GK' ? KEEPER : '#10241a'
  const width = owner === true || role === 'GK' ? 0.6 : 0.3
  const ahead =
    run === undefined
      ? ''
      : `<path d="M0 0l${rounded(run[0])} ${rounded(run[1])}" stroke="${TEAM_COLOURS[side]}" stroke-width="0.7" stroke-linecap="round"/>`
  return (
    `<g transform="translate(${rounded(x)} ${rounded(y)})">${ahead}` +
    `<circle r="${RADIUS}" fill="${(lazy ? LAZY_COLOURS : TEAM_COLOURS)[side]}" stroke="${rim}" stroke-width="${width}"${fixed ? ' stroke-dasharray="1 0.6"' : ''}/>` +
    `<text y="0.62" font-size="1.75" font-weight="600" text-anchor="middle" fill="#fff">${role}</text>` +
    `${carded === true ? '<rect x="1" y="-2.3" width="0.9" height="1.3" fill="#ffd400"/>' : ''}</g>`
  )
}

/** @param height of the ball's centre in metres: in the air it stands above its shadow and grows */
export function ballMarkup(x: number, y: number, height = 0.11): string {
  const lift = Math.max(0, height - 0.11)
  const size = 0.85 + Math.min(1, lift * 0.12)
  const shadow =
    lift < 0.3
      ? ''
      : `<ellipse cx="${rounded(x)}" cy="${rounded(y)}" rx="0.9" ry="0.5" fill="#000" opacity="0.35"/>`
  return `${shadow}<circle cx="${rounded(x)}" cy="${rounded(y - lift)}" r="${rounded(size)}" fill="#fff" stroke="#111" stroke-width="0.35"/>`
}
