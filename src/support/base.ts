/**
 * Where the application lives, "/" or "/crm/": the BFF writes it into index.html's <base href>
 * from PUBLIC_URL, and nothing else has to know.
 */
export function basePath(): string {
  return new URL(document.baseURI).pathname
}
