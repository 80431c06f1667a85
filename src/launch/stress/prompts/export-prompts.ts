import { stringify } from 'yaml'
import type { PromptForm } from '../../../envs/contract.ts'
import type { HistoryRow } from '../../../run/history/contract.ts'
import { openPromptArchive, type PromptArchive } from './prompt-elites.ts'

export const EXPORTS = ['jsonl', 'promptfoo', 'tuning'] as const

/** Prompts with their kind and what came of them; tests that promptfoo reads; or chats with right answers, to tune a model on. */
export type ExportForm = (typeof EXPORTS)[number]

/** @throws AgonError as {@link openPromptArchive} */
export async function exportPrompts(dir: string, form: ExportForm, top: number): Promise<string> {
  const archive = await openPromptArchive(dir)
  const rows = archive.rows.slice(0, top)
  const prompts = archive.environment.levels.prompts!
  switch (form) {
    case 'jsonl':
      return lines(rows.map((row) => recordOf(archive, prompts, row)))
    case 'tuning':
      return lines(rows.flatMap((row) => chatOf(archive, prompts, row)))
    case 'promptfoo':
      return stringify({
        description: `prompts on which a model failed: ${archive.environment.spec.profile}`,
        prompts: ['{{prompt}}'],
        tests: rows.map((row) => testOf(archive, prompts, row)),
      })
  }
}

const lines = (records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('')

const levelOf = ({ environment }: PromptArchive, { level }: HistoryRow): unknown =>
  environment.levels.decode(level)

/** The right answer, where the level knows one. */
const answerOf = (level: unknown): string | undefined =>
  (level as { readonly answer?: string } | null)?.answer

function recordOf(archive: PromptArchive, prompts: PromptForm<unknown>, row: HistoryRow): object {
  const level = levelOf(archive, row)
  const answer = answerOf(level)
  return {
    id: row.id,
    prompt: prompts.text(level),
    kind: prompts.kind(level),
    ...(answer === undefined ? {} : { answer }),
    fitness: row.objective,
    response: row.prompt?.response ?? null,
    parents: row.parents,
    ...(row.prompt?.seed === undefined ? {} : { seed: row.prompt.seed }),
  }
}

/** Elites whose right answer is not known teach nothing. */
function chatOf(archive: PromptArchive, prompts: PromptForm<unknown>, row: HistoryRow): object[] {
  const level = levelOf(archive, row)
  const answer = answerOf(level)
  if (answer === undefined || (row.objective ?? 0) < 0.5) return []
  return [
    {
      messages: [
        { role: 'user', content: prompts.text(level) },
        { role: 'assistant', content: answer },
      ],
    },
  ]
}

function testOf(archive: PromptArchive, prompts: PromptForm<unknown>, row: HistoryRow): object {
  const level = levelOf(archive, row)
  const answer = answerOf(level)
  const kind = Object.values(prompts.kind(level)).join(', ')
  return {
    description: `${row.id}: ${kind}`,
    vars: { prompt: prompts.text(level) },
    ...(answer === undefined ? {} : { assert: [{ type: 'icontains', value: answer }] }),
  }
}
