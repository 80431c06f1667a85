/** One word of a POSIX shell, whatever the text holds; nothing in it is expanded. A zero byte cannot be in one. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** Words of one command. */
export const shellWords = (texts: readonly string[]): string => texts.map(shellWord).join(' ')
