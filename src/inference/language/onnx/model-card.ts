import { Document, parseDocument } from 'yaml'
import { AgonError } from '../../../core/errors.ts'
import type { ModelCard } from './contract.ts'
import { modelCardSchema } from './model-card.schema.ts'

/**
 * Reads `model.yaml`.
 * @param place name of the file, for errors
 * @throws AgonError `model/card`
 */
export function parseModelCard(text: string, place = 'model.yaml'): ModelCard {
  const document = parseDocument(text)
  const broken = document.errors[0]
  if (broken !== undefined) throw cardError(broken.message.split('\n')[0], place)
  let plain: unknown
  try {
    plain = document.toJS()
  } catch (cause) {
    throw cardError((cause as Error).message, place)
  }
  return checked(plain, place)
}

/** Writes `model.yaml`: keys in the order of the schema, so equal cards give equal bytes. */
export function formatModelCard(card: ModelCard): string {
  return new Document(checked(card, 'model card')).toString({ lineWidth: 0 })
}

function checked(plain: unknown, place: string): ModelCard {
  const result = modelCardSchema.safeParse(plain)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue.path.map(String).join('.')
  throw cardError(path === '' ? issue.message : `${path}: ${issue.message}`, place)
}

function cardError(message: string, place: string): AgonError {
  return new AgonError('model/card', message, {
    place,
    remedy: 'docs/language-models.md lists the fields of model.yaml',
  })
}
