/** Numbers as people read them. Each gives `–` for what is not known (NaN, infinite). */

const UNKNOWN = '–'

/** Three significant digits with k, M, G: 950, 12.3 k, 2.46 M. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return UNKNOWN
  const units = ['', ' k', ' M', ' G', ' T']
  let scaled = value
  let unit = 0
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000
    unit++
  }
  return `${threeDigits(scaled)}${units[unit]}`
}

/** Bytes with binary units: 512 B, 1.50 MiB. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return UNKNOWN
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let scaled = bytes
  let unit = 0
  while (scaled >= 1023.5 && unit < units.length - 1) {
    scaled /= 1024
    unit++
  }
  return `${unit === 0 ? Math.round(scaled) : threeDigits(scaled)} ${units[unit]}`
}

/** 0.4 s, 42 s, 3 m 07 s, 2 h 05 m, 3 d 04 h. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return UNKNOWN
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} m ${pad(seconds % 60)} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ${pad(minutes % 60)} m`
  return `${Math.floor(hours / 24)} d ${pad(hours % 24)} h`
}

/** 0 … 1 as a whole percentage that says 100 only at the end. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return UNKNOWN
  return share >= 1 ? '100 %' : `${Math.min(99, Math.floor(share * 100))} %`
}

/** A rate or return: two decimals. */
export const formatScore = (value: number): string =>
  Number.isFinite(value) ? value.toFixed(2) : UNKNOWN

/** `, goal_difference 0.12, win_rate 0.31`, to stand behind a solved rate; nothing where there are none. */
export const measuresText = (measures: Readonly<Record<string, number>> = {}): string =>
  Object.entries(measures)
    .map(([name, value]) => `, ${name} ${formatScore(value)}`)
    .join('')

/** What a measurement of one slot came to. */
export interface SlotScore {
  /** Null: not measured, or nothing can be solved; then `measures` has `mean_return`. */
  readonly solvedRate: number | null
  /** By name; absent where the environment has none. */
  readonly measures?: Readonly<Record<string, number>>
}

export const isMeasured = ({ solvedRate, measures }: SlotScore): boolean =>
  solvedRate !== null || measures !== undefined

/** `0.31, win_rate 0.12`, and `mean_return 214.30` where nothing can be solved; `–` where nothing was measured. */
export function scoreText({ solvedRate, measures }: SlotScore): string {
  const beside = measuresText(measures)
  return solvedRate === null && beside !== ''
    ? beside.slice(2)
    : formatScore(solvedRate ?? Number.NaN) + beside
}

/** As {@link scoreText}, or with several students `antagonist 0.31, goals 2.00; protagonist 0.24`; null where nothing was measured. */
export function formatSolved(
  of: SlotScore & { readonly slots?: Readonly<Record<string, SlotScore>> },
): string | null {
  if (!isMeasured(of)) return null
  if (of.slots === undefined) return scoreText(of)
  const each = Object.entries(of.slots)
  const apart = each.some(([, { measures }]) => measures !== undefined) ? '; ' : ' '
  return each.map(([slot, score]) => `${slot} ${scoreText(score)}`).join(apart)
}

function threeDigits(value: number): string {
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1000) return String(value)
  return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2)
}

const pad = (value: number): string => String(value).padStart(2, '0')
