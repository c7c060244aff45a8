import process from 'node:process'

/** The first Node.js release that runs this project's TypeScript as it is. */
const oldest = [22, 18] as const

/** Stops with a clear message when this Node.js is too old. npm scripts prefer the pinned one where it is available. */
export function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
    return
  console.error(
    `Node.js ${oldest.join('.')} or newer is needed; this is ${process.versions.node}. Run the npm scripts (they bring their own on Linux and Windows) or install Node.js 24.`,
  )
  process.exit(1)
}
