/** Characters of a name that another program gives. */
export const LONGEST_NAME = 200

/** Whether a name of another program may stand in tables and files as it is. */
export function isPrintable(name: string): boolean {
  return name !== '' && name.length <= LONGEST_NAME && !/\p{Cc}/u.test(name)
}

/** The same for what is looked up by its name: of no meaning to objects here. */
export function isPlainName(name: string): boolean {
  return isPrintable(name) && name !== '__proto__'
}

/** A name for an error, shortened, with what is not printable as escapes. */
export const quoted = (name: string): string =>
  JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name)
