/**
 * One family: 24 × 24, stroke 1.75, round caps. Each value is the `d` of one path; add what a
 * page needs and nothing else, they are in the first chunk.
 */
export const paths = {
  home: 'M4 11.5 12 4l8 7.5M6 10v9.5h4.5V15h3v4.5H18V10',
  customers: 'M4 20.5v-16h9.5v16M13.5 9.5H20v11M2.5 20.5h19M7 8h3.5M7 12h3.5M7 16h3.5M16.5 13h.5M16.5 16.5h.5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c.7-3.6 3.7-5.5 7.5-5.5s6.8 1.9 7.5 5.5',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 19.5c.5-3.2 3-5 6.5-5s6 1.8 6.5 5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.8c1.9.7 3.1 2.3 3.5 4.7',
  settings: 'M4 7h8M18 7h2M4 17h2M12 17h8M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
  back: 'm15 5-7 7 7 7',
  forward: 'm9 5 7 7-7 7',
  down: 'm5 9 7 7 7-7',
  plus: 'M12 5v14M5 12h14',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  close: 'm6 6 12 12M18 6 6 18',
  search: 'M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M16 16l4.5 4.5',
  edit: 'M5 19h3.5L19 8.5 15.5 5 5 15.5zM13 7.5l3.5 3.5',
  phone: 'M6 4h3.5l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5V18a2 2 0 0 1-2.2 2A15.8 15.8 0 0 1 4 6.2 2 2 0 0 1 6 4',
  calendar: 'M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4',
  alert: 'M12 4 2.5 20h19zM12 10v4.5M12 17.3v.1',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5M12 7.9v.1',
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15',
  sync: 'M4.5 10.5a7.5 7.5 0 0 1 13-3.8L19.5 9M19.5 4.5V9H15M19.5 13.5a7.5 7.5 0 0 1-13 3.8L4.5 15M4.5 19.5V15H9',
  logout: 'M14 4.5H5.5v15H14M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3.5 12h17M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3',
  external: 'M13.5 4.5h6v6M19.5 4.5 11 13M17 14v5.5H4.5V7H10',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4',
  comment: 'M4.5 5h15v11H12l-4.5 3.5V16h-3zM8.5 9h7M8.5 12h4.5',
  megaphone: 'M4.5 10v4.5h3l9 4.5V5.5l-9 4.5zM19.5 10.5v3.5M8 14.5l1.5 5H12',
  more: 'M5.5 12h.1M12 12h.1M18.5 12h.1',
} as const

export type IconName = keyof typeof paths
