import { createContext } from 'svelte';
import type { AppState } from '../session/state.ts';
import type { Locale } from './locale.svelte.ts';
import type { Panels } from './panels.svelte.ts';
import type { Route } from './route.svelte.ts';
import type { Shown } from './shown.svelte.ts';
import type { Starter } from './starter.svelte.ts';

/** What every component may need, given once at the top. */
export interface View {
  readonly app: AppState;
  readonly locale: Locale;
  readonly panels: Panels;
  readonly route: Route;
  readonly shown: Shown;
  readonly starter: Starter;
}

export const [getView, setView] = createContext<View>();
