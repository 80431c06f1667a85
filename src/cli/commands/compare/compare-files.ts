import type { PresentedComparison } from '../../../views/compare/index.ts'
import type { Arguments, CommandSpec } from '../../command.ts'
import type { CompareServices } from './services.ts'

/** Options of the commands that end with a comparison. */
export const COMPARE_FILES: CommandSpec['options'] = {
  csv: { value: 'FILE', about: 'write the score of every run on every level, a line each' },
  html: { value: 'FILE', about: 'write one self-contained page with plots' },
}

export const writesFiles = (args: Arguments): boolean =>
  args.text('csv') !== undefined || args.text('html') !== undefined

/** Writes what was asked for: the paths. @throws AgonError `compare/unwritable` */
export async function writeFiles(
  args: Arguments,
  comparison: PresentedComparison,
  write: CompareServices['write'],
): Promise<string[]> {
  const written: string[] = []
  const files = [
    [args.text('csv'), comparison.csv],
    [args.text('html'), comparison.page],
  ] as const
  for (const [path, text] of files) {
    if (path === undefined) continue
    await write(path, text())
    written.push(path)
  }
  return written
}
