import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { AgonError } from '../../../core/errors.ts'
import { type Rule, script } from './rules.schema.ts'

/** The rules of a YAML file. @throws AgonError `model/script` */
export function readScript(path: string): readonly Rule[] {
  const refuse = (message: string): AgonError =>
    new AgonError('model/script', message, {
      place: path,
      remedy: "write { rules: [{ when: 'pattern', answers: [text] }] }",
    })
  let value: unknown
  try {
    value = parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw refuse(`the script cannot be read: ${(cause as Error).message.split('\n')[0]}`)
  }
  const { success, data, error } = script.safeParse(value)
  if (success) return data.rules
  const [{ path: at, message }] = error.issues
  throw refuse(`${at.join('.')}: ${message}`)
}
