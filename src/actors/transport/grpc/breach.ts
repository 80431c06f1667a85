import { AgonError } from '../../../core/errors.ts'

/**
 * What an actor says breaks the contract of its work: it would say the same again, and so would another in its place. Every other
 * fault of a message loses the actor alone.
 */
export class Breach extends AgonError {
  constructor({ code, message, remedy, place, fields }: AgonError) {
    super(code, message, { remedy, place, fields })
  }
}
