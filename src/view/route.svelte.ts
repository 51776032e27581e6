import type { Scope } from '../platform/scope.ts';
import { hrefOf, placeOf, type Place } from './logic/place.ts';

/** Which page is shown: `#/` the live one, `#/library`, `#/session/<id>`. Links lead from one to another, Back leads back. */
export class Route {
  /** How far the library was scrolled, in CSS pixels, for whoever comes back from one of its sessions. */
  libraryTop = 0;
  #place = $state.raw<Place>(placeOf(location.hash));

  constructor(scope: Scope) {
    scope.listen(globalThis, 'hashchange', () => {
      this.#place = placeOf(location.hash);
      if (this.#place.page === 'live') this.libraryTop = 0;
    });
  }

  get place(): Place {
    return this.#place;
  }

  go(place: Place): void {
    location.hash = hrefOf(place);
  }

  /** The address of the page that is shown becomes another one, and Back leads past the one before. */
  rewrite(place: Place): void {
    history.replaceState(history.state, '', hrefOf(place));
    this.#place = place;
  }
}
