/** How the day is spoken of at an hour (0 to 23) of the reader's clock. */
export function partOfDay(hour: number): 'night' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour < 5)
    return 'night'
  if (hour < 11)
    return 'morning'
  if (hour < 13)
    return 'noon'
  return hour < 18 ? 'afternoon' : 'evening'
}
