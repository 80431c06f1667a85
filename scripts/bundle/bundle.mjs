import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, posix, relative, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { shippedEntries, TEST_ENTRIES } from './entries.mjs'
import { notices } from './notices.mjs'

/**
 * Packages of plain JavaScript that take long to load file by file. All others are loaded from where they are installed:
 * they are native, optional, load files that lie beside them, or gain nothing (grpc-js).
 */
const BUNDLED = ['comlink', 'planck', 'protobufjs', 'xstate', 'yaml', 'zod']

const SRC = resolve('src')
/** Neither a path nor a helper that the bundler brings. */
const PLAIN = /^(?!@oxc-project\/)[a-z@]/
/** Chunks of test fixtures begin with it, and `files` in package.json leaves them out. */
const FOR_TESTS = 'testing-'

/**
 * src/ in one build: code in dist/chunks/, and at the old place of each entry a module that exports what its chunk does. A
 * module is in one chunk, which holds what the same entries reach: nobody loads what he does not use, and no two chunks
 * import each other.
 * @returns the paths of what was written
 */
export async function bundle() {
  const shipped = shippedEntries()
  const entries = [...shipped, ...TEST_ENTRIES]
  const reached = new Set()
  const fileName = ({ moduleIds, facadeModuleId }) => {
    const ids = facadeModuleId ? [...moduleIds, facadeModuleId] : moduleIds
    // A virtual module is the bundler's own.
    const isShipped = ids.some((id) => id.startsWith('\0') || reached.has(id))
    return isShipped ? '[name].js' : `${FOR_TESTS}[name].js`
  }
  const build = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [chunkName(entry), `${SRC}/${entry}.ts`])),
    external,
    platform: 'node',
    tsconfig: false,
    transform: { target: 'esnext' },
    preserveEntrySignatures: 'strict',
    // What is computed stays as it is written.
    optimization: { inlineConst: false },
    experimental: { chunkOptimization: false },
    plugins: [placedModules(), reachOf(shipped, reached)],
    onLog(level, log, print) {
      // What is loaded late by one command and at once by another.
      if (log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') print(level === 'warn' ? 'error' : level, log)
    },
  })
  const { output } = await build.write({
    dir: 'dist/chunks',
    format: 'es',
    entryFileNames: fileName,
    chunkFileNames: fileName,
    sourcemap: true,
    sourcemapExcludeSources: true,
    minify: false,
    minifyInternalExports: false,
    // Names of functions and classes that two modules have.
    keepNames: true,
    comments: { legal: true, annotation: false, jsdoc: false },
  })
  await build.close()
  const chunks = output.filter(({ type }) => type === 'chunk')
  const facades = chunks.filter(({ isEntry }) => isEntry).map(writeFacade)
  writeFileSync('dist/THIRD-PARTY.txt', notices(chunks.flatMap(({ moduleIds }) => moduleIds)))
  return [...facades, ...output.map(({ fileName: name }) => `dist/chunks/${name}`)]
}

const chunkName = (entry) => entry.replaceAll('/', '-')

function external(id, importer) {
  if (!PLAIN.test(id)) return false
  if (id.startsWith('node:')) return true
  return !importer?.includes('node_modules') && !BUNDLED.includes(id.split('/')[0])
}

/** `import.meta.url` names the place that a module would have without the bundle: its files are sought from there. */
const placedModules = () => ({
  name: 'placed-modules',
  transform: {
    filter: { code: /import\.meta/ },
    handler(code, id) {
      if (!id.startsWith(SRC)) return null
      const place = relative(SRC, id).replaceAll('\\', '/').replace(/\.ts$/, '.js')
      return {
        code: code.replaceAll('import.meta.url', `new URL('../${place}', import.meta.url).href`),
        map: null,
      }
    },
  },
})

/** Gathers in `reached` the modules that the entries of the package reach. */
const reachOf = (shipped, reached) => ({
  name: 'reach-of',
  buildEnd() {
    const waiting = shipped.map((entry) => `${SRC}/${entry}.ts`)
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const info = reached.has(id) ? null : this.getModuleInfo(id)
      reached.add(id)
      if (info !== null) waiting.push(...info.importedIds, ...info.dynamicallyImportedIds)
    }
  },
})

function writeFacade({ facadeModuleId, fileName, exports }) {
  const place = relative(SRC, facadeModuleId).replaceAll('\\', '/').replace(/\.ts$/, '.js')
  const path = `dist/${place}`
  const chunk = posix.relative(posix.dirname(place), `chunks/${fileName}`)
  const from = chunk.startsWith('.') ? chunk : `./${chunk}`
  const lines = [
    ...(place === 'cli/agon.js' ? ['#!/usr/bin/env node'] : []),
    exports.length === 0 ? `import '${from}'` : `export * from '${from}'`,
    ...(exports.includes('default') ? [`export { default } from '${from}'`] : []),
  ]
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}
