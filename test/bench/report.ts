/** One line of the table. */
export interface Row {
  what: string
  /** The measured number; `text` is how the table shows it. */
  value: number
  text: string
  /** What was promised, or what another stack needs; a row without one only informs. */
  target?: Target
  /** How it was measured, or what a published figure says. */
  note?: string
}

export type Target = { atMost: number, text: string } | { atLeast: number, text: string } | { exactly: number, text: string }

/** What one bench has measured. */
export interface Report {
  bench: string
  about: string
  rows: Row[]
}

/** Whether the target was met; undefined where there is none. A value that is not a number never meets one. */
export function verdict({ value, target }: Row): boolean | undefined {
  if (!target)
    return undefined
  if ('atMost' in target)
    return value <= target.atMost
  return 'atLeast' in target ? value >= target.atLeast : value === target.exactly
}

/** The table as plain text, columns aligned, notes beneath their rows left out when there are none. */
export function toTable({ bench, about, rows }: Report): string {
  const cells = [
    ['what', 'measured', 'target', '', ''],
    ...rows.map((row) => {
      const met = verdict(row)
      return [row.what, row.text, row.target?.text ?? '', met === undefined ? '' : met ? 'ok' : 'over', row.note ?? '']
    }),
  ]
  const widths = [0, 1, 2, 3].map(column => Math.max(...cells.map(line => line[column]!.length)))
  const lines = cells.map(([what = '', measured = '', target = '', met = '', note = '']) =>
    `  ${what.padEnd(widths[0]!)}  ${measured.padStart(widths[1]!)}  ${target.padStart(widths[2]!)}  ${met.padEnd(widths[3]!)}  ${note}`.trimEnd(),
  )
  return [`\n${bench}: ${about}`, ...lines].join('\n')
}

/** The same for programs. */
export function toJson(reports: Report[]): string {
  return JSON.stringify(
    reports.map(report => ({ ...report, rows: report.rows.map(row => ({ ...row, ok: verdict(row) ?? null })) })),
    null,
    2,
  )
}
