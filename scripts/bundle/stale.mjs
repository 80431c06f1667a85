import { existsSync, readdirSync, rmSync } from 'node:fs'

/** Removes what an earlier build left in dist/: code that this one did not write, declarations without a source. */
export function removeStale(written) {
  const kept = new Set([...written, 'dist/run/cli.js'])
  for (const found of readdirSync('dist', { recursive: true })) {
    const path = `dist/${found.replaceAll('\\', '/')}`
    if (path.startsWith('dist/native/')) continue
    const isStale = path.endsWith('.d.ts')
      ? !existsSync(path.replace(/^dist/, 'src').replace(/\.d\.ts$/, '.ts')) &&
        !existsSync(path.replace(/^dist/, 'src'))
      : /\.js(\.map)?$/.test(path) && !kept.has(path)
    if (isStale) rmSync(path)
  }
}
