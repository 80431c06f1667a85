import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULT_HUB } from './default-hub.ts'
import { hubFrom } from './hub-config.ts'

describe('hubFrom', () => {
  it('listens on loopback at a free port where nothing is said', () => {
    expect(hubFrom([])).toEqual(DEFAULT_HUB)
    expect(DEFAULT_HUB).toMatchObject({ listen: '127.0.0.1:0', insecure: false })
  })

  it('takes addresses as text and makes file paths absolute', () => {
    expect(
      hubFrom(['hub.listen="[::1]:0"', 'hub.tls={certificate: a.pem, key: /b.pem}']),
    ).toMatchObject({
      listen: '[::1]:0',
      tls: { certificate: resolve('a.pem'), key: resolve('/b.pem') },
    })
  })

  it.each([
    ['hub.listen=here', 'hub.listen: must be host:port'],
    ['hub.tls.key=x', 'hub.tls.certificate: is missing'],
    ['hub.heartbeatMs=1', 'must be at least 50'],
    ['hub.lisen=x', "did you mean 'listen'"],
  ])('refuses %s', (set, message) => {
    expect(() => hubFrom([set])).toThrow(
      expect.objectContaining({
        code: 'config/invalid',
        message: expect.stringContaining(message),
      }),
    )
  })
})
