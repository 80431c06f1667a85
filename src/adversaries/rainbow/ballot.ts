import type { Generation } from '../../inference/language/contract.ts'
import { labelOf } from '../../inference/language/labels.ts'
import type { Ballot } from './voting-contract.ts'

/** What a judge says; null for what is neither of two, or no label at all. */
export function ballotOf({ text }: Pick<Generation, 'text'>): Ballot {
  switch (labelOf(text)) {
    case 'A':
      return 'first'
    case 'B':
      return 'second'
    default:
      return null
  }
}
