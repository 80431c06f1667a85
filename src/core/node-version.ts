// Runs on every Node that can load modules, however old: plain syntax, nothing imported.

const MAJOR = 20
const MINOR = 19
export const NODE_NEEDED = `${MAJOR}.${MINOR}`

/** @param version as in `process.versions.node` */
export function isNodeEnough(version: string): boolean {
  const parts = version.split('.').map(Number)
  return parts[0] > MAJOR || (parts[0] === MAJOR && parts[1] >= MINOR)
}

/** What is wrong with the Node that runs this, as data of an error; null where nothing is. */
export function nodeProblem() {
  if (isNodeEnough(process.versions.node)) return null
  return {
    code: 'system/node',
    message: `Agon needs Node ${NODE_NEEDED} or newer, and Node ${process.versions.node} runs it`,
    place: process.execPath,
    remedy: 'get one from https://nodejs.org or choose it (nvm use 22)',
  }
}
