/** A page of rows as the server cuts it; the cursor is the number of the next row. */
export function pageOf<T>(all: T[], query: URLSearchParams) {
  const from = Number(query.get('cursor') ?? 0)
  const to = from + Number(query.get('limit') ?? 20)
  return { items: all.slice(from, to), nextCursor: to < all.length ? String(to) : null, total: all.length }
}
