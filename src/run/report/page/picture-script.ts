/**
 * Runs in the reader's browser, before the other scripts: reads the page's data, fills in the pictures (those inside a
 * closed lineage only once it is opened) and switches between dark and light.
 */
export const pictureScript = `'use strict'
const page = JSON.parse(document.getElementById('agon-data').textContent)

function fillPictures(root) {
  for (const place of root.querySelectorAll('[data-picture]')) {
    const closed = place.closest('details:not([open])')
    if (closed === null && place.firstChild === null) place.innerHTML = page.pictures[place.dataset.picture]
  }
}
fillPictures(document)
for (const details of document.querySelectorAll('details.lineage'))
  details.addEventListener('toggle', () => fillPictures(details))

document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
})
`
