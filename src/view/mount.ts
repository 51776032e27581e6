import { mount, unmount } from 'svelte';
import type { Failure } from '../platform/failure.ts';
import type { AppState } from '../session/state.ts';
import App from './App.svelte';
import IsolationPage from './IsolationPage.svelte';
import PreparingPage from './PreparingPage.svelte';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';

/** Draws the app into `target`. Returns what takes it away again. */
export function mountApp(target: Element, app: AppState): () => void {
  const component = mount(App, { target, props: { app } });
  return () => void unmount(component);
}

/** Draws the page that names why nothing can run here, and the cure (F4). It needs no state and no storage. */
export function mountIsolationPage(
  target: Element,
  cause: Extract<Failure, { readonly name: 'isolation-missing' }>['cause'],
): () => void {
  const component = mount(IsolationPage, { target, props: { cause } });
  return () => void unmount(component);
}

/** Draws the page that says that something is under way, until there is one that can be used. It needs no state either. */
export function mountPreparingPage(target: Element): () => void {
  const component = mount(PreparingPage, { target });
  return () => void unmount(component);
}
