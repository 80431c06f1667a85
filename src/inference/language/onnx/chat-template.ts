import type { ChatMessage } from '../contract.ts'
import type { ModelCard } from './contract.ts'

/** A chat as the text that the model goes on from. */
export function promptOf(
  messages: readonly ChatMessage[],
  template: ModelCard['template'],
): string {
  const turns = messages.map(({ role, content }) =>
    // A function, since `$` means something in a replacement text.
    (template[role] ?? '').replace('{content}', () => content),
  )
  return `${turns.join('')}${template.answer}`
}
