import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The licences of the packages whose modules are in the bundle, as their packages bring them. */
export function notices(moduleIds) {
  const folders = [...new Set(moduleIds.map(packageOf).filter((folder) => folder !== null))].sort()
  return [
    'Code of these packages is in chunks/, as they published it.\n',
    ...folders.map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      )
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
      if (file === undefined) throw new Error(`${name} comes without the text of its licence`)
      const text = readFileSync(join(folder, file), 'utf8').trim()
      return `${'-'.repeat(80)}\n${name} ${version}, ${license}\n\n${text}\n`
    }),
  ].join('\n')
}

function packageOf(id) {
  if (!id.includes('node_modules')) return null
  let folder = dirname(id)
  const isPackage = () => {
    const path = join(folder, 'package.json')
    return existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).version !== undefined
  }
  while (!isPackage()) folder = dirname(folder)
  return folder
}
