import { formatScore } from '../text/quantities.ts'

/** What is tested of a cell. */
export interface JUnitCase {
  readonly name: string
  /** What it came to; for the text of a failure. */
  readonly value: number
  readonly detail: string
  readonly failed: boolean
}

export interface JUnitSuite {
  readonly name: string
  /** `objective > 1`: what a case must not be. */
  readonly bound: string
  readonly cases: readonly JUnitCase[]
  /** Of the whole, where one is known. */
  readonly seconds?: number
}

/** JUnit's XML, as servers of continuous integration read it. */
export function junitXml({ name, bound, cases, seconds }: JUnitSuite): string {
  const failures = cases.filter(({ failed }) => failed).length
  const time = seconds === undefined ? '' : ` time="${seconds.toFixed(3)}"`
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"${time}`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(name)}" ${counts}>`,
    ...cases.map((one) => caseXml(name, bound, one)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseXml(suite: string, bound: string, one: JUnitCase): string {
  const head = `    <testcase classname="${escaped(suite)}" name="${escaped(one.name)}"`
  if (!one.failed) return `${head}/>`
  const message = `${bound}: ${formatScore(one.value)}`
  return `${head}><failure message="${escaped(message)}">${escaped(one.detail)}</failure></testcase>`
}

/** What XML 1.0 cannot hold at all becomes a replacement character. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
