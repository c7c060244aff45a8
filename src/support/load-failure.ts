/** The browser's words for a module that could not be fetched; all engines have their own. */
export function isLoadFailure(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|Importing a module script failed|Unable to preload/i.test(error.message)
}
