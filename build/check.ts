/** `npm run check`: types of every realm, lint, format, dead code. */
import { runStaticChecks } from './static-checks.ts';
import { conclude } from './steps.ts';

conclude(await runStaticChecks());
