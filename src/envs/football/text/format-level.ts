import type { FootballLevel, LevelPlayer } from '../level.ts'
import { LEVEL_DEFAULTS } from '../level-space/level-defaults.ts'
import { FIELDS, type Field } from './fields.ts'
import { float32Text } from './float32-text.ts'

/** The form for people's files, see {@link parseLevels}. What a level has by default is left out. */
export function formatLevel(level: FootballLevel, name?: string): string {
  const lines = name === undefined ? [] : [`name: ${name}`]
  for (const [key, field] of Object.entries(FIELDS)) {
    const written = (field as Field).format(level)
    if (key === 'ball' || written !== (field as Field).format(LEVEL_DEFAULTS))
      lines.push(`${key}: ${written}`)
  }
  for (const side of ['left', 'right'] as const)
    lines.push(`${side}:`, ...level[side].map((player) => `  ${formatPlayer(player)}`))
  return `${lines.join('\n')}\n`
}

function formatPlayer({ role, x, y, lazy, controllable }: LevelPlayer): string {
  const words = [role, float32Text(x), float32Text(y)]
  if (lazy) words.push('lazy')
  if (!controllable) words.push('fixed')
  return words.join(' ')
}
