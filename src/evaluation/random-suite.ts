/** More held-out levels than this is a slip of the keyboard. */
const MOST_LEVELS = 999_999
const PREFIX = 'random:'

/** Every environment has `random:<n>`: n levels of its generator. */
export const isRandomSuite = (part: string): boolean => part.startsWith(PREFIX)

/** How many levels `random:<n>` asks for, or what is wrong with it. */
export function randomSuite(
  part: string,
): { readonly count: number; readonly fault: null } | { readonly fault: string } {
  const digits = part.slice(PREFIX.length)
  const count = Number(digits)
  if (/^\d+$/.test(digits) && count >= 1 && count <= MOST_LEVELS) return { count, fault: null }
  const shown = digits.length <= 30 ? digits : `${digits.slice(0, 29)}…`
  return {
    fault: `after random: comes a number of levels from 1 to ${MOST_LEVELS}, not '${shown}'`,
  }
}
