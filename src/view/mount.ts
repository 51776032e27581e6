import { mount, unmount } from 'svelte';
import type { Failure } from '../platform/failure.ts';
import type { AppState } from '../session/state.ts';
import App from './App.svelte';
import { Locale } from './locale.svelte.ts';
import { interfaceLanguage } from './logic/interface-language.ts';
import { loadMessages } from './messages/load.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';

/** Draws the app into `target`, in the person's language. Resolves with what takes it away again. */
export async function mountApp(target: Element, app: AppState): Promise<() => void> {
  const locale = await Locale.open(app.settings);
  const component = mount(App, { target, props: { app, locale } });
  return () => void unmount(component);
}

/** Draws the page that names why nothing can run here, and the cure (F4). It needs no state and no storage. */
export async function mountIsolationPage(
  target: Element,
  cause: Extract<Failure, { readonly name: 'isolation-missing' }>['cause'],
): Promise<() => void> {
  const { default: IsolationPage } = await import('./IsolationPage.svelte');
  const component = mount(IsolationPage, { target, props: { cause, ...(await browserWords()) } });
  return () => void unmount(component);
}

/** Draws the page that says that something is under way, until there is one that can be used. It needs no state either. */
export async function mountPreparingPage(target: Element): Promise<() => void> {
  const { default: PreparingPage } = await import('./PreparingPage.svelte');
  const component = mount(PreparingPage, { target, props: await browserWords() });
  return () => void unmount(component);
}

/** What to say, and in which language, where there are no settings: as the browser says. */
async function browserWords() {
  const code = interfaceLanguage(navigator.languages);
  return { code, messages: await loadMessages(code) };
}
