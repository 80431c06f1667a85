import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Host } from './cluster.ts'

/** Hosts with addresses, names and links of their own: one network namespace each, on one bridge. */
export interface Network {
  /** Address of this machine on the bridge. */
  readonly controller: string
  readonly hosts: readonly Host[]
  /** Pulls the plug of a host, or puts it back. */
  link(host: string, state: 'up' | 'down'): void
  remove(): void
}

const ip = (...words: string[]): void => {
  execFileSync('ip', words, { stdio: 'pipe' })
}

/** Why there can be no such network here, or null. */
export function whyNoNetwork(): string | null {
  if (process.platform !== 'linux') return 'no Linux'
  if (process.getuid?.() !== 0) return 'needs root'
  const missing = ['ip', 'nsenter', 'unshare'].filter(
    (name) => spawnSync('which', [name]).status !== 0,
  )
  if (missing.length > 0) return `${missing.join(', ')} not installed (apt: iproute2 util-linux)`
  const tried = spawnSync('ip', ['netns', 'add', `agon-probe-${process.pid}`], { encoding: 'utf8' })
  spawnSync('ip', ['netns', 'delete', `agon-probe-${process.pid}`])
  return tried.status === 0 ? null : `no network namespaces: ${tried.stderr.trim()}`
}

export function makeNetwork(count: number): Network {
  const subnet = `10.213.${process.pid % 250}`
  // Names of devices have 15 letters at most.
  const tag = `ag${process.pid % 10_000}`
  const folder = mkdtempSync(join(tmpdir(), 'agon-network-'))
  const controller = `${subnet}.1`
  const hosts = Array.from({ length: count }, (_, i) => ({
    name: `n${i + 1}`,
    address: `${subnet}.${11 + i}`,
  }))
  const names = [{ name: hostname(), address: controller }, ...hosts]
  const hostsFile = join(folder, 'hosts')
  writeFileSync(
    hostsFile,
    ['127.0.0.1 localhost', ...names.map(({ name, address }) => `${address} ${name}`), ''].join(
      '\n',
    ),
  )
  const veth = (name: string): string => `${tag}${name}`
  const namespace = (name: string): string => `${tag}-${name}`
  const network: Network = {
    controller,
    hosts: hosts.map(({ name, address }) => ({
      name,
      hostname: name,
      address,
      port: 6818,
      // Not `ip netns exec`: that mounts /sys anew, and slurmd then finds no cgroups.
      enter: [
        ...['nsenter', `--net=/var/run/netns/${namespace(name)}`],
        ...['unshare', '--uts', '--mount', 'sh', '-c'],
        `mount --bind ${hostsFile} /etc/hosts && hostname ${name} && exec "$@"`,
        'sh',
      ],
    })),
    link: (host, state) => ip('link', 'set', veth(host), state),
    remove() {
      for (const { name } of hosts) {
        // A namespace lives as long as a process in it; its link must not wait for that.
        spawnSync('ip', ['link', 'delete', veth(name)])
        spawnSync('ip', ['netns', 'delete', namespace(name)])
      }
      spawnSync('ip', ['link', 'delete', `${tag}br`])
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    ip('link', 'add', `${tag}br`, 'type', 'bridge')
    ip('address', 'add', `${controller}/24`, 'dev', `${tag}br`)
    ip('link', 'set', `${tag}br`, 'up')
    for (const { name, address } of hosts) {
      ip('netns', 'add', namespace(name))
      ip(
        'link',
        'add',
        veth(name),
        'type',
        'veth',
        'peer',
        'name',
        'eth0',
        'netns',
        namespace(name),
      )
      ip('link', 'set', veth(name), 'master', `${tag}br`, 'up')
      const inside = (...words: string[]): void => ip('-netns', namespace(name), ...words)
      inside('address', 'add', `${address}/24`, 'dev', 'eth0')
      for (const device of ['lo', 'eth0']) inside('link', 'set', device, 'up')
      inside('route', 'add', 'default', 'via', controller)
    }
    return network
  } catch (error) {
    network.remove()
    throw error
  }
}
