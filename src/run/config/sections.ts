import { configSchema } from './config.schema.ts'
import { describeOptions, type OptionRow } from './describe-options.ts'
import { builtinParts, loadDefinition, type PartKind } from './registry.ts'
import { stage } from './stages.schema.ts'

/** The keys of one thing that a config can configure. */
export interface ConfigSection {
  /** `top`, or kind and id: `environment/maze`. */
  readonly id: string
  readonly title: string
  /** What stands before the keys in a config and in `--set`: empty, `env`, `adversary`, `student`. */
  readonly prefix: string
  readonly rows: readonly OptionRow[]
}

const PREFIX: Readonly<Record<PartKind, string>> = {
  environment: 'env',
  adversary: 'adversary',
  student: 'student',
  service: 'services.<name>',
}

/** The keys of every config file, whatever its parts are. */
export function topSection(): ConfigSection {
  return { id: 'top', title: 'Every config', prefix: '', rows: describeOptions(configSchema) }
}

/** Every key that a config of built-in parts can have, by section: for `agon run --help` and `docs/config.md`. */
export async function configSections(): Promise<readonly ConfigSection[]> {
  const sections: ConfigSection[] = [
    topSection(),
    {
      id: 'stages',
      title: 'A stage',
      prefix: 'stages.<n>',
      rows: describeOptions(stage, 'stages.<n>'),
    },
  ]
  for (const kind of Object.keys(builtinParts) as PartKind[])
    for (const [id, url] of Object.entries(builtinParts[kind])) {
      const { options } = await loadDefinition(kind, url)
      const prefix = PREFIX[kind]
      sections.push({
        id: `${kind}/${id}`,
        title: `${prefix}: ${id}`,
        prefix,
        rows: describeOptions(options, prefix),
      })
    }
  return sections
}
