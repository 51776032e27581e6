/** Our own line drawings on a grid of 24, one path each: smaller together than a library's machinery for one. */
export const ICONS = {
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  copy: 'M10.5 9h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 9 19.5v-9A1.5 1.5 0 0 1 10.5 9zM15 9V4.5A1.5 1.5 0 0 0 13.5 3h-9A1.5 1.5 0 0 0 3 4.5v9A1.5 1.5 0 0 0 4.5 15H9',
  save: 'M12 4v11.5M7 10.5l5 5 5-5M4.5 20h15',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9.5l6 6 6-6',
  right: 'M9.5 6l6 6-6 6',
  up: 'M6 14.5l6-6 6 6',
  pause: 'M9 5.5v13M15 5.5v13',
  resume: 'M8 5.5v13l10.5-6.5z',
  file: 'M13.5 3h-7A1.5 1.5 0 0 0 5 4.5v15A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5v-11zM13.5 3v5.5H19M9 14v3M12 12v5M15 13.5v3.5',
  latest: 'M12 5v14M6 13l6 6 6-6',
  settings:
    'M4 7.5h10M14 7.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M19 7.5h1M4 16.5h1M5 16.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M10 16.5h10',
  clear:
    'M12.4 4.6a1.5 1.5 0 0 1 2.1 0l5 5a1.5 1.5 0 0 1 0 2.1L11.7 19.5H8.2L4.6 15.9a1.5 1.5 0 0 1 0-2.1zM8.5 8.5l7 7M11.7 19.5H20',
  ready: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18zM8 12.5l2.8 2.8L16 9.5',
  install:
    'M12 3.5v7.5M8.5 8l3.5 3.5L15.5 8M19 8h.5A1.5 1.5 0 0 1 21 9.5v6a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15.5v-6A1.5 1.5 0 0 1 4.5 8H5M8 21h8M12 17v4',
} as const;

export type IconName = keyof typeof ICONS;
