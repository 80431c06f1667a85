/** Errors of the operating system and of its limits, which are no defect of anyone: what they mean and what helps. */

interface Meaning {
  readonly message: string
  readonly remedy: string
}

const memory: Meaning = {
  message: 'there is not enough memory',
  remedy: 'free some, lower workers, or raise the limit of the shell, job or container',
}
const space: Meaning = {
  message: 'no space is left on the disk',
  remedy: 'free some space, or give a place on another disk',
}
const rights: Meaning = {
  message: 'this is not allowed here',
  remedy: "see the rights of the file and of its folder (ls -ld), or give a place of one's own",
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  EACCES: rights,
  EPERM: rights,
  EROFS: {
    message: 'this is on a disk that can only be read',
    remedy: 'give a place that can be written',
  },
  ENOSPC: space,
  EDQUOT: { message: 'the quota of the disk is used up', remedy: space.remedy },
  EFBIG: {
    message: 'the file would be larger than is allowed here',
    remedy: 'raise the limit (ulimit -f), or give a place on another disk',
  },
  EMFILE: {
    message: 'this process has as many files open as it may',
    remedy: 'raise the limit (ulimit -n 4096), or lower workers',
  },
  ENFILE: {
    message: 'the whole machine has as many files open as it may',
    remedy: 'end other programs, or raise fs.file-max',
  },
  ENAMETOOLONG: {
    message: 'the name is longer than file systems take',
    remedy: 'give a shorter name or path',
  },
  ENOENT: { message: 'there is no such file or folder', remedy: 'see whether the path is right' },
  ENOTDIR: {
    message: 'a part of the path is a file, where a folder is needed',
    remedy: 'give another path, or move the file away',
  },
  EISDIR: {
    message: 'this is a folder, where a file is needed',
    remedy: 'give another path, or move the folder away',
  },
  EEXIST: {
    message: 'there is something of this name',
    remedy: 'move it away, or give another name',
  },
  ENOTEMPTY: { message: 'the folder is not empty', remedy: 'move away what lies in it' },
  ELOOP: {
    message: 'the symbolic links of the path lead in a circle',
    remedy: 'see where they lead (ls -l)',
  },
  EMLINK: { message: 'the file has as many links as it may', remedy: 'give another place' },
  EXDEV: {
    message: 'the two paths are on different disks',
    remedy: 'give places on the same disk',
  },
  EBUSY: { message: 'something else holds it', remedy: 'end what uses it, or give another path' },
  ETXTBSY: { message: 'it is being run', remedy: 'end what runs it, or give another path' },
  EIO: { message: 'the device failed', remedy: 'see the log of the machine (dmesg)' },
  ESTALE: {
    message: 'the file server no longer knows this file',
    remedy: 'see whether the folder is still mounted as it was',
  },
  ENODEV: { message: 'there is no such device', remedy: 'see whether it is mounted' },
  ENOMEM: memory,
  EAGAIN: {
    message: 'the machine gives no further thread or process',
    remedy: 'raise the limit (ulimit -u, or pids of the container), or lower workers',
  },
  EADDRINUSE: { message: 'something else listens there', remedy: 'give another port' },
  EADDRNOTAVAIL: {
    message: 'this machine has no such address',
    remedy: 'give one of its own, or 127.0.0.1',
  },
  ECONNREFUSED: { message: 'nothing listens there', remedy: 'see whether it is running' },
  ERR_WORKER_OUT_OF_MEMORY: memory,
  ERR_MEMORY_ALLOCATION_FAILED: memory,
  ERR_DLOPEN_FAILED: {
    message: 'a library of this machine cannot be loaded',
    remedy: '`agon doctor` tells what is missing',
  },
}

const GONE: Meaning = {
  message: 'the working directory is no longer there',
  remedy: 'change to a directory that exists (cd)',
}

export interface SystemFault {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly place?: string
  readonly fields: Readonly<Record<string, string>>
}

/** What the system refused, in words; null for an error that is not the system's. */
export function systemFault(error: Error): SystemFault | null {
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: unknown }
  const name = nameOf(error, code)
  if (name === null) return null
  const gone = syscall === 'uv_cwd'
  const meaning = gone ? GONE : MEANINGS[name]
  const place = [path, dest].filter((each) => typeof each === 'string').join(' -> ')
  return {
    code: gone
      ? 'system/cwd'
      : `system/${name.toLowerCase().replace(/^err_/, '').replaceAll('_', '-')}`,
    message: `${meaning.message} (${[syscall, name].filter(Boolean).join(' ')})`,
    remedy: meaning.remedy,
    ...(place === '' ? {} : { place }),
    fields: { errno: name, ...(syscall === undefined ? {} : { syscall }) },
  }
}

function nameOf(error: Error, code: unknown): string | null {
  if (code === 'ERR_WORKER_INIT_FAILED') return /\b(E[A-Z]+)\b/.exec(error.message)?.[1] ?? 'EAGAIN'
  const name = typeof code === 'string' ? code.replace(/^ERR_FS_(?=E[A-Z]+$)/, '') : ''
  if (Object.hasOwn(MEANINGS, name)) return name
  const exhausted =
    error instanceof RangeError &&
    /allocation failed|Invalid array buffer length/i.test(error.message)
  return exhausted ? 'ENOMEM' : null
}

/** The system names no file where one is open already, as in a folder that is read: then it is this one. */
export function naming(path: string, error: unknown): unknown {
  return error instanceof Error && 'syscall' in error && !('path' in error)
    ? Object.assign(error, { path })
    : error
}

/** Does `work` with the file at `path`, and names it in what the system refuses. */
export function withFile<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw naming(path, error)
  }
}

/** What helps against what caused an error, where the system did. */
export function systemRemedy(cause: unknown): string | undefined {
  return cause instanceof Error ? systemFault(cause)?.remedy : undefined
}
