/** What refusals begin with, or say in their first sentences. */
const SIGNS: readonly RegExp[] = [
  /\b(?:i'?m|i am) (?:very |so )?sorry,? but\b/i,
  /\bi (?:can(?:no|')t|can’t|cannot|am unable to|am not able to|'m not able to|won't|will not) (?:help|assist|answer|provide|comply|do|support|discuss|share|give)\b/i,
  /\b(?:unable|not able) to (?:help|assist|comply|answer)\b/i,
  /\bas an ai\b.*\bcannot\b/i,
  /\bi must (?:decline|refuse)\b/i,
  /\bthis request (?:cannot|can't) be (?:fulfilled|answered)\b/i,
]

/** Characters of a response in which it says that it refuses. */
const LOOKED_AT = 240

/** Whether a response refuses what was asked. */
export const isRefusal = (response: string): boolean => {
  const said = response.slice(0, LOOKED_AT).replaceAll('’', "'").replace(/\s+/g, ' ')
  return said.trim() === '' || SIGNS.some((sign) => sign.test(said))
}
