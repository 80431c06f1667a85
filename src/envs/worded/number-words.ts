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

/** What such words say, in any case and with `and` between them; null where another word stands there. */
export function readNumberWords(text: string): number | null {
  const words = text
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((word) => word !== '' && word !== 'and')
  if (words.length === 0) return null
  let [total, part] = [0, 0]
  for (const word of words) {
    const one = ONES.indexOf(word)
    const ten = TENS.indexOf(word)
    if (one >= 0) part += one
    else if (ten >= 2) part += 10 * ten
    else if (word === 'hundred') part = Math.max(part, 1) * 100
    else if (word === 'thousand') {
      total += Math.max(part, 1) * 1000
      part = 0
    } else return null
  }
  return total + part
}
