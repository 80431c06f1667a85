import { AgonError } from '../core/errors.ts'
import type { Catalogue, Command } from './command.ts'

/** @throws AgonError `usage/command` with the nearest name */
export async function findCommand(commands: Catalogue, name: string): Promise<Command> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load !== undefined) return await load()
  const { nearest } = await import('../core/nearest.ts')
  const what = name.startsWith('-') ? 'option' : 'command'
  const near = nearest(name, Object.keys(commands))
  const hint = near === undefined ? '' : `; did you mean '${near}'?`
  throw new AgonError(`usage/${what}`, `there is no ${what} '${name}'${hint}`, {
    place: 'agon',
    remedy: '`agon help` lists the commands',
    fields: { [what]: name, ...(near === undefined ? {} : { nearest: near }) },
  })
}
