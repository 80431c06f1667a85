import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { MachineEnvironment } from '../../inference/cuda/machine-environment.ts'
import {
  type Fault,
  nativeHome,
  nativePackage,
  platformFault,
} from '../../inference/cuda/native-home.ts'
import {
  cacheRoot,
  fileSha256,
  INSTALLED,
  type Installed,
  PROVIDER_LIBRARIES,
  versionFolder,
} from '../../inference/cuda/provider-cache.ts'
import { checkLibrary } from './check-library.ts'
import { describeSource, fetchLibraries, parseSource } from './fetch-libraries.ts'
import { type ProviderRelease, RELEASE } from './release.ts'

/** What is about to be fetched, told before. */
export interface InstallPlan {
  /** Of ONNX Runtime. */
  readonly version: string
  readonly source: string
  readonly licence: string
  /** Of what is fetched, where it is known. */
  readonly bytes: number | null
  readonly folder: string
  /** Of the libraries as Agon knows them; by name. */
  readonly sha256: Readonly<Record<string, string>>
}

export interface InstallRequest {
  readonly from: string
  readonly environment: MachineEnvironment
  readonly onPlan: (plan: InstallPlan) => void
  /** Of the version that is installed; tests give their own. */
  readonly release?: ProviderRelease
}

export interface ProviderInstall extends Installed {
  readonly folder: string
  /** Whether each file is the one that Agon knows of that version. */
  readonly known: boolean
}

/**
 * Fetches the provider libraries of the ONNX Runtime that is installed, into Agon's cache: aside, then checked, then
 * renamed, so that they are there as a whole or not at all.
 * @throws AgonError `gpu/platform`, `gpu/cache`, `gpu/source`, `gpu/library`, `gpu/version`
 */
export async function installProvider(request: InstallRequest): Promise<ProviderInstall> {
  const { environment, release = RELEASE } = request
  const native = nativePackage()
  const impossible = platformFault(process.platform, process.arch)
  if (impossible !== null) throw refusal('gpu/platform', impossible)
  checkRelease(release, native.version)
  const source = parseSource(request.from, release)
  const root = cacheRoot(environment)
  if (root === null)
    throw refusal('gpu/cache', {
      message: 'the environment names no place for a cache',
      remedy: 'set XDG_CACHE_HOME or HOME',
    })
  const folder = versionFolder(root, native.version)
  const about = describeSource(source, release)
  const sha256 = Object.fromEntries(
    Object.entries(release.files).map(([name, file]) => [name, file.sha256]),
  )
  const aside = makeAside(root)
  try {
    request.onPlan({ version: native.version, ...about, folder, sha256 })
    await fetchLibraries(source, release, aside)
    const files: Record<string, { bytes: number; sha256: string }> = {}
    for (const name of PROVIDER_LIBRARIES) {
      const path = join(aside, name)
      checkLibrary(path, name, native.version)
      chmodSync(path, 0o644)
      files[name] = { bytes: statSync(path).size, sha256: await fileSha256(path) }
    }
    const installed: Installed = {
      format: 1,
      version: native.version,
      source: about.source,
      licence: about.licence,
      files,
    }
    writeFileSync(join(aside, INSTALLED), `${JSON.stringify(installed, null, 2)}\n`)
    for (const name of readdirSync(aside))
      if (name !== INSTALLED && !Object.hasOwn(files, name)) rmSync(join(aside, name))
    takePlace(aside, folder)
    const { fault } = nativeHome(native, environment)
    if (fault !== undefined) throw refusal('gpu/cache', fault)
    const known = PROVIDER_LIBRARIES.every((name) => files[name].sha256 === sha256[name])
    return { ...installed, folder, known }
  } catch (error) {
    if (error instanceof AgonError) throw error
    throw cacheError(root, error)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

function checkRelease(release: ProviderRelease, version: string): void {
  if (release.version === version) return
  throw refusal('gpu/version', {
    message: `onnxruntime-node ${version} is installed, and Agon knows the provider libraries of ${release.version}`,
    remedy: `install onnxruntime-node ${release.version}, which this Agon was tested with`,
  })
}

function makeAside(root: string): string {
  try {
    mkdirSync(root, { recursive: true })
    return mkdtempSync(join(root, '.installing-'))
  } catch (error) {
    throw cacheError(root, error)
  }
}

/** What was there before goes away only once the new one stands beside it. */
function takePlace(aside: string, folder: string): void {
  const old = `${aside}.old`
  const had = existsSync(folder)
  if (had) renameSync(folder, old)
  try {
    renameSync(aside, folder)
  } catch (error) {
    if (had) renameSync(old, folder)
    throw error
  }
  rmSync(old, { recursive: true, force: true })
}

function cacheError(root: string, cause: unknown): AgonError {
  return new AgonError('gpu/cache', `the cache cannot be written: ${(cause as Error).message}`, {
    place: root,
    remedy: 'free some space, or set XDG_CACHE_HOME to a folder that this user may write',
    cause,
  })
}

const refusal = (code: string, { message, remedy }: Fault): AgonError =>
  new AgonError(code, message, { remedy })
