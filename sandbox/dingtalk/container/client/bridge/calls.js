// One native call, the same for all four faces.
(() => {
  const container = window.__dingtalkContainer
  const held = new Map()

  /** Methods whose page wants to hear of every tap: name → function(data). */
  container.watchers = new Map()

  /** Sends a call to the device and resolves with { ok, data }; never resolves where the client would be silent. */
  container.handle = async (method, params, repeat) => {
    try {
      const reply = await container.post('bridge', {
        page: container.facts.page,
        method,
        params: params ?? {},
        url: location.href,
      })
      return await finish(reply, method, repeat)
    }
    catch (error) {
      return {
        ok: false,
        data: {
          errorCode: '3',
          errorMessage: String(error),
        },
      }
    }
  }

  async function finish(reply, method, repeat) {
    for (const effect of reply.effects ?? [])
      container.effect(effect, reply.id)
    switch (reply.state) {
      case 'silent':
        return container.never()
      case 'held':
        if (repeat)
          container.watchers.set(method, repeat)
        return new Promise(resolve => held.set(reply.id, resolve))
      case 'ask':
        return finish(await container.post('bridge/answer', { id: reply.id, value: await container.ask(reply.ask) }), method, repeat)
      default:
        return { ok: reply.state === 'ok', data: reply.data }
    }
  }

  /** Settles a call that was waiting for a panel: the opener hears what the panel said. */
  container.settle = (id, ok, data) => {
    held.get(id)?.({ ok, data })
    held.delete(id)
    void container.post('bridge/settle', { id, ok, data })
  }

  /** A tap on something a watch API put on the native frame. */
  container.tap = (method, data = {}) => container.watchers.get(method)?.(data)
})()
