/** Splits `GET /api/customers/:id` and fills its parameters, encoded. */
export function resolveRoute(key: string, params: Readonly<Record<string, unknown>> = {}): { method: string, path: string } {
  const space = key.indexOf(' ')
  const path = key.slice(space + 2).replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  return { method: key.slice(0, space), path }
}
