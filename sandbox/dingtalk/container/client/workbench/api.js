async function request(path, options) {
  const response = await fetch(`/__container/${path}`, options)
  const body = await response.json()
  if (!response.ok)
    throw new Error(body.error ?? `HTTP ${response.status}`)
  return body
}

function query(path, parameters) {
  const filled = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')
  return request(`${path}?${new URLSearchParams(filled)}`)
}

function post(path, body) {
  return request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** The container's control API, as README.md lists it. */
export const api = {
  state: () => request('state'),
  members: filter => query('members', filter),
  device: host => query('device', { host }),
  setMode: (host, mode) => post('mode', { host, mode }),
  switchTo: (host, userid) => post('switch', { host, userid }),
  clearJar: host => post('jar/clear', { host }),
  calls: host => query('calls', { host }),
  resolve: (host, url) => query('resolve', { host, url }),
  messages: userid => query('messages', { userid }),
  markRead: (userid, taskId) => post('messages/read', { userid, taskId }),
}

const source = new EventSource('/__container/events')

/** Listens to live news: 'message' { userid, message }, 'call' { host, call }, 'device' { host, userid }. Returns the end of it. */
export function onNews(name, listener) {
  const hear = event => listener(JSON.parse(event.data))
  source.addEventListener(name, hear)
  return () => source.removeEventListener(name, hear)
}
