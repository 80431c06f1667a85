/** Letters, digits and single blanks in lower case: what is left of an answer where its form does not matter. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Whether the words of one text stand side by side in another. */
export const hasWords = (text: string, words: string): boolean =>
  ` ${plain(text)} `.includes(` ${plain(words)} `)

/** A number of characters, code point by code point. */
export const lengthOf = (text: string): number => [...text].length
