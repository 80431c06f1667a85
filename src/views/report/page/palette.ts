const LIGHT = `
  color-scheme: light;
  --page: #fbfbfa; --card: #ffffff; --ink: #1d2125; --muted: #616a73; --line: #dfe2e5; --quiet: #eef0f2;
  --accent: #0b6bcb; --good: #1a7f4b; --bad: #b3352b; --warn-bg: #fff6e0; --warn-line: #e2b54a; --bad-bg: #fdecea;
  --before: #9aa4ae;
  --s0: #0b6bcb; --s1: #d1560f; --s2: #1a7f4b; --s3: #a8359a; --s4: #8a6d00; --s5: #0e8a94; --s6: #b3352b; --s7: #5b5fc7;
`
const DARK = `
  color-scheme: dark;
  --page: #14171a; --card: #1b1f23; --ink: #e6e9ec; --muted: #9aa4ae; --line: #31373d; --quiet: #262b30;
  --accent: #58a6ff; --good: #4cc38a; --bad: #ff7b72; --warn-bg: #2d2613; --warn-line: #8a6d1f; --bad-bg: #331a18;
  --before: #6b7680;
  --s0: #58a6ff; --s1: #ff9f5a; --s2: #4cc38a; --s3: #e08bd6; --s4: #d9b73c; --s5: #4fc3cd; --s6: #ff7b72; --s7: #a5a8ff;
`

/** Colours of every page, light and dark: by the system, or by `data-theme` of the root. */
export const palette = `
:root {${LIGHT}}
@media (prefers-color-scheme: dark) { :root {${DARK}} }
:root[data-theme='light'] {${LIGHT}}
:root[data-theme='dark'] {${DARK}}`
