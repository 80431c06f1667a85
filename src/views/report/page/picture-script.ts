/**
 * Runs in the reader's browser, before the other scripts: reads the page's data, sizes the bars, fills in the pictures
 * (those inside a closed lineage only once it is opened) and switches between dark and light. A drawing is shown as an
 * image, within which nothing runs, whoever made it.
 */
export const pictureScript = `'use strict'
const page = JSON.parse(document.getElementById('agon-data').textContent)

/** \`svg\` as the address of an image. */
function addressOf(svg) {
  return 'data:image/svg+xml,' + encodeURIComponent(svg)
}
function fillPictures(root) {
  for (const place of root.querySelectorAll('[data-picture]')) {
    const closed = place.closest('details:not([open])')
    if (closed !== null || place.firstChild !== null) continue
    const image = document.createElement('img')
    image.alt = place.dataset.name
    image.src = addressOf(page.pictures[place.dataset.picture])
    place.append(image)
  }
}
fillPictures(document)
for (const bar of document.querySelectorAll('[data-width]')) {
  bar.style.width = bar.dataset.width
  bar.style.left = bar.dataset.left ?? ''
}
for (const details of document.querySelectorAll('details.lineage'))
  details.addEventListener('toggle', () => fillPictures(details))

document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
})
`
