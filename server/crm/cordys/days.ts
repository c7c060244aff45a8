const shanghai = 8 * 3_600_000

/** Midnight in Shanghai of a day, as Cordys keeps dates: milliseconds. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) - shanghai

/** The day in Shanghai of a moment. */
export const dayOf = (at: number): string => new Date(at + shanghai).toISOString().slice(0, 10)

export const dayMs = 86_400_000
