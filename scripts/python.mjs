// Which Python runs the client: AGON_PYTHON, else the system's, else the first on the path, if it has what the client needs.
import { spawnSync } from 'node:child_process'

const NEEDS = 'import sys, grpc, google.protobuf, numpy; assert sys.version_info >= (3, 11)'

/** Path of an interpreter, or null. */
export function findPython() {
  const candidates = [process.env.AGON_PYTHON, '/usr/bin/python3', 'python3'].filter(Boolean)
  return (
    candidates.find(
      (python) => spawnSync(python, ['-c', NEEDS], { stdio: 'ignore' }).status === 0,
    ) ?? null
  )
}
