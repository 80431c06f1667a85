import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { AgonError } from '../../core/errors.ts'
import { PROVIDER_LIBRARIES } from '../../inference/cuda/provider-cache.ts'
import { readTarball } from './read-tarball.ts'
import { readZip } from './read-zip.ts'
import type { ProviderRelease } from './release.ts'

/** What `--from` named. */
export type ProviderSource =
  | { readonly kind: 'npm' }
  | { readonly kind: 'nuget'; readonly url: string }
  | { readonly kind: 'folder' | 'archive'; readonly path: string }

const NUGET = 'https://api.nuget.org/v3-flatcontainer'
const NATIVE = 'runtimes/linux-x64/native/'

/** @throws AgonError `gpu/source` */
export function parseSource(text: string, { nuget, version }: ProviderRelease): ProviderSource {
  if (text === 'npm') return { kind: 'npm' }
  const id = nuget.package.toLowerCase()
  if (text === 'nuget')
    return { kind: 'nuget', url: `${NUGET}/${id}/${version}/${id}.${version}.nupkg` }
  if (/^https?:\/\//.test(text)) return { kind: 'nuget', url: text }
  const stat = statSync(text, { throwIfNoEntry: false })
  if (stat?.isDirectory()) return { kind: 'folder', path: text }
  if (stat !== undefined && /\.(tgz|nupkg)$/.test(text)) return { kind: 'archive', path: text }
  throw noSource(
    stat === undefined ? 'is not there' : 'is neither a folder nor a .tgz or .nupkg',
    text,
  )
}

/** For people: where it comes from, how large and under which licence. */
export function describeSource(
  source: ProviderSource,
  { npm, nuget, version }: ProviderRelease,
): { readonly source: string; readonly bytes: number | null; readonly licence: string } {
  switch (source.kind) {
    case 'npm':
      return {
        source: `npm ${npm.package}@${npm.version}`,
        bytes: npm.packedBytes,
        licence: npm.licence,
      }
    case 'nuget':
      return { source: source.url, bytes: null, licence: nuget.licence }
    default:
      return { source: `${source.path} (${version})`, bytes: null, licence: nuget.licence }
  }
}

/**
 * Puts the provider libraries into `folder`, unchecked.
 * @throws AgonError `gpu/source`, and what the file system says
 */
export async function fetchLibraries(
  source: ProviderSource,
  release: ProviderRelease,
  folder: string,
): Promise<void> {
  const wanted = new Map(PROVIDER_LIBRARIES.map((name) => [name, join(folder, name)]))
  if (source.kind === 'folder') {
    for (const [name, to] of wanted) {
      const from = join(source.path, name)
      if (!existsSync(from)) throw noSource(`has no ${name}`, source.path)
      copyFileSync(from, to)
    }
    return
  }
  const place = await archiveOf(source, release, folder)
  const named = source.kind === 'nuget' ? source.url : place
  try {
    const found = place.endsWith('.tgz')
      ? await readTarball(place, wanted)
      : await readZip(place, wanted, NATIVE)
    const missing = PROVIDER_LIBRARIES.filter((name) => !found.has(name))
    if (missing.length > 0) throw noSource(`has no ${missing.join(', ')}`, named)
  } catch (cause) {
    if (cause instanceof AgonError) throw cause
    throw noSource(`cannot be unpacked: ${(cause as Error).message}`, named, cause)
  }
}

async function archiveOf(
  source: Exclude<ProviderSource, { kind: 'folder' }>,
  release: ProviderRelease,
  folder: string,
): Promise<string> {
  if (source.kind === 'npm') return await packed(release.npm, folder)
  if (source.kind === 'nuget') return await downloaded(source.url, join(folder, 'package.nupkg'))
  return (source as { readonly path: string }).path
}

/** By npm itself, so that its registry, proxy and credentials are the ones that are configured for it. */
async function packed(
  { package: name, version, integrity }: ProviderRelease['npm'],
  folder: string,
): Promise<string> {
  const spec = `${name}@${version}`
  let file: string
  try {
    const args = ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', folder]
    const { stdout } = await promisify(execFile)('npm', args, { cwd: folder })
    file = join(folder, (JSON.parse(stdout) as [{ readonly filename: string }])[0].filename)
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { readonly stderr?: string }
    const said =
      stderr.split('\n').find((line) => /npm (error|ERR!) (?!code)/.test(line)) ?? message
    throw noSource(`cannot be fetched: ${said.trim()}`, `npm ${spec}`, cause)
  }
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  const found = `sha512-${hash.digest('base64')}`
  if (found === integrity) return file
  throw noSource(`is not the package that Agon knows: ${found}, not ${integrity}`, `npm ${spec}`)
}

async function downloaded(url: string, to: string): Promise<string> {
  try {
    const response = await fetch(url)
    if (!response.ok || response.body === null)
      throw new Error(`${response.status} ${response.statusText}`)
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(to))
    return to
  } catch (cause) {
    const { message, cause: deeper } = cause as Error
    const said = deeper instanceof Error ? deeper.message : message
    throw noSource(`cannot be fetched: ${said}`, url, cause)
  }
}

function noSource(what: string, place: string, cause?: unknown): AgonError {
  return new AgonError('gpu/source', `${place} ${what}`, {
    remedy: 'take another source with --from: npm, nuget, a folder, or a .tgz or .nupkg file',
    place,
    ...(cause === undefined ? {} : { cause }),
  })
}
