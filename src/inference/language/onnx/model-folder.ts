import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../../../core/bytes.ts'
import { AgonError } from '../../../core/errors.ts'
import { readModel } from '../../onnx/read-model.ts'
import type { LanguageModelFile } from './contract.ts'
import { formatModelCard, parseModelCard } from './model-card.ts'
import { parseTokenizer } from './tokenizer.ts'

const GRAPH = 'model.onnx'
const CARD = 'model.yaml'
const TOKENIZER = 'tokenizer.json'

/** Whether a path is a folder with the files of a language model, or with some of them. */
export async function isModelFolder(path: string): Promise<boolean> {
  const found = await Promise.all(
    [GRAPH, CARD, TOKENIZER].map((name) =>
      stat(join(path, name)).then(
        (one) => one.isFile(),
        () => false,
      ),
    ),
  )
  return found.includes(true)
}

/** @throws AgonError `model/missing`, `model/card`, `model/tokenizer`, `onnx/*` */
export async function readModelFolder(path: string): Promise<LanguageModelFile> {
  const [text, tokenizer] = await Promise.all([readText(path, CARD), readText(path, TOKENIZER)])
  const card = parseModelCard(text, join(path, CARD))
  const { tokens } = parseTokenizer(tokenizer, join(path, TOKENIZER))
  const refuse = (message: string): AgonError =>
    new AgonError('model/card', message, {
      place: join(path, CARD),
      remedy: 'take model.yaml and tokenizer.json of one model',
    })
  if (tokens.length !== card.vocabulary)
    throw refuse(
      `vocabulary: says ${card.vocabulary}, and ${TOKENIZER} has ${tokens.length} tokens`,
    )
  if (!tokens.slice(1).includes(card.end))
    throw refuse(`end: ${JSON.stringify(card.end)} is no token`)
  return { onnx: await readModel(join(path, GRAPH)), tokenizer, card }
}

/** SHA-256 of what decides what a model says, as hex. */
export function modelDigest({ onnx, tokenizer, card }: LanguageModelFile): string {
  return sha256(`${sha256(onnx)}\n${tokenizer}\n${formatModelCard(card)}`)
}

/** Writes the three files; the folder is made. */
export async function writeModelFolder(path: string, file: LanguageModelFile): Promise<void> {
  await mkdir(path, { recursive: true })
  await writeFile(join(path, GRAPH), file.onnx)
  await writeFile(join(path, TOKENIZER), file.tokenizer)
  await writeFile(join(path, CARD), formatModelCard(file.card))
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8')
  } catch (cause) {
    throw new AgonError('model/missing', `there is no ${name} in the model folder`, {
      place: folder,
      remedy:
        'a model folder has model.onnx, model.yaml and tokenizer.json: docs/language-models.md',
      cause,
    })
  }
}
