/** Runs in the reader's browser: the player of recorded episodes. */
export const replayScript = `
function startPlayer() {
  const find = (id) => document.getElementById(id)
  const [frame, readout, position, play, speed, episode] = ['frame', 'readout', 'position', 'play', 'speed', 'episode'].map(find)
  const picture = document.createElement('img')
  frame.append(picture)
  let replay = null
  let at = 0
  let timer = null

  /** The frame's text, put together from what it shares with the first one. */
  function frameText(t) {
    const { base, distinct, order } = replay.frames
    const [prefix, suffix, middle] = distinct[order[t]]
    return base.slice(0, prefix) + middle + base.slice(base.length - suffix)
  }
  function show(t) {
    const last = replay.actions.length
    at = Math.min(Math.max(t, 0), last)
    picture.src = addressOf(frameText(at))
    picture.alt = 'step ' + at
    frame.dataset.step = at
    position.value = at
    const did = at === 0 ? 'start' : replay.actions[at - 1]
    const end = at === last ? (replay.solved === undefined ? '' : replay.solved ? ' · solved' : ' · not solved') : ''
    readout.textContent = 'Step ' + at + ' of ' + last + ' · ' + did + ' · return ' + Number(replay.returns[at].toPrecision(3)) + end
    find('back').disabled = at === 0
    find('forward').disabled = at === last
    if (at === last) pause()
  }
  function pause() {
    clearInterval(timer)
    timer = null
    play.textContent = 'Play'
  }
  function start() {
    if (at === replay.actions.length) show(0)
    play.textContent = 'Pause'
    timer = setInterval(() => show(at + 1), 1000 / Number(speed.value))
  }
  function step(by) {
    pause()
    show(at + by)
  }
  function choose() {
    pause()
    replay = page.replays[episode.value]
    position.max = replay.actions.length
    show(0)
  }
  play.addEventListener('click', () => (timer === null ? start() : pause()))
  find('back').addEventListener('click', () => step(-1))
  find('forward').addEventListener('click', () => step(1))
  position.addEventListener('input', () => {
    pause()
    show(Number(position.value))
  })
  speed.addEventListener('change', () => {
    if (timer === null) return
    pause()
    start()
  })
  episode.addEventListener('change', choose)
  document.querySelector('.player').addEventListener('keydown', (event) => {
    if (event.target.tagName === 'SELECT' || event.target.tagName === 'INPUT') return
    if (event.key === 'ArrowLeft') step(-1)
    else if (event.key === 'ArrowRight') step(1)
    else if (event.key === ' ' && event.target.tagName !== 'BUTTON') play.click()
    else return
    event.preventDefault()
  })
  choose()
}
if (page.replays.length > 0) startPlayer()
`
