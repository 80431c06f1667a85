const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

/** A whole number from 0 to 999 999 in words: `one thousand two hundred thirty-four`. */
export function numberWords(n: number): string {
  if (n < 20) return ONES[n]
  if (n < 100) return n % 10 === 0 ? TENS[n / 10] : `${TENS[Math.floor(n / 10)]}-${ONES[n % 10]}`
  const [unit, name] = n < 1000 ? [100, 'hundred'] : [1000, 'thousand']
  const rest = n % unit
  return `${numberWords(Math.floor(n / unit))} ${name}${rest === 0 ? '' : ` ${numberWords(rest)}`}`
}
