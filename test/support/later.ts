/** What a test asks for now and looks at later: where it fails before, the test that looks says so, and nobody else. */
export function later<T>(asked: Promise<T>): Promise<T> {
  asked.catch(() => {})
  return asked
}
