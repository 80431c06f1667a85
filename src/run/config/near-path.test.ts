import { expect, it } from 'vitest'
import { nearPath, relativePath } from './near-path.ts'

it.each([
  ['/home/me/maze/run', '/home/me/maze/my-env.ts', '../my-env.ts'],
  ['/home/me/maze/runs/a', '/home/me/maze/tls/own.pem', '../../tls/own.pem'],
  ['/home/me/maze/run', '/home/me/maze/run/own.pem', './own.pem'],
])('a file of the same project is named as seen from the run: %s, %s', (folder, path, near) => {
  expect(nearPath(folder, path)).toBe(near)
  expect(relativePath(folder, path)).toBe(near)
})

it.each([
  ['/home/me/maze/run', '/etc/agon/own.pem'],
  ['/home/me/maze/run', '/home/you/own.pem'],
  ['/home/me/a/b/c/d/run', '/home/me/own.pem'],
  ['/srv/run', '127.0.0.1:4711'],
])('what belongs to the machine stays as it is: %s, %s', (folder, path) => {
  expect(nearPath(folder, path)).toBe(path)
})
