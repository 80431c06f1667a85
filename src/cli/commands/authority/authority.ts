import { EXIT } from '../../../run/exit-codes.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson } from '../../terminal/terminal.ts'
import { type AuthorityServices, authorityServices } from './services.ts'

const MOST_DAYS = 3650

export const authorityCommand: CommandDefinition<AuthorityServices> = {
  services: authorityServices,
  spec: {
    name: 'authority',
    about: 'make certificates for mutual TLS: an authority, a listener, and those who dial it',
    positionals: [{ name: 'dir', about: 'where to write them; made if need be', required: true }],
    options: {
      host: {
        value: 'NAME',
        about: 'a name or address that the listener is dialled by, beside those of this machine',
        many: true,
      },
      days: { value: 'N', about: 'how long they hold; default 30' },
    },
    notes: [
      'Every file is for its owner alone. The key of the authority is not kept: for more certificates, make all of them again.',
      'agon run --on slurm does this for every start of a job.',
    ],
    examples: [
      'agon authority tls --host node-1.cluster',
      'agon run config.yaml --listen 0.0.0.0:7070 --tls-cert tls/server.pem --tls-key tls/server.key --tls-client-ca tls/authority.pem',
    ],
  },
  async run(args, { services, terminal }) {
    const [folder] = args.positionals
    const days = args.integer('days', 1, MOST_DAYS) ?? 30
    const files = await services.makeAuthority({ folder, hosts: args.texts('host'), days })
    if (args.flag('json')) printJson(terminal, { kind: 'authority', dir: folder, files })
    else for (const file of files) terminal.out(`${file}\n`)
    return EXIT.ok
  },
}
