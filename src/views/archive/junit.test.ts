import { expect, it } from 'vitest'
import { junitXml } from './junit.ts'

it('escapes what XML would read otherwise, and replaces what it cannot hold', () => {
  const text = junitXml({
    name: 'a <b> & "c"',
    bound: 'regret is above 1',
    cases: [
      { name: 'x < 1', value: 2, detail: 'L1 \u0001 ]]> & more\nlines', failed: true },
      { name: 'fine', value: 0.5, detail: 'L2', failed: false },
    ],
    seconds: 1.5,
  })
  expect(text).toContain('<testsuite name="a &lt;b&gt; &amp; &quot;c&quot;" tests="2" failures="1"')
  expect(text).toContain(
    '<failure message="regret is above 1: 2.00">L1 \ufffd ]]&gt; &amp; more&#10;',
  )
  expect(text).toContain('name="fine"/>')
})
