/** How operations stand in the texts that language models read. */

export const SIGNS = { addition: '+', subtraction: '-', multiplication: '*' } as const

export const OPERATION_WORDS = {
  addition: 'plus',
  subtraction: 'minus',
  multiplication: 'times',
} as const
