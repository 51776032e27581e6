/** Where a person is in the app, as the part of the address behind `#` says. */
export type Place =
  | { readonly page: 'live' }
  /** `find`: what is searched for. */
  | { readonly page: 'library'; readonly find: string }
  /** `atSample`: the moment to begin at, at 16 kHz; `find`: words to show there. */
  | { readonly page: 'session'; readonly id: string; readonly atSample: number | null; readonly find: string };

/** Reads an address; what makes no sense leads to the live page. @param hash `location.hash`. */
export function placeOf(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const parameters = new URLSearchParams(search);
  const find = parameters.get('find') ?? '';
  const [, page, id] = path.split('/');
  if (page === 'library') return { page, find };
  if (page !== 'session' || id === undefined || id === '') return { page: 'live' };
  const at = parameters.get('at');
  const atSample = at !== null && /^\d{1,15}$/.test(at) ? Number(at) : null;
  return { page, id, atSample, find };
}

/** The address of a place, as a link has it. */
export function hrefOf(place: Place): string {
  switch (place.page) {
    case 'live':
      return '#/';
    case 'library':
      return `#/library${searchOf({ find: place.find })}`;
    case 'session':
      return `#/session/${place.id}${searchOf({ at: place.atSample?.toString() ?? '', find: place.find })}`;
  }
}

/** The address of a session, from its beginning. */
export const sessionHref = (id: string): string => hrefOf({ page: 'session', id, atSample: null, find: '' });

function searchOf(parameters: Readonly<Record<string, string>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
