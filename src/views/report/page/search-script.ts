/**
 * Runs in the reader's browser, after the scripts of pictures and charts: draws the maps of a search over the two axes
 * that are chosen, one for each category of a third, and shows the level of a cell. Nothing of a file becomes markup.
 */
export const searchScript = `
const COLOURS = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]]
const MAP_WIDTH = 420
const EDGE = { left: 50, right: 8, top: 6, bottom: 34 }

/** \`share\` 0 … 1 of the way through the colours. */
function colourAt(share) {
  const at = Math.min(Math.max(share, 0), 1) * (COLOURS.length - 1)
  const from = Math.min(Math.floor(at), COLOURS.length - 2)
  const mixed = COLOURS[from].map((value, i) => Math.round(value + (COLOURS[from + 1][i] - value) * (at - from)))
  return 'rgb(' + mixed.join(',') + ')'
}
function element(name, given, ...children) {
  const made = document.createElement(name)
  Object.assign(made, given)
  made.append(...children)
  return made
}
const sizeOfAxis = (axis) => (axis.kind === 'number' ? axis.bins : axis.values.length)
const shownName = (name) => name.replaceAll('_', ' ')
/** Of a bin; an edge at 0 may miss it by a rounding. */
function edgeOf(axis, index) {
  const width = (axis.high - axis.low) / axis.bins
  return Math.round((axis.low / width + index) * 1e6) * 1e-6 * width
}
function placeOnAxis(axis, index) {
  if (axis.kind === 'category') return axis.values[index]
  return trim(edgeOf(axis, index)) + ' … ' + trim(edgeOf(axis, index + 1))
}
const cellName = (axes, cell) => axes.map((axis, i) => shownName(axis.name) + ' ' + placeOnAxis(axis, cell[i])).join(', ')

/** Which maps there are: one, or one for each category of the first axis of categories that is neither across nor up. */
function facetsOf(axes, x, y) {
  const split = axes.findIndex((axis, i) => axis.kind === 'category' && i !== x && i !== y)
  if (split < 0) return [{ name: '', has: () => true }]
  return axes[split].values.map((name, value) => ({ name: shownName(axes[split].name) + ' ' + name, has: (elite) => elite.cell[split] === value }))
}

function startSearch(root) {
  const search = page.searches[root.dataset.search]
  const { axes, elites } = search
  const [across, up] = ['x', 'y'].map((which) => root.querySelector('[data-axis=' + which + ']'))
  const numbers = axes.flatMap((axis, i) => (axis.kind === 'number' ? [i] : []))
  across.value = numbers[0] ?? 0
  up.value = numbers[1] ?? (axes.length < 2 ? across.value : [0, 1].find((i) => String(i) !== across.value))
  const most = elites[0].objective
  const least = elites[elites.length - 1].objective
  const share = (objective) => (most > least ? (objective - least) / (most - least) : 1)

  function draw() {
    const [x, y] = [Number(across.value), Number(up.value)]
    root.querySelector('.maps').replaceChildren(...facetsOf(axes, x, y).map((facet) => mapOf(facet, x, y)))
  }

  function mapOf(facet, x, y) {
    const best = new Map()
    let sum = 0
    let count = 0
    // The elites come best first.
    for (const elite of elites) {
      if (!facet.has(elite)) continue
      sum += elite.objective
      count++
      const key = elite.cell[x] + ',' + (x === y ? 0 : elite.cell[y])
      if (!best.has(key)) best.set(key, elite)
    }
    const said = (facet.name === '' ? '' : facet.name + ': ') + count + (count === 1 ? ' level' : ' levels') + (count === 0 ? '' : ', mean ' + trim(sum / count))
    return element('figure', { className: 'map' }, element('figcaption', { textContent: said }), pictureOf(best, x, y, said))
  }

  function pictureOf(best, x, y, said) {
    const columns = sizeOfAxis(axes[x])
    const lines = x === y ? 1 : sizeOfAxis(axes[y])
    const inner = MAP_WIDTH - EDGE.left - EDGE.right
    const backdrop = search.backdrops.find((one) => one.axes[0] === x && one.axes[1] === y)
    const height = inner * (backdrop === undefined ? Math.min(0.8, Math.max(0.1, lines / columns)) : backdrop.ratio)
    // Where a value lies, 0 … 1 from the left or from the bottom.
    const along = (axis, edges) => (index) => {
      if (edges === undefined || axis.kind !== 'number') return index / sizeOfAxis(axis)
      return (edgeOf(axis, index) - edges[0]) / (edges[1] - edges[0])
    }
    const placeX = along(axes[x], backdrop?.x)
    const placeY = x === y ? (index) => index : along(axes[y], backdrop?.y)
    const left = (index) => EDGE.left + inner * placeX(index)
    const top = (index) => EDGE.top + height * (1 - placeY(index))
    const svg = shape('svg', { viewBox: '0 0 ' + MAP_WIDTH + ' ' + (height + EDGE.top + EDGE.bottom), role: 'group', 'aria-label': said })
    if (backdrop !== undefined)
      svg.append(shape('image', { href: addressOf(backdrop.picture), x: EDGE.left, y: EDGE.top, width: inner, height, preserveAspectRatio: 'none' }))
    else svg.append(shape('rect', { class: 'ground', x: EDGE.left, y: EDGE.top, width: inner, height }))
    const cells = new Map()
    for (let column = 0; column < columns; column++)
      for (let line = 0; line < lines; line++) {
        const elite = best.get(column + ',' + line)
        if (elite === undefined) continue
        const [x0, x1] = [left(column), left(column + 1)].sort((a, b) => a - b)
        const [y0, y1] = [top(line), top(line + 1)].sort((a, b) => a - b)
        const told = trim(elite.objective) + ' · ' + cellName(axes, elite.cell) + ' · ' + elite.id
        const cell = shape('rect', { class: 'cell', x: x0 + 0.5, y: y0 + 0.5, width: Math.max(1, x1 - x0 - 1), height: Math.max(1, y1 - y0 - 1), fill: colourAt(share(elite.objective)), tabindex: cells.size === 0 ? 0 : -1, role: 'button', 'aria-label': told, 'data-id': elite.id })
        cell.append(shape('title', {}, told))
        cell.addEventListener('click', () => choose(elite, cell))
        cell.addEventListener('keydown', (event) => moved(event, cells, column, line, elite, cell))
        cells.set(column + ',' + line, cell)
        svg.append(cell)
      }
    addTicks(svg, axes[x], (index) => [(left(index) + left(index + (axes[x].kind === 'number' ? 0 : 1))) / 2, EDGE.top + height + 14, 'middle'], 8)
    svg.append(shape('text', { class: 'tick', x: EDGE.left + inner / 2, y: EDGE.top + height + 29, 'text-anchor': 'middle' }, shownName(axes[x].name)))
    if (x !== y) {
      addTicks(svg, axes[y], (index) => [EDGE.left - 6, (top(index) + top(index + (axes[y].kind === 'number' ? 0 : 1))) / 2 + 4, 'end'], 6)
      svg.append(shape('text', { class: 'tick', transform: 'translate(11 ' + (EDGE.top + height / 2) + ') rotate(-90)', 'text-anchor': 'middle' }, shownName(axes[y].name)))
    }
    return svg
  }

  /** Edges of bins, or names of categories, not more than fit. */
  function addTicks(svg, axis, at, most) {
    const size = sizeOfAxis(axis)
    const every = Math.max(1, Math.ceil(size / most))
    for (let index = 0; index < size + (axis.kind === 'number' ? 1 : 0); index += every) {
      const [x, y, anchor] = at(index)
      const said = axis.kind === 'number' ? trim(edgeOf(axis, index)) : axis.values[index]
      svg.append(shape('text', { class: 'tick', x, y, 'text-anchor': anchor }, said.length > 14 ? said.slice(0, 13) + '…' : said))
    }
  }

  function moved(event, cells, column, line, elite, cell) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key]
    if (event.key === 'Enter' || event.key === ' ') choose(elite, cell)
    else if (step === undefined) return
    else
      for (let far = 1; far < 200; far++) {
        const next = cells.get(column + far * step[0] + ',' + (line + far * step[1]))
        if (next === undefined) continue
        cell.setAttribute('tabindex', -1)
        next.setAttribute('tabindex', 0)
        next.focus()
        break
      }
    event.preventDefault()
  }

  function levelPicture(index) {
    const { base, distinct, order } = search.pictures
    const [prefix, suffix, middle] = distinct[order[index]]
    return base.slice(0, prefix) + middle + base.slice(base.length - suffix)
  }

  function choose(elite) {
    for (const marked of root.querySelectorAll('.cell')) marked.classList.toggle('on', marked.dataset.id === elite.id)
    const parts = [element('h3', { textContent: 'Level ' + elite.id })]
    if (elite.picture !== undefined) parts.push(element('img', { alt: 'level ' + elite.id, src: addressOf(levelPicture(elite.picture)) }))
    const facts = [[search.objective, elite.objective], ...Object.entries(elite.values), ...axes.map((axis) => [axis.name, elite.descriptor[axis.name] ?? '–'])]
    parts.push(element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', { textContent: shownName(name) }), element('dd', { textContent: typeof value === 'number' ? trim(value) : value })])))
    const returns = elite.returns.map((value) => (value === null ? 'unfinished' : trim(value))).join(', ')
    parts.push(element('p', { textContent: 'Found in cycle ' + elite.cycle + ' by ' + elite.emitter + '. Returns of its attempts: ' + returns + '.' }))
    parts.push(element('p', { className: 'line' }, 'Made by: ' + elite.lineage.map(({ id, operator, objective }) => operator + ' → ' + id + (objective === null ? '' : ' (' + trim(objective) + ')')).reverse().join(', ')))
    if (elite.file !== undefined) parts.push(element('p', {}, element('a', { href: elite.file, textContent: elite.file })))
    parts.push(element('p', {}, 'To play it again: ', element('code', { textContent: 'agon stress replay ' + page.run + ' ' + elite.id })))
    root.querySelector('.chosen').replaceChildren(...parts)
  }

  const scale = root.querySelector('.scale')
  const bar = element('span', { className: 'ramp' })
  bar.style.background = 'linear-gradient(to right,' + [0, 0.25, 0.5, 0.75, 1].map(colourAt).join(',') + ')'
  scale.append(trim(least), bar, trim(most) + ' ' + search.objective)
  for (const select of [across, up]) select.addEventListener('change', draw)
  for (const button of document.querySelectorAll('.pick[data-pick="' + root.dataset.search + '"]'))
    button.addEventListener('click', () => {
      const elite = elites.find(({ id }) => id === button.dataset.id)
      if (elite === undefined) return
      choose(elite)
      root.scrollIntoView({ block: 'nearest' })
    })
  draw()
}
for (const root of document.querySelectorAll('.search')) startSearch(root)
`
