/*
 * The functions our code and libraries use that the oldest supported engines (vite.config.ts) lack.
 * Imported first by main.ts; each is as small as its use.
 */

function define(target: object, name: string, value: unknown): void {
  if (!(name in target))
    Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

// Chrome < 71, iOS < 12.2
define(window, 'globalThis', window)
define(window, 'queueMicrotask', (work: () => void) => void Promise.resolve().then(work))

// Chrome < 73, iOS < 12.2
define(Object, 'fromEntries', (entries: Iterable<readonly [PropertyKey, unknown]>) => {
  const object: Record<PropertyKey, unknown> = {}
  for (const [key, value] of entries) object[key] = value
  return object
})

// Chrome < 69, iOS < 12
define(Array.prototype, 'flatMap', function (this: unknown[], map: (item: unknown, index: number) => unknown) {
  return ([] as unknown[]).concat(...this.map((item, index) => map(item, index)))
})

// Chrome < 92, iOS < 15.4
function at(this: ArrayLike<unknown>, index: number) {
  return this[index < 0 ? this.length + index : index]
}
define(Array.prototype, 'at', at)
define(String.prototype, 'at', at)

// Chrome < 85, iOS < 13.4
define(String.prototype, 'replaceAll', function (this: string, what: string | RegExp, by: string) {
  const pattern = what instanceof RegExp ? what : new RegExp(what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g')
  return this.replace(pattern, by)
})
